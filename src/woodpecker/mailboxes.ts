/** `GET /rest/v2/mailboxes`: every SMTP (sending) and IMAP (receiving) configuration (docs/woodpecker-api.md, Mailboxes). */
import { asArray, asNumber, asObject, asString, type Loose } from "../values/loose.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";

export interface Mailbox {
  id: number;
  /** Campaigns take ids of type SMTP. */
  type: string;
  email: string;
  fromName: string | undefined;
  provider: string | undefined;
  /** In Woodpecker's words. */
  error: string | undefined;
  inSlot: boolean;
  freezes: readonly Freeze[];
  dailyLimit: number | undefined;
  sentToday: number | undefined;
  /** Mean pause between two e-mails, in ms. */
  gap: number | undefined;
  signature: string;
  /** In Woodpecker's words, as RUNNING; undefined where it does not tell. */
  warmUp: string | undefined;
}

/** Nothing is sent from `start` until before `end`, which is Infinity where none is given. */
interface Freeze {
  start: number;
  end: number;
}

export async function readMailboxes(api: Api): Promise<Mailbox[]> {
  return entriesOf(await api.get("/rest/v2/mailboxes")).map(mailboxFrom);
}

export function mailboxFrom({ id, type, details }: Loose): Mailbox {
  const fields = asObject(details);
  const [least, most] = [pauseFrom(fields.frequency_from), pauseFrom(fields.frequency_to)];
  return {
    id: asNumber(id) ?? 0,
    type: lineOf(type) ?? "UNKNOWN",
    email: lineOf(fields.email) ?? "",
    fromName: lineOf(fields.from_name),
    provider: lineOf(fields.provider),
    error: asString(fields.error) || undefined,
    inSlot: fields.in_slot !== false,
    freezes: asArray(fields.freeze_account).map(asObject).flatMap(freezeFrom),
    dailyLimit: asNumber(fields.daily_limit),
    sentToday: asNumber(fields.sent_today),
    gap: least === undefined || most === undefined ? undefined : Math.max(0, (least + most) / 2),
    warmUp: lineOf(asObject(fields.warmup_data).status),
    signature: `${asString(fields.signature) ?? ""}${asString(fields.footer) ?? ""}`,
  };
}

/** In ms. Beyond a month there is no pause to reckon with. */
function pauseFrom(value: unknown): number | undefined {
  const pause = asNumber(value);
  return pause === undefined || pause > 31 * 86_400_000 ? undefined : pause;
}

function freezeFrom({ from, to }: Loose): Freeze[] {
  const start = Date.parse(asString(from) ?? "");
  const end = Date.parse(asString(to) ?? "");
  if (Number.isNaN(start)) return [];
  return [{ start, end: Number.isNaN(end) ? Number.POSITIVE_INFINITY : end }];
}
