/** `GET /rest/v2/mailboxes`: every SMTP (sending) and IMAP (receiving) configuration. Campaigns take SMTP ids. */
import { cut, visible } from "../values/foreign.ts";
import { asArray, asNumber, asObject, asString } from "../values/loose.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";

export interface Mailbox {
  id: number;
  type: string;
  email: string;
  from_name?: string;
  provider?: string;
  /** Can it send for a campaign now? */
  usable: boolean;
  /** Why not. */
  error?: string;
  daily_limit?: number;
  sent_today?: number;
}

export async function readMailboxes(api: Api, now = new Date()): Promise<Mailbox[]> {
  return entriesOf(await api.get("/rest/v2/mailboxes")).map((entry) => mailboxFrom(entry, now));
}

function mailboxFrom(entry: unknown, now: Date): Mailbox {
  const { id, type, details } = asObject(entry);
  const of = asObject(details);
  const error = fault(asString(type) ?? "", of, now);
  return {
    id: asNumber(id) ?? 0,
    type: lineOf(type) ?? "UNKNOWN",
    email: lineOf(of.email) ?? "",
    from_name: lineOf(of.from_name),
    provider: lineOf(of.provider),
    usable: error === undefined,
    error,
    daily_limit: asNumber(of.daily_limit),
    sent_today: asNumber(of.sent_today),
  };
}

function fault(type: string, details: Record<string, unknown>, now: Date): string | undefined {
  if (type !== "SMTP") return `${type} mailboxes receive; campaigns send from SMTP ids`;
  const said = asString(details.error);
  if (said) return cut(visible(said), 300);
  if (details.in_slot === false) return "it is not in a paid sending slot";
  const frozen = asArray(details.freeze_account)
    .map(asObject)
    .find((pause) => covers(pause, now));
  return frozen && `sending is frozen until ${asString(frozen.to) ?? "further notice"}`;
}

function covers({ from, to }: { from?: unknown; to?: unknown }, now: Date): boolean {
  const start = Date.parse(asString(from) ?? "");
  const end = Date.parse(asString(to) ?? "");
  return start <= now.getTime() && now.getTime() <= end;
}
