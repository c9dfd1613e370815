/** What one account holds: campaigns, prospects, mailboxes, messages, reports, and how far its clock has come. */
import type { Campaign, VersionLetter } from "./campaign.ts";

export const PROSPECT_STATUSES = ["ACTIVE", "BOUNCED", "REPLIED", "BLACKLIST", "INVALID"] as const;
export const ENROLMENT_STATUSES = [
  ...PROSPECT_STATUSES,
  "TO-CHECK",
  "TO-REVIEW",
  "AUTOREPLIED",
  "PAUSED",
] as const;
export const INTERESTS = ["INTERESTED", "MAYBE-LATER", "NOT-INTERESTED", "NOT-MARKED"] as const;

export type ProspectStatus = (typeof PROSPECT_STATUSES)[number];
export type EnrolmentStatus = (typeof ENROLMENT_STATUSES)[number];
export type Interest = (typeof INTERESTS)[number];

export interface Prospect {
  id: number;
  email: string;
  /** Account-wide; what a prospect is inside one campaign stands in the enrolment. */
  status: ProspectStatus;
  /** first_name, company, website, tags, snippet1 and so on; an absent field has no value. */
  fields: Record<string, string>;
  /** The name of the file of the import that brought the prospect in, if it had one. */
  imported?: string;
  updated: Date;
}

/** One step carried out for one prospect. */
export interface Touch {
  stepId: string;
  version: VersionLetter;
  /** null for a LinkedIn step. */
  mailboxId: number | null;
  at: Date;
  bounced: boolean;
  openedAt: Date | null;
  clickedAt: Date | null;
  repliedAt: Date | null;
  optedOutAt: Date | null;
}

export interface Enrolment {
  prospectId: number;
  status: EnrolmentStatus;
  interest: Interest;
  enrolledAt: Date;
  sendAfter: Date | null;
  /** Enrolled with force: what happened to the prospect elsewhere does not keep the campaign from writing. */
  forced: boolean;
  /** One for each step already carried out, so the next step is the one at this length. */
  touches: Touch[];
}

/** What a prospect wrote back, as both the inbox and the prospect's responses show it. */
export interface Message {
  id: number;
  prospectId: number;
  campaignId: number;
  /** The number of the step it answers. */
  step: number;
  /** The SMTP mailbox that had written. */
  mailboxId: number;
  subject: string;
  html: string;
  at: Date;
  read: boolean;
}

/** Something a person has to do by hand for a prospect. */
export interface Task {
  campaignId: number;
  prospectId: number;
  type: "GENERIC" | "CALL" | "SMS" | "LINKEDIN";
  name: string;
  message: string;
  due: Date;
}

/** The campaign plus what the API knows of it but does not return with it. */
export interface StoredCampaign {
  campaign: Campaign;
  created: Date;
  folder: { id: number; name: string };
  /** Set in the app only; the list of campaigns shows them. */
  copies?: { bcc?: string; cc?: string };
  /** Built in the app with conditions: neither get nor run can handle it. */
  conditional: boolean;
  inActiveWorkflow: boolean;
  /** Percent; null where the bounce shield is off. */
  bounceThreshold: number | null;
  /** When it last began to run; before that, when it was created. */
  runningSince: Date;
  enrolments: Enrolment[];
}

/** One prospect's place in one campaign. */
export interface Place {
  stored: StoredCampaign;
  enrolment: Enrolment;
}

export interface SmtpMailbox {
  id: number;
  type: "SMTP";
  details: {
    email: string;
    from_name: string;
    error: string | null;
    imap_id: number;
    in_slot: boolean;
    [field: string]: unknown;
  };
}

export interface ImapMailbox {
  id: number;
  type: "IMAP";
  details: { email: string; [field: string]: unknown };
}

export type Mailbox = SmtpMailbox | ImapMailbox;

export interface LinkedInAccount {
  id: number;
  username: string | null;
  session_status: "CONNECTED" | "DISCONNECTED" | "WAITING_FOR_CONNECTION";
  full_name: string;
  linkedin_url: string;
  level: "CLASSIC" | "PREMIUM" | "RECRUITER_LITE" | "SALES_NAVIGATOR" | "UNKNOWN";
}

/** What will come of an e-mail that has been sent. */
export interface Outcome {
  kind: "bounce" | "open" | "click" | "reply" | "autoreply" | "optout";
  at: number;
  campaignId: number;
  prospectId: number;
  touch: Touch;
}

/** What one mailbox has done lately. */
export interface Sender {
  /** The UTC day that `sent` counts, as a number of days. */
  day: number;
  sent: number;
  /** Not before this may it send again. */
  freeAt: number;
}

/** What the clock needs to know from one advance to the next. */
interface ClockState {
  /** How far the account has been played. */
  until: number;
  pending: Outcome[];
  senders: Map<number, Sender>;
}

/** Whom no campaign writes to and no import brings in; in small letters. */
export interface Blacklist {
  domains: Set<string>;
  emails: Set<string>;
}

export interface State {
  /** The general sending limit of the account: the most that daily_enroll may be. */
  sendingLimit: number;
  campaigns: Map<number, StoredCampaign>;
  prospects: Map<number, Prospect>;
  mailboxes: Map<number, Mailbox>;
  linkedInAccounts: Map<number, LinkedInAccount>;
  messages: Message[];
  tasks: Task[];
  blacklist: Blacklist;
  /** By the hash they were ordered under. */
  reports: Map<string, OrderedReport>;
  ids: Counters;
  clock: ClockState;
}

interface OrderedReport {
  pollsLeft: number;
  report: { description: string; data: object[] };
}

/** The next of each kind. */
export interface Counters {
  campaign: number;
  prospect: number;
  message: number;
}

/** The SMTP entry that a campaign may name; an IMAP id cannot send. */
export function smtpMailbox(state: State, id: number): SmtpMailbox | undefined {
  const mailbox = state.mailboxes.get(id);
  return mailbox?.type === "SMTP" ? mailbox : undefined;
}

/** Whether a blacklisted domain stands for those below it is undocumented: here it does not. */
export function isBlacklisted({ blacklist }: State, email: string): boolean {
  const address = email.toLowerCase();
  return blacklist.emails.has(address) || blacklist.domains.has(address.slice(address.indexOf("@") + 1));
}
