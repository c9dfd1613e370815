/** Changes cut to what an answer carries: long values are shortened, and calls that are too long stand aside for a shorter list. */
import { cut } from "../../values/foreign.ts";
import type { ShownChange } from "./shown-change.ts";

const MAX_VALUE = 400;
/** Of the structured result; the same again in words. */
const MAX_ALL = 17_000;

/** @param changes newest first; the newest keep their calls */
export function fitting(changes: readonly ShownChange[]): ShownChange[] {
  let room = MAX_ALL;
  const shown: ShownChange[] = [];
  for (const change of changes) {
    const short = {
      ...change,
      changes: change.changes.map(({ what, before, after }) => ({
        what,
        before: shortened(before),
        after: shortened(after),
      })),
    };
    const bare = isLong(short, room) ? { ...short, undo: [], note: TOO_LONG } : short;
    const size = JSON.stringify(bare).length;
    if (size > room && shown.length > 0) break;
    shown.push(bare);
    room -= size;
  }
  return shown;
}

const TOO_LONG =
  "The call that takes it back is too long for this list: ask with campaign_id and a limit of 1.";

const isLong = (change: ShownChange, room: number) =>
  change.undo.length > 0 && JSON.stringify(change).length > room;

function shortened(value: unknown): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined || text.length <= MAX_VALUE) return value;
  return `${cut(text, MAX_VALUE)}… (${text.length} characters)`;
}
