/** How much of a list goes into an answer. */

/** The first entries, as many as have room. @param room in characters, as JSON with a separator */
export function fitting<T>(entries: readonly T[], room: number): T[] {
  let left = room;
  return entries.filter((entry) => {
    left -= JSON.stringify(entry).length + 1;
    return left >= 0;
  });
}
