/** The types of a campaign, as the API returns it and as a create body describes it. */

export const STATUSES = ["RUNNING", "DRAFT", "EDITED", "PAUSED", "STOPPED", "COMPLETED"] as const;
export const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;
export const LETTERS = ["A", "B", "C", "D", "E"] as const;
export const LINKEDIN_ACTIONS = [
  "VISIT_PROFILE",
  "CONNECTION_REQUEST",
  "DIRECT_MESSAGE",
  "INMAIL_MESSAGE",
] as const;
export const MAX_STEPS = 16;

export type Status = (typeof STATUSES)[number];
export type Day = (typeof DAYS)[number];
export type VersionLetter = (typeof LETTERS)[number];
export type LinkedInAction = (typeof LINKEDIN_ACTIONS)[number];
export type DeliveryWindow = { from: string; to: string };
export type DeliveryTime = Partial<Record<Day, DeliveryWindow[]>>;
export type Delay = { range: "DAY" | "HOUR" | "MINUTE"; value: number };

export interface Settings {
  timezone: string;
  prospect_timezone: boolean;
  daily_enroll: number;
  gdpr_unsubscribe: boolean;
  list_unsubscribe: boolean;
  open_disabled_list: string[] | null;
  /** The list is what is kept. */
  auto_pause_prospect_from_domain: boolean | null;
  auto_pause_prospect_from_domain_statuses: string[];
  catch_all_verification_mode: string;
  count_followup_delay_in_working_days: boolean;
}

export interface EmailVersion {
  id: string;
  version: VersionLetter;
  subject: string | null;
  message: string;
  signature: "SENDER" | "NO_SIGNATURE";
  track_opens: boolean;
}

export interface LinkedInVersion {
  id: string;
  version: VersionLetter;
  message: string;
  subject?: string;
}

interface AnyStep {
  id: string;
  followup_after: Delay;
  followup: Step | null;
}

export interface EmailStep extends AnyStep {
  type: "EMAIL";
  delivery_time: DeliveryTime;
  body: { versions: EmailVersion[] };
}

interface LinkedInStep extends AnyStep {
  type: "LINKEDIN";
  body: { action_type: LinkedInAction; linkedin_account_id: number; versions: LinkedInVersion[] };
}

export type Step = EmailStep | LinkedInStep;

export interface Campaign {
  id: number;
  name: string;
  status: Status;
  bounce_shield_autopaused_at: string | null;
  email_account_ids: number[];
  settings: Settings;
  steps: { id: string; type: "START"; followup: Step };
}

export type EmailVersionBody = Pick<EmailVersion, "message"> &
  Partial<Pick<EmailVersion, "subject" | "signature" | "track_opens">>;
type LinkedInVersionBody = Pick<LinkedInVersion, "message" | "subject">;

export type StepBody = { followup_after?: Partial<Delay>; followup?: StepBody | null } & (
  | { type: "EMAIL"; delivery_time: DeliveryTime; body: { versions: EmailVersionBody[] } }
  | { type: "LINKEDIN"; body: Omit<LinkedInStep["body"], "versions"> & { versions: LinkedInVersionBody[] } }
);

export interface CampaignBody {
  name?: string;
  email_account_ids?: number[];
  settings: Pick<Settings, "timezone" | "daily_enroll"> & Partial<Settings>;
  steps: { type: "START"; followup: StepBody };
}

/** The steps after START, in the order in which they are sent. */
export function stepsOf(campaign: Campaign): Step[] {
  const steps: Step[] = [];
  for (let step: Step | null = campaign.steps.followup; step; step = step.followup) steps.push(step);
  return steps;
}

export function emailStepsOf(campaign: Campaign): EmailStep[] {
  return stepsOf(campaign).filter((step) => step.type === "EMAIL");
}
