/**
 * Reads that are not tools: what resources and completions need of the account. They pass the same gate as tools
 * (src/calls/call.ts), on behalf of the same caller, and no client can call them by name.
 */
import { z } from "zod/v3";
import { type Operation, operation } from "../calls/operation.ts";
import { emailsTo, readable } from "../forecast/emails.ts";
import { recipientsOf } from "../forecast/recipients.ts";
import { liveDossier } from "../preflight/read.ts";
import { campaignId, whole } from "../values/fields.ts";
import { cut, quoted, visibleLines } from "../values/foreign.ts";
import { listCampaignRows, readShownCampaign } from "../woodpecker/campaigns.ts";
import { isFailure } from "../woodpecker/failure.ts";
import { readMailboxes } from "../woodpecker/mailboxes.ts";
import { getCampaign } from "./get-campaign.ts";

/** Most values of a completion, by the protocol. */
const MAX_CHOICES = 100;

/** So that the letter fits into a result with everything that JSON adds to it. */
const MAX_HTML = 20_000;
const MAX_TEXT = 8_000;

/** A letter is always shown to the same person, so that reading it twice gives the same. */
const SEED = 1;

const missing = z.string().optional().describe("What is not there.");

/** What is not there is an answer here, not a failure: the protocol has a code of its own for it. */
function orMissing(read: Operation): Operation {
  return {
    ...read,
    output: read.output.partial().extend({ missing }),
    async run(...given) {
      try {
        return await read.run(...given);
      } catch (error) {
        if (!isFailure(error, "CAMPAIGN_NOT_EXIST")) throw error;
        const id = String(given[0].campaign_id);
        return {
          missing: `There is no campaign ${id} in this account; list_campaigns shows those that there are.`,
        };
      }
    },
    text: (output) => (output.missing === undefined ? read.text(output) : ""),
  };
}

/** Nobody sees the words of a view: what it says when it fails has the name and title of the tool that is like it. */
const view = { effect: "read", toolset: "campaigns", description: "", text: () => "" } as const;

/** One version of one step, as one person would get it. */
const letter = operation({
  ...view,
  name: "preview_campaign",
  title: "Preview campaign",
  input: { campaign_id: campaignId, step: whole(1, 99), version: z.string() },
  output: {
    missing,
    campaign_id: z.number().optional(),
    name: z.string().optional(),
    email: z.string().optional(),
    subject: z.string().optional(),
    html: z.string().optional(),
    text: z.string().optional(),
    notes: z.array(z.string()).optional(),
  },
  async run({ campaign_id, step, version }, api) {
    const dossier = await liveDossier(api, campaign_id, Date.now(), ["prospects"]);
    if (dossier.parts.content && "unreadable" in dossier.parts.content)
      return { missing: dossier.parts.content.unreadable };
    const wanted = dossier.steps.find(({ number }) => number === step);
    const emails = dossier.steps.filter(({ type }) => type === "EMAIL").map(({ number }) => number);
    if (wanted?.type !== "EMAIL")
      return {
        missing: `Step ${step} of campaign ${campaign_id} is not an e-mail; e-mails: step ${emails.join(", ") || "none"}.`,
      };
    const there = wanted.versions.map((one) => one.letter).join(", ") || "none";
    const { people, assumptions } = recipientsOf(dossier, undefined, 1, SEED);
    const letters = people.flatMap((person) =>
      emailsTo(person, dossier.steps, { seed: SEED, all: true, beyond: true }),
    );
    const found = letters.find((one) => one.step === step && one.version === version);
    if (!found)
      return {
        missing: `Step ${step} of campaign ${campaign_id} has no version ${version}; it has ${there}.`,
      };
    const isLong = found.html.length > MAX_HTML;
    return {
      campaign_id,
      name: dossier.name,
      email: found.email,
      subject: found.subject,
      html: cut(found.html, MAX_HTML),
      text: cut(visibleLines((await readable(found)).text), MAX_TEXT),
      notes: [
        ...assumptions,
        ...(found.thread ? ["It stays in the thread of an e-mail before."] : []),
        ...(found.variant ? ["It has spintax; this is the first variant."] : []),
        `Signature: ${found.signature}, not shown.`,
        ...found.holes,
        ...(isLong ? [`It is longer than what is shown: ${found.html.length} characters in all.`] : []),
      ],
    };
  },
});

const part = z.string().max(300);
const choicesOutput = {
  choices: z.array(z.object({ id: z.number(), label: z.string() })),
  total: z.number(),
};

/** Campaigns whose id or name holds what was typed, those that begin with it first. */
const campaigns = operation({
  ...view,
  name: "list_campaigns",
  title: "List campaigns",
  input: { part },
  output: choicesOutput,
  async run({ part: typed }, api) {
    const rows = await listCampaignRows(api);
    const choices = rows
      .sort((a, b) => b.id - a.id)
      .map(({ id, name }) => ({ id, name, label: `${id} ${quoted(name)}` }));
    return firstOf(choices, typed);
  },
});

/** Mailboxes that send, whose id or address holds what was typed. */
const mailboxes = operation({
  ...view,
  name: "list_mailboxes",
  title: "List mailboxes",
  input: { part },
  output: choicesOutput,
  async run({ part: typed }, api) {
    const boxes = (await readMailboxes(api)).filter(({ type }) => type === "SMTP");
    const choices = boxes.map(({ id, email }) => ({ id, name: email, label: `${id} ${email}` }));
    return firstOf(choices, typed);
  },
});

/** The e-mail steps of a campaign, with the letters of their versions. */
const versions = operation({
  ...view,
  name: "get_campaign",
  title: "Get campaign",
  input: { campaign_id: campaignId },
  output: { steps: z.array(z.object({ step: z.number(), versions: z.array(z.string()) })) },
  async run({ campaign_id }, api) {
    // One request, whatever it answers: somebody is typing.
    const { steps } = await readShownCampaign(api, campaign_id);
    const emails = steps.filter(({ type }) => type === "EMAIL");
    return {
      steps: emails.map(({ step, versions }) => ({ step, versions: versions.map((one) => one.version) })),
    };
  },
});

interface Choice {
  id: number;
  name: string;
  label: string;
}

function firstOf(choices: readonly Choice[], typed: string) {
  const wanted = typed.trim().toLowerCase();
  const has =
    (fits: (text: string) => boolean) =>
    ({ id, name, label }: Choice) =>
      [String(id), name, label].some((text) => fits(text.toLowerCase()));
  const matching = choices.filter(has((text) => text.includes(wanted)));
  const first = matching.filter(has((text) => text.startsWith(wanted)));
  const rest = matching.filter((entry) => !first.includes(entry));
  return { choices: [...first, ...rest].slice(0, MAX_CHOICES), total: matching.length };
}

export const views: Record<string, Operation> = {
  campaign: orMissing(getCampaign),
  letter: orMissing(letter),
  campaigns,
  mailboxes,
  versions,
};
