/**
 * Chance that can be repeated: a number from 0 to 1 that depends on nothing but its arguments. There is no stream of random
 * numbers: what happens to one prospect stays the same however time is cut into pieces and whoever else is written to.
 */
export function chance(seed: number, ...keys: number[]): number {
  let hash = seed ^ 0x9e3779b9;
  for (const part of keys) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}
