/** What the two ways to a new campaign have in common: their answer, and finding out whether it came to be. */
import { z } from "zod/v3";
import type { Seen } from "../../calls/operation.ts";
import { type DeliveryTime, describeTimes } from "../../model/delivery.ts";
import type { Step } from "../../model/steps.ts";
import { versionLetters } from "../../model/versions.ts";
import { oneLine, quoted, visible } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";
import { type Campaign, listCampaignRows, readCampaign } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { counted } from "./editing.ts";
import { campaignWritten } from "./outputs.ts";
import { settingsLine } from "./settings-line.ts";

export const createdOutput = {
  ...campaignWritten,
  steps: z
    .array(
      z.object({
        step: z.number(),
        id: z.string().optional(),
        type: z.string().optional(),
        wait: z.object({ value: z.number(), range: z.string() }).optional(),
        delivery_times: z
          .array(z.object({ days: z.array(z.string()), from: z.string(), to: z.string() }))
          .optional(),
        versions: z.array(z.object({ version: z.string(), id: z.string().optional() })),
      }),
    )
    .optional()
    .describe("Steps with ids."),
  mailbox_ids: z.array(z.number()).optional().describe("Its mailboxes."),
  settings: z.record(z.unknown()).optional().describe("Its settings."),
  warnings: z.array(z.string()).optional().describe("What to look at before running it."),
};

export type Created = z.infer<z.ZodObject<typeof createdOutput>>;

/** What is new to whoever sent the content: the ids, and what Woodpecker named it. */
export function createdFrom(
  { id, name, status, steps }: Campaign,
  more: Pick<Created, "warnings" | "next">,
): Created {
  return {
    outcome: "done",
    campaign_id: id,
    name,
    status,
    steps: steps.map(withIds),
    undo: `delete_campaign ${id}`,
    ...more,
  };
}

/** Also the content, which whoever copies has not sent. */
export function copiedFrom(copy: Campaign, more: Pick<Created, "warnings" | "next">): Created {
  const { mailbox_ids, settings, steps } = copy;
  return {
    ...createdFrom(copy, more),
    ...(mailbox_ids.length > 0 && { mailbox_ids }),
    ...(Object.keys(settings).length > 0 && { settings }),
    steps: steps.map((step) => {
      const { type, wait, delivery_times } = step;
      return { ...withIds(step), type, wait, delivery_times };
    }),
  };
}

const withIds = ({ step, id, versions }: Campaign["steps"][number]) => ({
  step,
  id,
  versions: versions.map(({ version, id: versionId }) => ({ version, id: versionId })),
});

export function createdText(created: Created): string {
  const { campaign_id, name, status, steps = [], mailbox_ids = [], settings, warnings = [], next } = created;
  return [
    `Created campaign ${campaign_id} ${quoted(name ?? "")}: ${status}, ${counted(steps.length, "step")}.`,
    ...(mailbox_ids.length > 0 ? [`Mailboxes: ${mailbox_ids.join(", ")}`] : []),
    ...settingsLine(settings),
    ...steps.map(stepLine),
    ...(warnings.length > 0
      ? ["Look at this before running it:", ...warnings.map((warning) => `- ${warning}`)]
      : []),
    ...(created.undo ? [`To take it back: ${created.undo}.`] : []),
    next ?? "",
  ].join("\n");
}

interface Planned {
  name: string | undefined;
  mailbox_ids: readonly number[] | undefined;
  settings: Loose;
  steps: readonly PlannedStep[];
}

type PlannedStep = Pick<Step, "type" | "wait" | "versions"> & { delivery_times?: DeliveryTime[] | undefined };

/** What a dry run says of a campaign that would be made. */
export const foreseenCampaign = ({ name, mailbox_ids = [], settings, steps }: Planned) => ({
  output: {},
  lines: [
    `It would make a draft, ${name === undefined ? "which Woodpecker names" : quoted(name)}, of ${counted(steps.length, "step")}.`,
    ...(mailbox_ids.length > 0 ? [`Mailboxes: ${mailbox_ids.join(", ")}`] : []),
    ...settingsLine(settings),
    ...steps.map((step, index) =>
      stepLine({ ...step, step: index + 1, versions: step.versions.map(lettered) }),
    ),
  ],
});

const lettered = ({ subject }: Step["versions"][number], index: number) => ({
  version: versionLetters[index] ?? "",
  subject,
});

interface ShownStep extends Omit<NonNullable<Created["steps"]>[number], "versions"> {
  versions: { version: string; subject?: string | undefined }[];
}

function stepLine({ step, type, wait, delivery_times, versions }: ShownStep) {
  const letters = versions
    .map(({ version, subject }) => (subject ? `${version} ${quoted(subject, 998)}` : version))
    .join(", ");
  const what = type ? ` (${oneLine(type)})` : "";
  const after = wait ? `, ${wait.value} ${oneLine(wait.range)} after step ${step - 1}` : "";
  const windows = delivery_times?.length ? `, ${oneLine(describeTimes(delivery_times))}` : "";
  return `Step ${step}${what}: ${letters}${after}${windows}`;
}

/**
 * Campaigns of this name before the new one: without them nobody could tell, after a lost answer, which one is new.
 * Undefined where they cannot be read; that does not keep us from creating.
 */
export async function campaignsNamed(api: Api, name: string | undefined): Promise<number[] | undefined> {
  try {
    // A campaign without a name gets one that nobody knows before.
    const isMeant = (row: { name: string }) => name === undefined || row.name === visible(name);
    return (await listCampaignRows(api)).filter(isMeant).map((row) => row.id);
  } catch (error) {
    // Where nothing gets through, the create would not either, and this failure says why.
    if (error instanceof ApiFailure && error.facts.outcome !== "not_sent") return undefined;
    throw error;
  }
}

export const nameWarning = (before: readonly number[] = []) =>
  before.length > 0 ? [`There was a campaign of this name already: ${before.join(", ")}.`] : [];

/** The one campaign of this name that was not there before, if it has our mailboxes and first subject. */
export async function findCreated(
  api: Api,
  given: string | undefined,
  before: readonly number[] | undefined,
  isOurs: (campaign: Campaign) => boolean,
): Promise<Seen<Campaign>> {
  const name = given ?? "a campaign without a name of its own";
  if (before === undefined) return { seen: `Look with list_campaigns whether ${quoted(name)} exists.` };
  const fresh = (await campaignsNamed(api, given))?.filter((id) => !before.includes(id)) ?? [];
  if (fresh.length === 0) return { seen: `The list of campaigns does not show ${quoted(name)} so far.` };
  const ours: Campaign[] = [];
  for (const id of fresh.slice(0, 5)) {
    const campaign = await readCampaign(api, id);
    if (isOurs(campaign)) ours.push(campaign);
  }
  const [only] = ours;
  if (only && ours.length === 1 && fresh.length === 1) return { output: only };
  return {
    seen: `New campaigns of the name ${quoted(name)} are there: ${fresh.join(", ")}; a person should say which is meant.`,
  };
}

/** Same mailboxes, same first subject: enough to tell our campaign from somebody else's of the same name. */
export function looksLike(mailboxes: readonly number[], subject: string | undefined) {
  return (campaign: Campaign) =>
    campaign.mailbox_ids.length === mailboxes.length &&
    mailboxes.every((id) => campaign.mailbox_ids.includes(id)) &&
    (campaign.steps[0]?.versions[0]?.subject ?? "") === (subject ?? "");
}
