/** Which mailboxes can send, why others cannot, and how much they may send together. */

import { plain } from "../values/foreign.ts";
import { sayTime } from "../values/moment.ts";
import type { Mailbox } from "../woodpecker/mailboxes.ts";
import { type Dossier, known } from "./dossier.ts";

/** What keeps a mailbox from sending, its daily limit aside. */
type Obstacle =
  | { kind: "receives" }
  | { kind: "error"; error: string }
  | { kind: "no_slot" }
  /** Infinity where no end is given. */
  | { kind: "frozen"; until: number };

/** The gravest obstacle; undefined for a mailbox that can send. */
export function obstacleOf(mailbox: Mailbox, now: number): Obstacle | undefined {
  const { type, error, inSlot } = mailbox;
  if (type !== "SMTP") return { kind: "receives" };
  if (error) return { kind: "error", error };
  if (!inSlot) return { kind: "no_slot" };
  const until = frozenUntil(mailbox, now);
  return until === undefined ? undefined : { kind: "frozen", until };
}

/** Infinity where no end is given; undefined for a mailbox that is not frozen. */
export const frozenUntil = ({ freezes }: Mailbox, now: number): number | undefined =>
  freezes.find(({ start, end }) => start <= now && now < end)?.end;

/** Why a mailbox cannot send now, in a clause. */
export function whyUnusable(mailbox: Mailbox, now: number): string | undefined {
  const obstacle = obstacleOf(mailbox, now);
  switch (obstacle?.kind) {
    case undefined:
      return undefined;
    case "receives":
      return `${mailbox.type} mailboxes receive; campaigns send from SMTP ids`;
    case "error":
      return plain(obstacle.error, 300);
    case "no_slot":
      return "it is not in a paid sending slot";
    case "frozen":
      return `sending is ${sayFrozen(obstacle.until)}`;
  }
}

/** The same words wherever a freeze is told of. */
export const sayFrozen = (until: number): string =>
  Number.isFinite(until) ? `frozen until ${sayTime(until)}` : "frozen, no end given";

/** Can it send for a campaign at all, freezes and limits aside? */
const canSend = ({ type, error, inSlot }: Mailbox): boolean => type === "SMTP" && !error && inSlot;

/** The mailboxes of the campaign that can send at all. */
export function able({ mailboxIds, parts }: Dossier): Mailbox[] {
  return (known(parts.mailboxes) ?? []).filter(
    (mailbox) => mailboxIds.includes(mailbox.id) && canSend(mailbox),
  );
}

/** E-mails a day by the mailboxes' limits; undefined where one of them has none. */
export function limitOf(mailboxes: readonly Mailbox[]): number | undefined {
  if (mailboxes.length === 0 || mailboxes.some(({ dailyLimit }) => dailyLimit === undefined))
    return undefined;
  return mailboxes.reduce((sum, { dailyLimit = 0 }) => sum + dailyLimit, 0);
}

/** The addresses that the campaign sends from; the id of a mailbox that cannot be seen. */
export function senderAddresses({ mailboxIds, parts }: Dossier): string[] {
  const mailboxes = known(parts.mailboxes) ?? [];
  return mailboxIds.map((id) => mailboxes.find((mailbox) => mailbox.id === id)?.email ?? `mailbox ${id}`);
}
