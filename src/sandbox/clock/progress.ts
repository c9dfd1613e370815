/** Counts how far each campaign has come, and plans its next events. */
import { type Step, stepsOf } from "../campaign.ts";
import type { Enrolment, EnrolmentStatus, Outcome, State, StoredCampaign } from "../state.ts";
import { dueAfter } from "./delay.ts";
import type { Heap } from "./heap.ts";
import { DAY, dayOf, toLocal, type Zone, zoneOf } from "./zone.ts";

/** What is queued: something happens to a campaign or a person at a moment. */
export type Event =
  | Outcome
  /** It is a campaign's turn to write to somebody new; whoever did so longer ago comes first. */
  | { kind: "opening"; at: number; last: number; campaignId: number }
  /** A prospect's next step has come due; `at` moves on while it has to wait, `due` does not. */
  | { kind: "followup"; at: number; due: number; campaignId: number; prospectId: number }
  /** Nothing has been queued for a day, perhaps. */
  | { kind: "end"; at: number; campaignId: number };

/** One advance of the clock in one account. */
export interface Run {
  state: State;
  seed: number;
  from: number;
  until: number;
  queue: Heap<Event>;
  campaigns: Map<number, Progress>;
}

/** What the clock has counted of a campaign, so that no event needs to look at every prospect. */
export interface Progress {
  run: Run;
  stored: StoredCampaign;
  zone: Zone;
  steps: Step[];
  enrolments: Map<number, Enrolment>;
  /** Prospects without a first e-mail, in the order of their turn, from `next` on. */
  waiting: Enrolment[];
  next: number;
  /** Opening steps on the last day that had any, in the campaign's time zone. */
  openings: { day: number; count: number };
  lastOpening: number;
  queued: number;
  sent: number;
  bounced: number;
  lastTouch: number;
}

/** What lies beyond the end is kept only when it is an outcome: all other events follow from the state again. */
export function schedule({ state, until, queue }: Run, event: Event): void {
  if (event.at <= until) queue.push(event);
  else if ("touch" in event) state.clock.pending.push(event);
}

export const isQueued = (
  { status, touches }: Pick<Enrolment, "status" | "touches">,
  steps: Step[],
): boolean => status === "ACTIVE" && touches.length < steps.length;

export const eligibleAt = ({ enrolledAt, sendAfter }: Enrolment): number =>
  Math.max(enrolledAt.getTime(), sendAfter?.getTime() ?? 0);

export function progressOf(run: Run, stored: StoredCampaign): Progress {
  const known = run.campaigns.get(stored.campaign.id);
  if (known) return known;
  const { campaign, enrolments } = stored;
  const steps = stepsOf(campaign);
  const progress: Progress = {
    run,
    stored,
    zone: zoneOf(campaign.settings.timezone),
    steps,
    enrolments: new Map(enrolments.map((enrolment) => [enrolment.prospectId, enrolment])),
    waiting: enrolments
      .filter((enrolment) => enrolment.touches.length === 0 && isQueued(enrolment, steps))
      .sort((a, b) => eligibleAt(a) - eligibleAt(b) || a.prospectId - b.prospectId),
    next: 0,
    openings: { day: 0, count: 0 },
    lastOpening: 0,
    queued: 0,
    sent: 0,
    bounced: 0,
    lastTouch: 0,
  };
  for (const enrolment of enrolments) count(progress, enrolment);
  run.campaigns.set(campaign.id, progress);
  return progress;
}

function count(progress: Progress, enrolment: Enrolment): void {
  if (isQueued(enrolment, progress.steps)) progress.queued++;
  for (const { mailboxId, bounced, at } of enrolment.touches) {
    if (mailboxId !== null) progress.sent++;
    if (bounced) progress.bounced++;
    progress.lastTouch = Math.max(progress.lastTouch, at.getTime());
  }
  const opening = enrolment.touches[0]?.at.getTime() ?? 0;
  progress.lastOpening = Math.max(progress.lastOpening, opening);
  if (opening > progress.run.from - 2 * DAY) noteOpening(progress, opening);
}

export function noteOpening(progress: Progress, time: number): void {
  const { openings, zone } = progress;
  progress.lastOpening = Math.max(progress.lastOpening, time);
  const day = dayOf(toLocal(zone, time));
  if (day < openings.day) return;
  if (day > openings.day) openings.count = 0;
  openings.day = day;
  openings.count++;
}

/** The next step of somebody who has had one, when the wait after that is over; not before the campaign runs. */
export function planFollowup({ run, stored, steps, zone }: Progress, enrolment: Enrolment, start = 0): void {
  const { touches, prospectId } = enrolment;
  const [step, last] = [steps[touches.length - 1], touches.at(-1)];
  if (!step || !last) return;
  const { id: campaignId, settings } = stored.campaign;
  const working = settings.count_followup_delay_in_working_days;
  const due = dueAfter(last.at.getTime(), step.followup_after, zone, working);
  schedule(run, { kind: "followup", at: Math.max(due, start), due, campaignId, prospectId });
}

/** A campaign without anything to send comes to its end a day after the last thing it did. */
export function planEnd({ run, stored, queued, lastTouch }: Progress): void {
  if (queued > 0) return;
  const at = Math.max(lastTouch, stored.runningSince.getTime()) + DAY;
  schedule(run, { kind: "end", at: Math.max(at, run.from), campaignId: stored.campaign.id });
}

/** Takes a prospect out of the queue, for whatever reason. */
export function settle(progress: Progress, enrolment: Enrolment, status: EnrolmentStatus, now: number): void {
  if (isQueued(enrolment, progress.steps)) progress.queued--;
  enrolment.status = status;
  const prospect = progress.run.state.prospects.get(enrolment.prospectId);
  if (prospect) prospect.updated = new Date(now);
  planEnd(progress);
}
