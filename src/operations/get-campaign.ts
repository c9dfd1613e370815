/** One campaign as a list of steps, as much of it as fits into one answer. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import type { StepView } from "../model/tree.ts";
import { faultIf, unfit } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import { campaignFacts, readFacts } from "./support/campaign-facts.ts";
import { headLines, marksNote, quotedLines, stepLines } from "./support/campaign-text.ts";
import { letter } from "./support/editing.ts";

const wait = z.object({ value: z.number(), range: z.string() });

const step = z.object({
  step: z.number(),
  id: z.string().optional(),
  type: z.string(),
  wait: wait.optional(),
  next_wait: wait.optional(),
  followup_after: wait.optional(),
  delivery_times: z
    .array(z.object({ days: z.array(z.string()), from: z.string(), to: z.string() }))
    .optional(),
  linkedin: z.object({ action: z.string(), account_id: z.number() }).optional(),
  versions: z.array(
    z.object({
      version: z.string(),
      id: z.string().optional(),
      subject: z.string().optional(),
      message: z.string().optional(),
      omitted: z.boolean().optional(),
      signature: z.string().optional(),
      track_opens: z.boolean().optional(),
    }),
  ),
});

/** Characters of an answer, of its structured form and its text together, with some room for notes. */
const ROOM = 38_000;

export const getCampaign = operation({
  name: "get_campaign",
  title: "Get campaign",
  effect: "read",
  toolset: "campaigns",
  description:
    "Read a Woodpecker campaign: status, mailboxes, settings, steps with versions, waits and windows.",
  input: {
    campaign_id: campaignId,
    include: z.enum(["summary", "content"]).default("summary").describe('"content" adds the messages.'),
    step: whole(1, 16).optional().describe("Show this step alone."),
    version: letter.optional().describe("With step: this alone."),
  },
  rules: ({ step: number, version }) =>
    faultIf(version !== undefined && number === undefined, ["version"], "needs step, whose version it is"),
  output: {
    id: z.number().describe("Id."),
    name: z.string().describe("Name."),
    status: z.string().describe("Status."),
    mailbox_ids: z.array(z.number()).describe("Senders."),
    settings: z.record(z.unknown()).describe("Settings."),
    steps: z.array(step).describe("The sequence."),
    ...campaignFacts,
    partial: z.boolean().optional().describe("Not all could be shown."),
    reason: z.string().optional().describe("Why."),
  },
  async run({ campaign_id, include, step: number, version }, api) {
    const campaign = await readCampaign(api, campaign_id);
    const chosen = campaign.steps
      .filter((one) => number === undefined || one.step === number)
      .map((one) => (one.next_wait ? { ...one, followup_after: one.next_wait } : one));
    if (number !== undefined && chosen.length === 0) {
      throw unfit(["step"], `: the campaign has ${campaign.steps.length} steps; got ${number}`);
    }
    // Whoever asks for a step has seen the campaign.
    const about = { ...campaign, ...(number === undefined && (await readFacts(api, campaign))) };
    if (campaign.row) return { ...about, steps: [] };
    if (include === "summary") return { ...about, steps: chosen.map(withoutMessages) };
    const room =
      ROOM -
      JSON.stringify(about).length +
      JSON.stringify(about.steps).length -
      headLines(about).join().length;
    const { steps, reason } = withinLimit(
      chosen.map((one) => onlyVersion(one, version)),
      room,
    );
    return { ...about, steps, ...(reason && { partial: true, reason }) };
  },
  text: (campaign) =>
    [
      ...headLines(campaign),
      ...campaign.steps.flatMap((one) => stepLines(one as StepView)),
      ...campaign.steps.flatMap(({ next_wait: after }) =>
        after ? [`A step added now would wait ${after.value} ${after.range}.`] : [],
      ),
      ...marksNote(campaign.steps as StepView[]),
    ].join("\n"),
});

type Shown = z.infer<typeof step>;

const withoutMessages = (one: Shown): Shown => ({
  ...one,
  versions: one.versions.map(({ message: _message, ...rest }) => rest),
});

function onlyVersion(one: Shown, letter: string | undefined): Shown {
  if (letter === undefined) return one;
  const versions = one.versions.filter(({ version }) => version === letter);
  if (versions.length > 0) return { ...one, versions };
  const there = one.versions.map(({ version }) => version).join(", ");
  throw unfit(["version"], `: step ${one.step} has ${there}; got "${letter}"`);
}

/** Messages are whole or left out, never cut: what is read may be written back. */
function withinLimit(steps: readonly Shown[], most: number): { steps: Shown[]; reason?: string } {
  const bare = steps.map(withoutMessages);
  const lines = bare.flatMap((one) => stepLines(one as StepView));
  let room = most - JSON.stringify(bare).length - lines.join("\n").length;
  const left: string[] = [];
  const shown = steps.map((one) => ({
    ...one,
    versions: one.versions.map((version) => {
      const { message, ...rest } = version;
      if (message === undefined) return version;
      const size = JSON.stringify(message).length + quotedLines(message).join("\n").length + 20;
      if (size > room) {
        left.push(`step ${one.step} version ${version.version} (${message.length} characters)`);
        return { ...rest, omitted: true };
      }
      room -= size;
      return version;
    }),
  }));
  if (left.length === 0) return { steps: shown };
  const alone = steps.length === 1 && steps[0]?.versions.length === 1;
  const how = alone
    ? "It is too long for any answer; it can be read in the Woodpecker app"
    : "Read each alone with include content, step and version";
  return {
    steps: shown,
    reason: `Left out, since not all fits into one answer: ${left.join(", ")}. ${how}.`,
  };
}
