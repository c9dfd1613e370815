/** Makes the ids of steps and versions: random ones, and for seeded campaigns the same on every start, so that notes about them stay true. */
import { createHash, randomUUID } from "node:crypto";

export interface Ids {
  step(): string;
  version(): string;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export const randomIds: Ids = {
  step: () => randomUUID(),
  version: () => sha256(randomUUID()),
};

export function seededIds(seed: string): Ids {
  let count = 0;
  const next = (): string => sha256(`${seed}/${count++}`);
  return {
    step: () => next().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5"),
    version: next,
  };
}
