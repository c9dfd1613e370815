/**
 * What the mailboxes can do: a number of e-mails a day, and a pause after each. Many mailboxes with the same numbers
 * are one sender that is as quick and as able as all of them. Whose midnight ends a mailbox's day is not documented; it is
 * UTC's here, as in Woodpecker's reports.
 */
import { DAY } from "../model/zone.ts";

export interface Box {
  /** E-mails a day; Infinity where it is not known. */
  limit: number;
  /** Mean pause between two e-mails, in ms. */
  gap: number;
  sentToday: number;
  freezes: readonly { start: number; end: number }[];
}

export interface Sender {
  limit: number;
  gap: number;
  freezes: readonly { start: number; end: number }[];
  day: number;
  sent: number;
  freeAt: number;
}

/** So many are simulated one by one; more of them, where they are alike, as one. */
const FEW = 4;

export function sendersOf(boxes: readonly Box[], from: number): Sender[] {
  const alike = new Map<string, { box: Box; count: number; sent: number }>();
  for (const [index, box] of boxes.entries()) {
    const alone = boxes.length <= FEW && index;
    const key = JSON.stringify([box.limit, box.gap, box.freezes, alone]);
    const group = alike.get(key) ?? { box, count: 0, sent: 0 };
    alike.set(key, { box, count: group.count + 1, sent: group.sent + box.sentToday });
  }
  return [...alike.values()].map(({ box, count, sent }) => ({
    limit: box.limit * count,
    gap: box.gap / count,
    freezes: box.freezes,
    day: Math.floor(from / DAY),
    sent,
    freeAt: from,
  }));
}

/** The first moment from `time` on at which this sender may send. */
export function availableAt({ limit, freezes, day, sent, freeAt }: Sender, time: number): number {
  if (limit <= 0) return Number.POSITIVE_INFINITY;
  let at = Math.max(time, freeAt);
  if (sent >= limit && Math.floor(at / DAY) === day) at = (day + 1) * DAY;
  for (const { start, end } of freezes) if (start <= at && at < end) at = end;
  return at;
}

export function noteSend(sender: Sender, time: number): void {
  const day = Math.floor(time / DAY);
  if (day !== sender.day) {
    sender.day = day;
    sender.sent = 0;
  }
  sender.sent += 1;
  sender.freeAt = time + sender.gap;
}
