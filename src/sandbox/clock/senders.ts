/** Chooses the mailbox that can send next, within its daily limit and its pauses. */
import { canSend } from "../check/account.ts";
import { type Sender, type State, smtpMailbox } from "../state.ts";
import { parseV1Time } from "../time.ts";
import { chance } from "./chance.ts";
import { DAY, dayOf } from "./zone.ts";

// Whose midnight ends a mailbox's day is not documented; it is UTC's here, as in the reports.

function senderOf({ clock }: State, id: number, time: number): Sender {
  const day = dayOf(time);
  const sender = clock.senders.get(id) ?? { day, sent: 0, freeAt: 0 };
  return sender.day === day ? sender : { ...sender, day, sent: 0 };
}

export const sentToday = (state: State, id: number, now: Date): number =>
  senderOf(state, id, now.getTime()).sent;

const numberIn = (state: State, id: number, field: string): number =>
  Number(smtpMailbox(state, id)?.details[field] ?? 0);

function availableAt(state: State, id: number, time: number): number {
  const { sent, freeAt } = senderOf(state, id, time);
  const limit = numberIn(state, id, "daily_limit");
  return afterFreeze(state, id, Math.max(sent < limit ? time : (dayOf(time) + 1) * DAY, freeAt));
}

/** The first moment from `time` on in which the mailbox is not frozen. */
function afterFreeze(state: State, id: number, time: number): number {
  const freezes = smtpMailbox(state, id)?.details.freeze_account;
  if (!Array.isArray(freezes)) return time;
  let at = time;
  for (const { from, to } of freezes) {
    const [start, end] = [parseV1Time(from)?.getTime(), parseV1Time(to)?.getTime()];
    if (start !== undefined && end !== undefined && start <= at && at < end) at = end;
  }
  return at;
}

/**
 * The mailbox that can send first, and when: a thread keeps its own as long as that can send at all.
 * undefined: none of them can.
 */
export function firstSender(
  state: State,
  ids: number[],
  preferred: number | undefined,
  time: number,
): { id: number; at: number } | undefined {
  const usable = ids.filter((id) => canSend(state, id));
  const candidates = usable.filter((id) => id === preferred);
  return (candidates.length > 0 ? candidates : usable)
    .map((id) => ({ id, at: availableAt(state, id, time), sent: senderOf(state, id, time).sent }))
    .sort((a, b) => a.at - b.at || a.sent - b.sent)[0];
}

export function noteSend(state: State, id: number, time: number, seed: number): void {
  const { day, sent } = senderOf(state, id, time);
  const [least, most] = [numberIn(state, id, "frequency_from"), numberIn(state, id, "frequency_to")];
  const gap = least + Math.floor(chance(seed, id, day, sent) * (most - least));
  state.clock.senders.set(id, { day, sent: sent + 1, freeAt: time + gap });
}
