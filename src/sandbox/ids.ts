/** Makes the ids of steps and versions: random ones, and the same ones on every start for seeded campaigns. */
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

/** The same ids on every start, so that what someone noted about the seeded account stays true. */
export function seededIds(seed: string): Ids {
  let count = 0;
  const next = (): string => sha256(`${seed}/${count++}`);
  return {
    step: () => next().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5"),
    version: next,
  };
}
