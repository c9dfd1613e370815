/** Mailboxes with what decides whether and how much they send: `GET /rest/v2/mailboxes` (docs/woodpecker-api.md, Mailboxes). */
import { asArray, asNumber, asObject, asString } from "../values/loose.ts";
import { lineOf } from "./answers.ts";

export interface SenderBox {
  id: number;
  type: string;
  email: string;
  error: string | undefined;
  inSlot: boolean;
  freezes: readonly { start: number; end: number }[];
  dailyLimit: number | undefined;
  sentToday: number;
  /** Mean pause between two e-mails, in ms. */
  gap: number | undefined;
  signature: string;
}

export function senderBox(entry: unknown): SenderBox {
  const { id, type, details } = asObject(entry);
  const of = asObject(details);
  const [least, most] = [asNumber(of.frequency_from), asNumber(of.frequency_to)];
  return {
    id: asNumber(id) ?? 0,
    type: lineOf(type) ?? "UNKNOWN",
    email: lineOf(of.email) ?? "",
    error: asString(of.error) || undefined,
    inSlot: of.in_slot !== false,
    freezes: asArray(of.freeze_account).map(asObject).flatMap(freeze),
    dailyLimit: asNumber(of.daily_limit),
    sentToday: asNumber(of.sent_today) ?? 0,
    gap: least === undefined || most === undefined ? undefined : Math.max(0, (least + most) / 2),
    signature: `${asString(of.signature) ?? ""}${asString(of.footer) ?? ""}`,
  };
}

/** An end that is missing is far away. */
function freeze({ from, to }: { from?: unknown; to?: unknown }): { start: number; end: number }[] {
  const start = Date.parse(asString(from) ?? "");
  const end = Date.parse(asString(to) ?? "");
  if (Number.isNaN(start)) return [];
  return [{ start, end: Number.isNaN(end) ? Number.MAX_SAFE_INTEGER : end }];
}

export const frozenUntil = ({ freezes }: SenderBox, now: number): number | undefined =>
  freezes.find(({ start, end }) => start <= now && now < end)?.end;

/** Can it send for a campaign at all, limits and pauses aside? */
export const canSend = ({ type, error, inSlot }: SenderBox): boolean => type === "SMTP" && !error && inSlot;
