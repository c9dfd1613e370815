import fc from "fast-check";
import type { CampaignFile } from "../../../src/cli/files/format.ts";

export type File = Required<Omit<CampaignFile, "bounce_shield">>;

export type Step = File["steps"][number];

/** Changes that Woodpecker's API has calls for. */
export const text = fc.stringMatching(/^[A-Za-z äß.,]{1,30}$/).filter((words) => words.trim() !== "");

export const at = <T>(list: readonly T[], place: number): T => list[place % list.length] as T;

export const own = (place: number) =>
  ["one", "two", "three", "four"].map((word) => `${word}${place}`).join(" ");
