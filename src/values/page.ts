/** Pages made locally, for lists that Woodpecker gives whole. */
import { unfit } from "./fault.ts";

interface Page<T> {
  entries: T[];
  total: number;
  next_cursor?: string;
}

/** Characters of a page, in both forms of an answer together. */
const ROOM = 36_000;

/**
 * The cursor is the id of the last entry shown, so a page stays right when entries come or go in front of it.
 * @param line an entry as the text shows it; a page has as many entries as fit into an answer in both forms
 */
export function page<T extends { id: number }>(
  list: readonly T[],
  given: { limit: number; cursor?: string },
  line: (entry: T) => string = () => "",
): Page<T> {
  const start = given.cursor === undefined ? 0 : afterCursor(list, given.cursor);
  let room = ROOM;
  const entries = list.slice(start, start + given.limit).filter((entry, index) => {
    room -= JSON.stringify(entry).length + line(entry).length + 2;
    return room >= 0 || index === 0;
  });
  const last = entries.at(-1);
  const more = last !== undefined && start + entries.length < list.length;
  return { entries, total: list.length, ...(more && { next_cursor: `after-${last.id}` }) };
}

function afterCursor(list: readonly { id: number }[], cursor: string): number {
  const id = Number(/^after-(\d{1,12})$/.exec(cursor)?.[1]);
  const place = list.findIndex((entry) => entry.id === id);
  if (place < 0) {
    throw unfit(["cursor"], "is not of this list (any more); leave it out to begin again");
  }
  return place + 1;
}

export const strangeCursor = () => unfit(["cursor"], "is not of this list; leave it out to begin again");

/** Where a page begins in a list that is read whole each time: "from-40". */
export function startOf(cursor: string | undefined): number {
  const start = cursor === undefined ? 0 : Number(/^from-(\d{1,6})$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw strangeCursor();
  return start;
}

/** The line of a text that says how to get the next page. */
export const moreLine = (cursor: string | undefined) =>
  cursor ? [`More: call again with cursor ${cursor}`] : [];
