/** Reads the sort parameter and puts prospects in order. */
import { latest } from "../../time.ts";
import { type Entry, statusOf, touchesOf } from "./entries.ts";
import { FIELD_NAMES, fieldOf } from "./row.ts";

type Key = (entry: Entry) => string | number;
export type Order = { key: Key; sign: 1 | -1 }[];

const time = (date: Date | undefined): number => date?.getTime() ?? 0;

const KEYS: Record<string, Key> = {
  id: ({ prospect }) => prospect.id,
  email: ({ prospect }) => prospect.email,
  status: statusOf,
  updated: ({ prospect }) => time(prospect.updated),
  last_contacted: (entry) => time(latest(touchesOf(entry).map(({ at }) => at))),
  last_replied: (entry) => time(latest(touchesOf(entry).map(({ repliedAt }) => repliedAt))),
};

/** Only together with `activity`. */
const ACTIVITY_KEYS: Record<string, Key> = {
  last_opened: (entry) => time(latest(touchesOf(entry).map(({ openedAt }) => openedAt))),
  last_clicked: (entry) => time(latest(touchesOf(entry).map(({ clickedAt }) => clickedAt))),
  sent_mails: (entry) => touchesOf(entry).filter(({ mailboxId }) => mailboxId !== null).length,
};

/** `+field,-field`. An unescaped plus arrives as a space and is refused like a missing sign. */
export function parseSort(text: string, withActivity: boolean): Order | undefined {
  const keys = new Map(Object.entries(withActivity ? { ...KEYS, ...ACTIVITY_KEYS } : KEYS));
  const order: Order = [];
  for (const part of text.split(",")) {
    const name = part.slice(1);
    const field: Key | undefined = FIELD_NAMES.has(name)
      ? ({ prospect }) => prospect.fields[fieldOf(name)] ?? ""
      : undefined;
    const key = keys.get(name) ?? field;
    if (!/^[+-]/.test(part) || !key) return undefined;
    order.push({ key, sign: part.startsWith("+") ? 1 : -1 });
  }
  return order;
}

/** Stable, so that equals stay in the order of their ids. */
export function sorted(entries: Entry[], order: Order): Entry[] {
  return entries.sort((a, b) => {
    for (const { key, sign } of order) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}
