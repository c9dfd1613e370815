/** Did you mean …? */
import { distance } from "fastest-levenshtein";

/** The names nearest in spelling to `given`, best first; none where nothing is near enough to be meant. */
export function closest(given: string, names: readonly string[], most = 3): string[] {
  const wanted = given.slice(0, 60).toLowerCase();
  return names
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(2, Math.ceil(name.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ name }) => name);
}
