/** Pages made locally, for lists that Woodpecker gives whole. */
import { InputFailure } from "./fault.ts";

interface Page<T> {
  entries: T[];
  total: number;
  next_cursor?: string;
}

/** The cursor is the id of the last entry shown, so a page stays right when entries come or go in front of it. */
export function page<T extends { id: number }>(
  list: readonly T[],
  given: { limit: number; cursor?: string },
): Page<T> {
  const start = given.cursor === undefined ? 0 : afterCursor(list, given.cursor);
  const entries = list.slice(start, start + given.limit);
  const last = entries.at(-1);
  const more = last !== undefined && start + entries.length < list.length;
  return { entries, total: list.length, ...(more && { next_cursor: `after-${last.id}` }) };
}

function afterCursor(list: readonly { id: number }[], cursor: string): number {
  const id = Number(/^after-(\d{1,12})$/.exec(cursor)?.[1]);
  const place = list.findIndex((entry) => entry.id === id);
  if (place < 0) {
    throw new InputFailure([
      { path: ["cursor"], message: "is not of this list (any more); leave it out to begin again" },
    ]);
  }
  return place + 1;
}

/** The line of a text that says how to get the next page. */
export const moreLine = (cursor: string | undefined) =>
  cursor ? [`More: call again with cursor ${cursor}`] : [];
