/** Builds the state of an account at start, empty or with seeded campaigns and their history. */
import { buildCampaign, storedAs } from "../build-campaign.ts";
import { type Campaign, type Step, stepsOf } from "../campaign.ts";
import { seededIds } from "../ids.ts";
import { addReply } from "../replies.ts";
import type { Counters, Enrolment, EnrolmentStatus, ProspectStatus, State, Touch } from "../state.ts";
import { latest } from "../time.ts";
import type { Account } from "../types.ts";
import { BUSY_CAMPAIGNS } from "./busy.ts";
import { SEEDED_CAMPAIGNS, type SeededCampaign } from "./campaigns.ts";
import { readJourney, touchAt } from "./journeys.ts";
import { type Accounts, seededAccounts } from "./mailboxes.ts";
import { seededProspects } from "./prospects.ts";
import { seededTasks } from "./tasks.ts";

interface Seed {
  account?: Account;
  accounts?: Accounts;
  ids?: Counters;
}

/** Documented as the usual limit. */
const SENDING_LIMIT = 500;

export function seedState(seed: "account" | "empty", now: Date, options: Seed = {}): State {
  const { account = {}, ids = { campaign: 2201, prospect: 90_101, message: 40_001 } } = options;
  const { mailboxes, linkedInAccounts } = options.accounts ?? seededAccounts(account, now);
  const state: State = {
    sendingLimit: account.raised ? SENDING_LIMIT * 4 : SENDING_LIMIT,
    campaigns: new Map(),
    prospects: new Map(),
    mailboxes: new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox])),
    linkedInAccounts: new Map(linkedInAccounts.map((account) => [account.id, account])),
    messages: [],
    tasks: [],
    blacklist: { domains: new Set(), emails: new Set() },
    reports: new Map(),
    ids,
    clock: { until: now.getTime(), pending: [], senders: new Map() },
  };
  if (seed === "account") fillAccount(state, account, now);
  return state;
}

function fillAccount(state: State, { busy }: Account, now: Date): void {
  for (const domain of ["count-rival.example", "shelfworks.example"]) state.blacklist.domains.add(domain);
  state.tasks = seededTasks(now);
  state.blacklist.emails.add("privacy@palettenring.example");
  const prospects = seededProspects(daysBefore(now, 60));
  for (const prospect of prospects) state.prospects.set(prospect.id, prospect);
  const ids = prospects.map((prospect) => prospect.id);
  for (const seeded of SEEDED_CAMPAIGNS) {
    addCampaign(state, seeded, ids.splice(0, seeded.journeys.length), now);
  }
  for (const seeded of busy ? BUSY_CAMPAIGNS : []) addCampaign(state, seeded, seeded.people, now);
}

function addCampaign(state: State, seeded: SeededCampaign, prospectIds: number[], now: Date): void {
  const { id, body, status, inApp } = seeded;
  const campaign = { ...buildCampaign(id, body, seededIds(`campaign ${id}`)), status };
  const created = daysBefore(now, seeded.createdDaysAgo);
  const steps = stepsOf(campaign);
  const enrolments = prospectIds.map((prospectId, index): Enrolment => {
    const { marks, ...standing } = readJourney(seeded.journeys[index] ?? "");
    // The last touch is dated first and the others before it, so that no follow-up is long overdue.
    const touches: Touch[] = [];
    let date = workdayBefore(now, seeded.lastTouchDaysAgo + (index % 2));
    for (let place = marks.length - 1; place >= 0; place--) {
      const [step, mark] = [steps[place], marks[place]];
      if (!step || !mark) continue;
      const sent = { stepId: step.id, ...version(step, index), mailboxId: sender(step, body, index) };
      touches.unshift(touchAt(date, mark, sent));
      date = workdayBefore(date, steps[place - 1]?.followup_after.value ?? 0);
    }
    const prospect = state.prospects.get(prospectId);
    const status = globalStatus(standing.status);
    if (prospect && status !== "ACTIVE") prospect.status = status;
    return { prospectId, ...standing, enrolledAt: created, sendAfter: null, forced: false, touches };
  });
  state.campaigns.set(id, { ...storedAs(campaign, created), ...inApp, enrolments });
  for (const enrolment of enrolments) addHistory(state, campaign, enrolment);
}

/** What the touches left behind elsewhere: the replies in the inbox, and when the prospect last changed. */
function addHistory(
  state: State,
  campaign: Campaign,
  { prospectId, status, interest, touches }: Enrolment,
): void {
  const prospect = state.prospects.get(prospectId);
  const touch = touches.at(-1);
  if (!prospect || !touch) return;
  const answered = { prospect, campaign, touch };
  if (touch.repliedAt)
    addReply(state, { ...answered, kind: interest, at: touch.repliedAt, read: prospectId % 2 === 0 });
  if (status === "AUTOREPLIED")
    addReply(state, { ...answered, kind: "AUTOREPLY", at: touch.at, read: false });
  prospect.updated = latest([touch.at, touch.repliedAt, touch.optedOutAt, touch.clickedAt]) ?? touch.at;
}

function version(step: Step, index: number): Pick<Touch, "version"> {
  const { versions } = step.body;
  return { version: versions[index % versions.length]?.version ?? "A" };
}

function sender(step: Step, { email_account_ids: ids = [] }: SeededCampaign["body"], index: number) {
  return step.type === "EMAIL" ? (ids[index % ids.length] ?? null) : null;
}

/** Waiting, auto-reply and an invalid address concern one campaign only. */
function globalStatus(status: EnrolmentStatus): ProspectStatus {
  return status === "REPLIED" || status === "BOUNCED" || status === "BLACKLIST" ? status : "ACTIVE";
}

function daysBefore(now: Date, days: number): Date {
  const date = new Date(now);
  date.setUTCDate(date.getUTCDate() - days);
  date.setUTCHours(8, 40, 0, 0);
  return date;
}

/** The seeded campaigns send on workdays only; what falls on a weekend moves to the Friday. */
function workdayBefore(date: Date, days: number): Date {
  const weekday = daysBefore(date, days).getUTCDay();
  return daysBefore(date, days + (weekday === 6 ? 1 : weekday === 0 ? 2 : 0));
}
