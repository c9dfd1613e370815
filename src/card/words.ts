/** Every word of the card about campaigns, decisions and outcomes, for people. */
import type { Check, Severity } from "./types.ts";

/** Looked up by what others wrote: names that every object has are no words. */
const lookup = <T>(entries: Record<string, T>): Record<string, T> =>
  Object.assign(Object.create(null), entries);

export const argumentWords = lookup<string>({
  daily_enroll: "new people a day",
  delivery_times: "delivery windows",
  gdpr_unsubscribe: "opt-out line",
  list_unsubscribe: "unsubscribe header",
  linkedin: "LinkedIn",
  mailbox_ids: "mailboxes",
  timezone: "time zone",
  track_opens: "tracking of opens",
});

export const severityWords: Record<Severity, string> = {
  error: "Error",
  could_not_check: "Not checked",
  warning: "Warning",
  info: "Good to know",
};

export const verdictWords: Record<Check["verdict"], { said: string; look: string }> = {
  ready: { said: "Ready", look: "good" },
  warnings: { said: "Ready, with warnings", look: "warning" },
  blocked: { said: "Not ready", look: "error" },
  incomplete: { said: "Not all could be checked", look: "could_not_check" },
};

const statuses = lookup<string>({
  DRAFT: "Draft",
  RUNNING: "Running",
  PAUSED: "Paused",
  EDITED: "Being edited",
  STOPPED: "Stopped",
  COMPLETED: "Completed",
});
export const sayStatus = (status: string) => statuses[status] ?? status;

/** What a person approves, by the tool that asks. */
export interface Verbs {
  approve: string;
  pending: string;
  /** Of what was not done. */
  nothing: string;
  /** Beside the buttons. */
  before: string;
  /** As the model is told of it: "was not started". */
  notDone: string;
  isDeletion?: boolean;
}

const start = {
  approve: "Approve and start",
  pending: "Starting…",
  nothing: "Nothing was started.",
  before: "Nothing is sent before you approve.",
  notDone: "not started",
};
const resume = { ...start, approve: "Approve and resume", pending: "Resuming…" };
const deletion = {
  approve: "Approve and delete",
  pending: "Deleting…",
  nothing: "Nothing was deleted.",
  before: "Nothing is deleted before you approve.",
  notDone: "not deleted",
  isDeletion: true,
};
const byTool = lookup<Verbs>({
  run_campaign: start,
  reply_to_prospect: {
    approve: "Approve and send",
    pending: "Sending…",
    nothing: "Nothing was sent.",
    before: "Nothing is sent before you approve.",
    notDone: "not sent",
  },
  save_prospects: {
    approve: "Approve and save",
    pending: "Saving…",
    nothing: "Nobody was saved.",
    before: "Nobody is saved before you approve.",
    notDone: "not saved",
  },
});
const byStatus = lookup<Verbs>({
  PAUSED: resume,
  STOPPED: resume,
  EDITED: { ...resume, approve: "Approve and go on" },
});
const anything: Verbs = {
  approve: "Approve",
  pending: "Under way…",
  nothing: "Nothing was changed.",
  before: "Nothing is changed before you approve.",
  notDone: "not done",
};

export function verbsOf(tool = "", status = ""): Verbs {
  if (tool.startsWith("delete_")) return deletion;
  if (tool === "run_campaign") return byStatus[status] ?? start;
  return byTool[tool] ?? anything;
}

/** Facts of a question under the names that people have for them; the first ones stand out. */
export const factWords = lookup<string>({
  account: "Account",
  "client company": "Account",
  "will be written to": "Will get e-mails",
  "last day": "Last day",
  "will not": "Will get nothing",
  senders: "Sent from",
  "LinkedIn account": "LinkedIn account",
  "people enrolled": "People in the campaign",
  "opening e-mails a day": "New people a day",
  "first send window": "First e-mail",
  "first action": "First action",
  windows: "Delivery windows",
  "mailboxes shared": "Mailboxes shared",
  "e-mails sent already": "E-mails sent so far",
});
export const leadingFacts = ["will be written to", "last day", "will not"];

export const outcomeWords = lookup<string>({
  done: "Done.",
  accepted: "Woodpecker accepted it, but the campaign does not read so.",
  already: "That was already so; nothing was changed.",
  coalesced: "The same call was under way; this is its result.",
  deduplicated: "This was done already; nothing was done again.",
  dry_run: "A dry run: nothing was sent and nothing was changed.",
  partial: "Not all went as asked.",
  refused: "Left out",
  failed: "Failed",
  not_done: "Not begun",
  confirmation_required: "Waits for your decision",
});

export function meaningOfTest(verdict: string): string {
  if (verdict === "too early to tell") return "The ranges overlap: the difference may be chance.";
  return verdict.endsWith("ahead") ? "The difference is larger than chance explains." : "";
}

export const linkedinWords = lookup<string>({
  VISIT_PROFILE: "LinkedIn visit",
  CONNECTION_REQUEST: "LinkedIn invitation",
  DIRECT_MESSAGE: "LinkedIn message",
  INMAIL_MESSAGE: "LinkedIn InMail",
});
