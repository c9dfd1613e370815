/**
 * The people of a campaign who wait for a step: a lane for those who stand at the same place, and a line of the lanes
 * that have to wait for the same windows and the same mailbox.
 */
import type { DeliveryTime } from "../model/delivery.ts";
import { type Opening, openingOf } from "../model/openings.ts";
import type { Wait } from "../model/tree.ts";
import { type Zone, zoneOf } from "../model/zone.ts";
import { emptyQueue, enqueue, type Queue } from "./queue.ts";
import type { Sender } from "./senders.ts";

export interface PlannedStep {
  type: "EMAIL" | "LINKEDIN";
  /** Since the step before. */
  wait: Wait;
  /** Of an EMAIL step; LinkedIn steps have none. */
  windows: readonly DeliveryTime[];
}

/** So many people, before the step at this index; without a zone of their own the campaign's is meant. */
export interface Crowd {
  next: number;
  count: number;
  /** Not before this, in ms. */
  due: number;
  timezone?: string;
}

/** Who waits, and for what. */
export interface Waiting {
  steps: readonly PlannedStep[];
  people: readonly Crowd[];
}

export interface Lane extends Queue {
  step: number;
  /** The sender of the thread; undefined before the first e-mail. */
  sender: Sender | undefined;
  opening: Opening | undefined;
  zone: Zone;
  line: Line | undefined;
  /** The lane of those who have had this step. */
  next: Map<Sender | undefined, Lane>;
}

/** Lanes whose people need the same: the same windows and the same mailbox. Whoever is due first among them goes first. */
export interface Line {
  lanes: Lane[];
  senders: readonly (Sender | undefined)[];
  /** Has somebody new in it, whom daily_enroll holds back. */
  enrols: boolean;
  stale: boolean;
  /** Who is next, when, since when that person waits, and by which mailbox. */
  first: Lane | undefined;
  at: number;
  due: number;
  sender: Sender | undefined;
}

/** One queue for each zone, each mailbox of a thread and each step; steps with the same windows share their opening. */
export function lanesOf({ steps, people }: Waiting, senders: readonly Sender[], own: Zone): Lane[] {
  const all: Lane[] = [];
  const zones = new Set(people.map(({ timezone }) => timezone));
  for (const name of zones) {
    const zone = name === undefined ? own : zoneOf(name);
    const openings = new Map<string, Opening>();
    const rows = new Map<Sender | undefined, Lane[]>();
    for (const sender of [undefined, ...senders]) {
      const row = steps.map((step, index): Lane => {
        const key = JSON.stringify(step.windows);
        const opening = openings.get(key) ?? openingOf(step.windows, zone);
        openings.set(key, opening);
        return {
          ...emptyQueue(),
          step: index,
          sender,
          zone,
          opening: step.type === "EMAIL" ? opening : undefined,
          line: undefined,
          next: new Map(),
        };
      });
      rows.set(sender, row);
      // With a mailbox of one's own nobody stands before step 1.
      all.push(...(sender ? row.slice(1) : row));
    }
    for (const row of rows.values()) {
      for (const lane of row) {
        for (const [sender, target] of rows) {
          const next = target[lane.step + 1];
          if (next) lane.next.set(sender, next);
        }
      }
    }
    for (const { next, count, due, timezone } of people) {
      const lane = rows.get(undefined)?.[next];
      if (lane && timezone === name && count > 0) enqueue(lane, due, count);
    }
  }
  return all;
}

export function linesOf(lanes: readonly Lane[], senders: readonly Sender[]): Line[] {
  const lines: Line[] = [];
  for (const lane of lanes) {
    const alike = lines.find(
      ({ lanes: [first] }) =>
        first &&
        first.step > 0 &&
        lane.step > 0 &&
        first.opening === lane.opening &&
        first.sender === lane.sender,
    );
    if (alike) {
      alike.lanes.push(lane);
      lane.line = alike;
    } else {
      const able = !lane.opening ? [undefined] : lane.sender ? [lane.sender] : senders;
      const next = { stale: true, first: undefined, at: 0, due: 0, sender: undefined };
      lane.line = { lanes: [lane], senders: able, enrols: lane.step === 0, ...next };
      lines.push(lane.line);
    }
  }
  return lines;
}

/** Who of the line has waited longest. */
export function firstDue({ lanes }: Line): Lane | undefined {
  let first: Lane | undefined;
  for (const lane of lanes) if (lane.size > 0 && (!first || lane.head < first.head)) first = lane;
  return first;
}
