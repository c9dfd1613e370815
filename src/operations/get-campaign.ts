/** One campaign as a list of steps, as much of it as fits into one answer. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { describeTimes } from "../model/delivery.ts";
import type { StepView } from "../model/tree.ts";
import { InputFailure } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import { cut, oneLine, quoted } from "../values/foreign.ts";
import { present } from "../values/loose.ts";
import { type CampaignRow, readCampaign } from "../woodpecker/campaigns.ts";
import { settingsLine } from "./support/settings-line.ts";

const wait = z.object({ value: z.number(), range: z.string() });

const step = z.object({
  step: z.number(),
  id: z.string().optional(),
  type: z.string(),
  wait: wait.optional(),
  next_wait: wait.optional(),
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
      signature: z.string().optional(),
      track_opens: z.boolean().optional(),
    }),
  ),
});

/** Bodies stand in the structured result and in the text, and both share the limit of a result. */
const MAX_CONTENT = 15_000;

export const getCampaign = operation({
  name: "get_campaign",
  title: "Get campaign",
  effect: "read",
  toolset: "campaigns",
  description:
    "Read a Woodpecker campaign: status, mailboxes, settings, steps with versions, waits and windows. Changes nothing.",
  input: {
    campaign_id: campaignId,
    include: z.enum(["summary", "content"]).default("summary").describe('"content" adds the messages.'),
    step: whole(1, 16).optional().describe("Show this step alone."),
  },
  output: {
    id: z.number().describe("Id."),
    name: z.string().describe("Name."),
    status: z.string().describe("Status."),
    mailbox_ids: z.array(z.number()).describe("Senders."),
    settings: z.record(z.unknown()).describe("Settings."),
    steps: z.array(step).describe("The sequence."),
    from_emails: z.array(z.string()).optional().describe("Senders, where their ids cannot be read."),
    folder: z.string().optional().describe("Folder."),
    bcc: z.string().optional().describe("Bcc."),
    partial: z.boolean().optional().describe("Not all could be shown."),
    reason: z.string().optional().describe("Why."),
  },
  async run({ campaign_id, include, step: number }, api) {
    const campaign = await readCampaign(api, campaign_id);
    const chosen = campaign.steps.filter((one) => number === undefined || one.step === number);
    if (number !== undefined && chosen.length === 0) {
      throw new InputFailure([
        { path: ["step"], message: `: the campaign has ${campaign.steps.length} steps; got ${number}` },
      ]);
    }
    if (campaign.row) return { ...campaign, steps: [], ...told(campaign.row) };
    if (include === "summary") return { ...campaign, steps: chosen.map(withoutMessages) };
    const { steps, reason } = withinLimit(chosen);
    return { ...campaign, steps, ...(reason && { partial: true, reason }) };
  },
  text(campaign) {
    const {
      id,
      name,
      status,
      mailbox_ids,
      settings,
      steps,
      reason,
      from_emails = [],
      folder,
      bcc,
    } = campaign;
    return [
      `Campaign ${id} ${quoted(name)}: ${status}`,
      ...(reason ? [reason] : []),
      `Mailboxes: ${mailbox_ids.join(", ") || from_emails.map((email) => oneLine(email)).join(", ") || "none shown"}`,
      ...(folder ? [`Folder: ${quoted(folder)}`] : []),
      ...(bcc ? [`Bcc: ${oneLine(bcc)}`] : []),
      ...settingsLine(settings),
      ...steps.flatMap((one) => stepLines(one as StepView)),
      ...steps.flatMap(({ next_wait: after }) =>
        after ? [`A step added now would wait ${after.value} ${after.range}.`] : [],
      ),
    ].join("\n");
  },
});

type Shown = z.infer<typeof step>;

/** What only the row of the list tells of a campaign that the API does not show. */
const told = ({ from_emails, folder, bcc }: CampaignRow) => present({ from_emails, folder, bcc });

const withoutMessages = (one: Shown): Shown => ({
  ...one,
  versions: one.versions.map(({ message: _message, ...rest }) => rest),
});

/** Steps with their messages while there is room, the later ones without; a step too large by itself is cut. */
function withinLimit(steps: readonly Shown[]): { steps: Shown[]; reason?: string } {
  let room = MAX_CONTENT;
  const left: number[] = [];
  const shown = steps.map((one, index) => {
    room -= JSON.stringify(one.versions).length;
    if (room >= 0) return one;
    left.push(one.step);
    return index === 0 ? shortened(one) : withoutMessages(one);
  });
  if (left.length === 0) return { steps: shown };
  const howToRead =
    steps.length > 1 ? `; read ${left.length > 1 ? "them one by one" : "it alone"} with step` : "";
  return {
    steps: shown,
    reason: `The messages of step ${left.join(", ")} are too long for one answer${howToRead}.`,
  };
}

function shortened(one: Shown): Shown {
  const each = Math.floor(MAX_CONTENT / one.versions.length) - 500;
  const versions = one.versions.map((version) => ({
    ...version,
    message:
      (version.message ?? "").length > each ? `${cut(version.message ?? "", each)}… [cut]` : version.message,
  }));
  return { ...one, versions };
}

function stepLines({ step, type, wait, delivery_times, linkedin, versions }: StepView): string[] {
  const what = linkedin ? `${type} ${linkedin.action} by account ${linkedin.account_id}` : type;
  const when = wait ? `, ${wait.value} ${wait.range} after step ${step - 1}` : "";
  const windows = delivery_times ? `, ${describeTimes(delivery_times)}` : "";
  return [
    `Step ${step}: ${what}${when}${windows}`,
    ...versions.flatMap(({ version, subject, message }) => [
      `  ${version}: ${subject === undefined ? "no subject of its own" : quoted(subject, 200)}`,
      ...(message ? [message] : []),
    ]),
  ];
}
