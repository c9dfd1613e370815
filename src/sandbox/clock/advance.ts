/**
 * Plays running campaigns forward: takes one event after the other until the wanted moment. What happens depends on the state,
 * the moment and the seed alone, and not on the number of pieces in which the time goes by.
 */
import type { State, StoredCampaign } from "../state.ts";
import { createHeap } from "./heap.ts";
import { applyOutcome } from "./outcomes.ts";
import {
  type Event,
  isQueued,
  type Progress,
  planEnd,
  planFollowup,
  progressOf,
  type Run,
  schedule,
} from "./progress.ts";
import { sendFollowup, sendOpening } from "./sending.ts";

export function advanceTo(state: State, until: number, seed: number): void {
  const { clock } = state;
  if (until <= clock.until) return;
  const run: Run = {
    state,
    seed,
    from: clock.until,
    until,
    queue: createHeap(isBefore),
    campaigns: new Map(),
  };
  for (const outcome of clock.pending.splice(0)) schedule(run, outcome);
  for (const stored of state.campaigns.values()) if (stored.campaign.status === "RUNNING") plan(run, stored);
  for (let event = run.queue.pop(); event; event = run.queue.pop()) handle(run, event);
  clock.until = until;
}

/** What has been due for longer comes first; the ids decide between equals, so that the order of arrival does not matter. */
function isBefore(a: Event, b: Event): boolean {
  if (a.at !== b.at) return a.at < b.at;
  const [left, right] = [rank(a), rank(b)];
  const index = left.findIndex((value, place) => value !== right[place]);
  return (left[index] ?? 0) < (right[index] ?? 0);
}

function rank(event: Event): number[] {
  const due = "due" in event ? event.due : event.at;
  // Campaigns that share a mailbox take turns, or the one with the lowest id would have it to itself all day.
  const last = event.kind === "opening" ? event.last : 0;
  return [due, last, event.campaignId, "prospectId" in event ? event.prospectId : 0];
}

function plan(run: Run, stored: StoredCampaign): void {
  const progress = progressOf(run, stored);
  const { campaign, enrolments, runningSince } = stored;
  const campaignId = campaign.id;
  const start = Math.max(run.from, runningSince.getTime());
  schedule(run, { kind: "opening", at: start, last: progress.lastOpening, campaignId });
  for (const enrolment of enrolments)
    if (isQueued(enrolment, progress.steps)) planFollowup(progress, enrolment, start);
  planEnd(progress);
}

function handle(run: Run, event: Event): void {
  const stored = run.state.campaigns.get(event.campaignId);
  // Deleted while the answers were on their way.
  if (!stored) return;
  const progress = progressOf(run, stored);
  if (event.kind === "opening") sendOpening(progress, event.at);
  else if (event.kind === "followup") sendFollowup(progress, event.prospectId, event.due, event.at);
  else if (event.kind === "end") end(progress, event.at);
  else applyOutcome(progress, event);
}

function end({ stored: { campaign, runningSince }, queued, lastTouch }: Progress, now: number): void {
  const idleSince = Math.max(lastTouch, runningSince.getTime());
  const isOver = queued === 0 && now - idleSince >= 24 * 3_600_000;
  if (isOver && campaign.status === "RUNNING") campaign.status = "COMPLETED";
}
