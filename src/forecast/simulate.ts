/**
 * The sends of a campaign, one after the other: who is due, whose window is open, which mailbox is free. Follow-ups that
 * have waited longest go first, openings take what is left up to daily_enroll; a thread keeps its mailbox.
 */
import { DAY, dayOf, toLocal, toMoment, zoneOf } from "../model/zone.ts";
import { firstDue, type Lane, type Line, lanesOf, linesOf, type Waiting } from "./lanes.ts";
import { dequeue, enqueue } from "./queue.ts";
import { availableAt, type Box, noteSend, type Sender, sendersOf } from "./senders.ts";
import { dueAfter } from "./waits.ts";

export interface Plan extends Waiting {
  from: number;
  timezone: string;
  daily_enroll: number;
  working_days: boolean;
  boxes: readonly Box[];
}

export type Limit = "daily_enroll" | "mailbox limit";

interface DayCount {
  day: number;
  total: number;
  bySteps: number[];
  /** What kept people waiting that day. */
  full: Set<Limit>;
}

interface Simulation {
  first?: number;
  last?: number;
  total: number;
  /** What never leaves: no window, no mailbox that may send, or more than is simulated. */
  left: number;
  days: DayCount[];
}

/** No more than that is simulated: nobody plans further ahead, and a call has to end. */
const MAX_SENDS = 1_500_000;

/** @param observe is told of each send, for tests */
export function simulate(plan: Plan, observe?: (at: number, step: number) => void): Simulation {
  const zone = zoneOf(plan.timezone);
  const senders = sendersOf(plan.boxes, plan.from);
  const lanes = lanesOf(plan, senders, zone);
  const lines = linesOf(lanes, senders);
  const days = new Map<number, DayCount>();
  const result: Simulation = { total: 0, left: 0, days: [] };
  const enrolled: Enrolled = { day: Number.NEGATIVE_INFINITY, count: 0, at: plan.from };

  /** When somebody new may be written to under daily_enroll; never before the previous new person. */
  const enrolFrom = (time: number): number => {
    if (plan.daily_enroll <= 0) return Number.POSITIVE_INFINITY;
    const at = Math.max(time, enrolled.at);
    const day = dayOf(toLocal(zone, at));
    return day === enrolled.day && enrolled.count >= plan.daily_enroll ? toMoment(zone, (day + 1) * DAY) : at;
  };

  function moment(lane: Lane, sender: Sender | undefined): number {
    let at = Math.max(lane.head, plan.from);
    for (let round = 0; round < 20; round += 1) {
      const before = at;
      if (lane.step === 0) at = enrolFrom(at);
      if (sender && Number.isFinite(at)) at = availableAt(sender, at);
      if (lane.opening && Number.isFinite(at)) at = lane.opening.nextOpen(at);
      if (at === before || !Number.isFinite(at)) break;
    }
    return at;
  }

  /** Who of this line goes first, and when. Somebody new comes after all who wait for a follow-up. */
  function refresh(line: Line): void {
    line.stale = false;
    line.at = Number.POSITIVE_INFINITY;
    const lane = firstDue(line);
    line.first = lane;
    if (!lane) return;
    line.due = line.enrols ? Number.MAX_VALUE : lane.head;
    for (const sender of line.senders) {
      const at = moment(lane, sender);
      if (at >= line.at) continue;
      line.at = at;
      line.sender = sender;
    }
  }

  /** The line whose turn it is; undefined when nobody can be written to any more. */
  function nextLine(): Line | undefined {
    let best: Line | undefined;
    for (const line of lines) {
      if (line.stale) refresh(line);
      if (!Number.isFinite(line.at)) continue;
      if (!best || line.at < best.at || (line.at === best.at && line.due < best.due)) best = line;
    }
    return best;
  }

  const enrolling = lines.filter(({ enrols }) => enrols);
  const linesBy = new Map(senders.map((one) => [one, lines.filter((line) => line.senders.includes(one))]));

  /** What a send changes: the lines that use its mailbox, and those whose people moved. */
  function makeStale(sender: Sender | undefined, moved: Lane, next: Lane | undefined): void {
    if (moved.step === 0) for (const line of enrolling) line.stale = true;
    if (sender) for (const line of linesBy.get(sender) ?? []) line.stale = true;
    if (moved.line) moved.line.stale = true;
    if (next?.line) next.line.stale = true;
  }

  for (let turn = 0; turn < MAX_SENDS; turn += 1) {
    const line = nextLine();
    const lane = line?.first;
    if (!line || !lane) break;
    const { at, sender } = line;
    dequeue(lane);
    if (sender) noteSend(sender, at);
    const count = countOf(days, dayOf(toLocal(zone, at)), plan.steps.length);
    count.total += 1;
    count.bySteps[lane.step] = (count.bySteps[lane.step] ?? 0) + 1;
    if (lane.step === 0) noteOpening(enrolled, count.day, at);
    if (lane.step === 0 && enrolled.count >= plan.daily_enroll && lane.size > 0)
      count.full.add("daily_enroll");
    if (sender && sender.sent >= sender.limit) count.full.add("mailbox limit");
    result.first ??= at;
    result.last = at;
    result.total += 1;
    observe?.(at, lane.step);
    const wait = plan.steps[lane.step + 1]?.wait;
    const next = wait && lane.next.get(sender ?? lane.sender);
    if (next) enqueue(next, dueAfter(at, wait, lane.zone, plan.working_days));
    makeStale(sender, lane, next);
  }
  for (const { size, step } of lanes) result.left += size * (plan.steps.length - step);
  result.days = [...days.values()].sort((a, b) => a.day - b.day);
  return result;
}

interface Enrolled {
  day: number;
  count: number;
  /** When it was last done. */
  at: number;
}

function noteOpening(enrolled: Enrolled, day: number, at: number): void {
  if (enrolled.day !== day) enrolled.count = 0;
  enrolled.day = day;
  enrolled.count += 1;
  enrolled.at = at;
}

function countOf(days: Map<number, DayCount>, day: number, steps: number): DayCount {
  const known = days.get(day);
  if (known) return known;
  const fresh: DayCount = { day, total: 0, bySteps: new Array<number>(steps).fill(0), full: new Set() };
  days.set(day, fresh);
  return fresh;
}
