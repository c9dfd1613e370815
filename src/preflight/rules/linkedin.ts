/**
 * LinkedIn accounts and texts. Source: docs/woodpecker-api.md, Steps: LinkedIn and LinkedIn accounts: use CONNECTED
 * accounts only; InMail needs a paid level.
 */
import { quoted } from "../../values/foreign.ts";
import type { LinkedinAccount } from "../../woodpecker/linkedin-accounts.ts";
import { type Dossier, known, type SeenStep } from "../dossier.ts";
import type { Issue, Rule } from "../finding.ts";
import { textsOf } from "../texts.ts";

type Judge = (account: LinkedinAccount | undefined, step: SeenStep) => Omit<Issue, "path"> | undefined;

const onEach = (judge: Judge) => (dossier: Dossier) =>
  dossier.steps.flatMap((step) => {
    const id = step.linkedin?.account;
    if (id === undefined) return [];
    const account = known(dossier.parts.linkedin)?.find((linked) => linked.id === id);
    const issue = judge(account, step);
    return issue ? [{ path: ["steps", step.index, "linkedin", "account_id"], ...issue }] : [];
  });

export const linkedinRules: readonly Rule[] = [
  {
    name: "linkedin_account_missing",
    severity: "error",
    needs: ["linkedin"],
    find: onEach((account, step) =>
      account
        ? undefined
        : {
            message: `This Woodpecker account has no LinkedIn account ${step.linkedin?.account}.`,
            remedy: "Use a LinkedIn account that this account has.",
          },
    ),
  },
  {
    name: "linkedin_disconnected",
    severity: "error",
    needs: ["linkedin"],
    find: onEach((account) =>
      !account || account.connected
        ? undefined
        : {
            message: `LinkedIn account ${account.id} (${quoted(account.name)}) is ${account.status}; its steps wait and everybody stays before them.`,
            remedy: "Connect it again in the Woodpecker app, or use another account.",
          },
    ),
  },
  {
    name: "linkedin_without_inmail",
    severity: "error",
    needs: ["linkedin"],
    find: onEach((account, step) => {
      if (!account || step.linkedin?.action !== "INMAIL_MESSAGE" || account.paid) return undefined;
      const unknown = account.level !== "CLASSIC";
      return {
        ...(unknown && { severity: "could_not_check" as const }),
        message: unknown
          ? `The level of LinkedIn account ${account.id} (${quoted(account.name)}) is not known; InMail needs a paid one.`
          : `LinkedIn account ${account.id} (${quoted(account.name)}) has the level CLASSIC; InMail needs a paid one.`,
        remedy: "Use an account with Premium, Sales Navigator or Recruiter, or another action.",
      };
    }),
  },
  {
    // LinkedIn help: the note of an invitation holds 200 characters on a free account, 300 on a paid one.
    name: "linkedin_note_long",
    severity: "warning",
    needs: ["linkedin"],
    find: (dossier) =>
      textsOf(dossier).flatMap(({ text, field, path, step }) => {
        const account = known(dossier.parts.linkedin)?.find(({ id }) => id === step.linkedin?.account);
        const note = field === "message" && step.linkedin?.action === "CONNECTION_REQUEST";
        if (!note || text.length <= 200 || account?.level !== "CLASSIC") return [];
        return [
          {
            path,
            message: `The note has ${text.length} characters; a free LinkedIn account may send 200.`,
            remedy: "Shorten it, or send the invitation without a note.",
          },
        ];
      }),
  },
  {
    // docs/woodpecker-api.md, Steps: LinkedIn: a LinkedIn message is plain text.
    name: "linkedin_html",
    severity: "warning",
    find: (dossier) =>
      textsOf(dossier).flatMap(({ text, path, step }) =>
        step.type === "LINKEDIN" && /<\/?(?:p|div|br|a|b|i|strong|em|span|ul|li)\b[^<>]*>/i.test(text)
          ? [
              {
                path,
                message: "The text holds HTML; LinkedIn shows it as it is, tags included.",
                remedy: "Write it as plain text.",
              },
            ]
          : [],
      ),
  },
];
