/** A campaign as a file: what stands in it, under which names and in which order. */
import { z } from "zod/v3";
import { campaignName, draftInput } from "../../model/campaign.ts";
import { type DeliveryTime, windowsByDay } from "../../model/delivery.ts";
import { type CampaignSettings, settings } from "../../model/settings.ts";
import type { Step } from "../../model/steps.ts";
import type { StepView } from "../../model/tree.ts";
import { canonical } from "../../values/canonical.ts";
import { id, whole } from "../../values/fields.ts";
import { type Loose, present } from "../../values/loose.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";
import type { Mailbox } from "../../woodpecker/mailboxes.ts";

export interface CampaignFile {
  id?: number;
  name?: string;
  /** Addresses, or ids where an address does not tell. */
  mailboxes?: (string | number)[];
  settings?: Partial<CampaignSettings>;
  /** null clears it. */
  bounce_shield?: number | null;
  /** Windows of every EMAIL step that has none of its own. */
  delivery_times?: DeliveryTime[];
  steps?: Step[];
}

const mailbox = z.unknown().superRefine((value, context) => {
  const fits = typeof value === "number" ? id().safeParse(value).success : typeof value === "string";
  if (!fits) context.addIssue({ code: "custom", message: "must be an address or an id of an SMTP mailbox" });
});

const fields = {
  id: id().describe("Campaign id; without it the file makes a new campaign."),
  name: campaignName,
  mailboxes: z.array(mailbox).min(1).max(500).describe("SMTP mailboxes: addresses or ids."),
  settings,
  bounce_shield: whole(1, 99).nullable().describe("Percent of bounces that pauses the campaign; null: off."),
  delivery_times: draftInput.delivery_times,
  steps: draftInput.steps,
};

/** Without an id it becomes a new campaign, and what one needs has to be there. */
export const newCampaignFile = z
  .object({
    ...fields,
    id: fields.id.optional(),
    mailboxes: fields.mailboxes.optional(),
    bounce_shield: fields.bounce_shield.optional(),
  })
  .strict();

/** What is not in the file of a campaign that exists stays as it is. */
export const campaignFile = z
  .object({ ...fields, settings: settings.partial() })
  .partial()
  .strict();

/** The same names in the same order every time, and nothing that changes by itself. */
export function fileOf(
  { id: campaign, name, mailbox_ids, settings: live, steps }: Campaign,
  mailboxes: readonly Mailbox[],
  bounceShield: number | null | undefined,
): CampaignFile {
  const times = steps.find((step) => step.delivery_times)?.delivery_times;
  return present({
    id: campaign,
    name,
    mailboxes: mailbox_ids.length > 0 ? mailbox_ids.map((id) => nameOf(id, mailboxes)) : undefined,
    settings: knownSettings(live),
    bounce_shield: bounceShield ?? undefined,
    delivery_times: times,
    steps: steps.map((step) => stepOf(step, times)),
  }) as CampaignFile;
}

export function knownSettings(live: Loose): Loose {
  const named = Object.keys(settings.shape).map((field) => [field, live[field]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined && value !== null));
}

function stepOf({ type, wait, delivery_times, linkedin, versions }: StepView, usual: DeliveryTime[] = []) {
  return present({
    type,
    wait,
    delivery_times: delivery_times && !sameTimes(delivery_times, usual) ? delivery_times : undefined,
    linkedin,
    versions: versions.map(({ subject, signature, track_opens, message }) =>
      present({ subject, signature, track_opens, message }),
    ),
  });
}

/** The address, where it names one sender and no other. */
function nameOf(wanted: number, mailboxes: readonly Mailbox[]): string | number {
  const own = mailboxes.find((box) => box.id === wanted && box.type === "SMTP");
  return own?.email && senders(own.email, mailboxes).length === 1 ? own.email : wanted;
}

export const senders = (email: string, mailboxes: readonly Mailbox[]): Mailbox[] =>
  mailboxes.filter((box) => box.type === "SMTP" && box.email.toLowerCase() === email.trim().toLowerCase());

/** Woodpecker takes a whole day as 00:00 to 24:00 and gives it back as 00:00 to 00:00. */
export function sameTimes(a: readonly DeliveryTime[], b: readonly DeliveryTime[]): boolean {
  const plain = (times: readonly DeliveryTime[]) =>
    canonical(windowsByDay(times.map((time) => (time.to === "24:00" ? { ...time, to: "00:00" } : time))));
  return plain(a) === plain(b);
}
