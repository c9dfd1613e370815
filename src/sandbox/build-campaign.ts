/** Turns an accepted create body into a stored campaign: fills in defaults, gives ids and letters. */
import {
  type Campaign,
  type CampaignBody,
  type Delay,
  type DeliveryTime,
  LETTERS,
  type Settings,
  type Step,
  type StepBody,
  type VersionLetter,
} from "./campaign.ts";
import type { Ids } from "./ids.ts";
import { keptOf } from "./same-domain.ts";
import type { StoredCampaign } from "./state.ts";

const DEFAULT_DELAY: Delay = { range: "DAY", value: 1 };

const DEFAULT_SETTINGS: Omit<Settings, "timezone" | "daily_enroll"> = {
  prospect_timezone: false,
  gdpr_unsubscribe: false,
  list_unsubscribe: false,
  open_disabled_list: [],
  auto_pause_prospect_from_domain: null,
  auto_pause_prospect_from_domain_statuses: [],
  catch_all_verification_mode: "BALANCED",
  count_followup_delay_in_working_days: false,
};

export function buildCampaign(id: number, body: CampaignBody, ids: Ids): Campaign {
  return {
    id,
    name: body.name ?? "My campaign #0",
    status: "DRAFT",
    bounce_shield_autopaused_at: null,
    email_account_ids: [...(body.email_account_ids ?? [])],
    settings: {
      ...structuredClone(DEFAULT_SETTINGS),
      ...structuredClone(body.settings),
      ...keptOf(body.settings),
    },
    steps: { id: ids.step(), type: "START", followup: buildStep(body.steps.followup, ids) },
  };
}

/** With nobody in it and nothing of what only the app can set. */
export const storedAs = (campaign: Campaign, created: Date): StoredCampaign => ({
  campaign,
  created,
  folder: { id: 0, name: "" },
  conditional: false,
  inActiveWorkflow: false,
  bounceThreshold: null,
  runningSince: created,
  enrolments: [],
});

export function buildStep(body: StepBody, ids: Ids): Step {
  const id = ids.step();
  const content = body.type === "EMAIL" ? emailContent(body, ids) : linkedInContent(body, ids);
  return {
    id,
    ...content,
    followup_after: { ...DEFAULT_DELAY, ...body.followup_after },
    followup: body.followup ? buildStep(body.followup, ids) : null,
  };
}

const letter = (index: number): VersionLetter => LETTERS[index] ?? "A";

function emailContent(step: StepBody & { type: "EMAIL" }, ids: Ids) {
  const versions = step.body.versions.map((version, index) => ({
    id: ids.version(),
    version: letter(index),
    // Null means the thread goes on; the older article answers "" here, the newer page null.
    subject: version.subject ?? null,
    message: normaliseHtml(version.message),
    // Neither default is documented: the sender's signature and tracking on are what the samples show.
    signature: version.signature ?? ("SENDER" as const),
    track_opens: version.track_opens ?? true,
  }));
  return { type: step.type, delivery_time: buildDeliveryTime(step.delivery_time), body: { versions } };
}

export const normaliseHtml = (html: string): string => html.replace(/<br\s*\/?>/gi, "<br />");

function linkedInContent(step: StepBody & { type: "LINKEDIN" }, ids: Ids) {
  const versions = step.body.versions.map(({ message, subject }, index) => ({
    id: ids.version(),
    version: letter(index),
    message,
    ...(subject === undefined ? {} : { subject }),
  }));
  return { type: step.type, body: { ...step.body, versions } };
}

/** A whole day may be sent as 00:00-24:00 and is returned as 00:00-00:00. */
export function buildDeliveryTime(week: DeliveryTime): DeliveryTime {
  return Object.fromEntries(
    Object.entries(week).map(([day, windows]) => [
      day,
      windows.map(({ from, to }) => ({ from, to: to === "24:00" ? "00:00" : to })),
    ]),
  );
}
