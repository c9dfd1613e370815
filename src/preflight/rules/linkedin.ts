/**
 * LinkedIn accounts and texts. Source: docs/woodpecker-api.md, Steps: LinkedIn and LinkedIn accounts: use CONNECTED
 * accounts only; InMail needs a paid level.
 */
import { quoted } from "../../values/foreign.ts";
import type { LinkedinAccount } from "../../woodpecker/linkedin-accounts.ts";
import { type Dossier, known } from "../dossier.ts";
import { each, on, type Rule } from "../finding.ts";
import { textsOf } from "../texts.ts";

/** The LinkedIn steps that name an account, with it where there is one. */
const placed = ({ steps, parts }: Dossier) =>
  steps.flatMap(({ index, linkedin }) => {
    const { account: id, action } = linkedin ?? {};
    if (id === undefined) return [];
    const account = known(parts.linkedin)?.find((linked) => linked.id === id);
    return [{ path: ["steps", index, "linkedin", "account_id"], id, action, account }];
  });

const named = ({ id, name }: LinkedinAccount) => `LinkedIn account ${id} (${quoted(name)})`;

export const linkedinRules: readonly Rule[] = [
  on(placed, {
    name: "linkedin_account_missing",
    severity: "error",
    needs: ["linkedin"],
    found: ({ account }) => !account,
    message: (_found, { id }) => `This Woodpecker account has no LinkedIn account ${id}.`,
    remedy: "Use a LinkedIn account that this account has.",
  }),
  on(placed, {
    name: "linkedin_disconnected",
    severity: "error",
    needs: ["linkedin"],
    found: ({ account }) => account && !account.connected && account,
    message: (account) =>
      `${named(account)} is ${account.status}; its steps wait and everybody stays before them.`,
    remedy: "Connect it again in the Woodpecker app, or use another account.",
  }),
  {
    name: "linkedin_without_inmail",
    severity: "error",
    needs: ["linkedin"],
    find: each(placed, ({ account, action }) => {
      if (!account || action !== "INMAIL_MESSAGE" || account.paid) return undefined;
      const unknown = account.level !== "CLASSIC";
      return {
        ...(unknown && { severity: "could_not_check" }),
        message: unknown
          ? `The level of ${named(account)} is not known; InMail needs a paid one.`
          : `${named(account)} has the level CLASSIC; InMail needs a paid one.`,
        remedy: "Use an account with Premium, Sales Navigator or Recruiter, or another action.",
      };
    }),
  },
  on(textsOf, {
    // LinkedIn help: the note of an invitation holds 200 characters on a free account, 300 on a paid one.
    name: "linkedin_note_long",
    severity: "warning",
    needs: ["linkedin"],
    found: ({ text, field, step: { linkedin } }, { parts }) =>
      field === "message" &&
      linkedin?.action === "CONNECTION_REQUEST" &&
      text.length > 200 &&
      known(parts.linkedin)?.find(({ id }) => id === linkedin.account)?.level === "CLASSIC",
    message: (_found, { text }) =>
      `The note has ${text.length} characters; a free LinkedIn account may send 200.`,
    remedy: "Shorten it, or send the invitation without a note.",
  }),
  on(textsOf, {
    // docs/woodpecker-api.md, Steps: LinkedIn: a LinkedIn message is plain text.
    name: "linkedin_html",
    severity: "warning",
    found: ({ text, step }) =>
      step.type === "LINKEDIN" && /<\/?(?:p|div|br|a|b|i|strong|em|span|ul|li)\b[^<>]*>/i.test(text),
    message: "The text holds HTML; LinkedIn shows it as it is, tags included.",
    remedy: "Write it as plain text.",
  }),
];
