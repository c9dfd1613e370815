/** What is wrong with arguments, and where. */

import { cut } from "./foreign.ts";

export type Path = readonly (string | number)[];

export interface Fault {
  /** The place in the list view, zero-based as in JSON; empty for the arguments as a whole. */
  path: Path;
  /** Goes on after the name of the place: "is required", or ": the campaign has 3 steps". */
  message: string;
  /** The text was damaged on its way. */
  damaged?: true;
}

/** The arguments do not fit; nothing was sent anywhere. */
export class InputFailure extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map(sayFault).join("\n"));
    this.faults = faults;
  }
}

/** One thing is wrong. */
export const unfit = (path: Path, message: string) => new InputFailure([{ path, message }]);

/** For rules: a fault where something is wrong, else none. */
export const faultIf = (isWrong: boolean, path: Path, message: string): Fault[] =>
  isWrong ? [{ path, message }] : [];

/** steps[1].versions[0].subject */
export function place(path: Path): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return cut(text.replace(/^\./, ""), 120) || "arguments";
}

/** Where the same is said of several places. */
export function placesByMessage(faults: readonly Fault[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { path, message } of faults) places.set(message, [...(places.get(message) ?? []), place(path)]);
  return places;
}

export const sayFault = ({ path, message }: Fault) =>
  `${place(path)}${message.startsWith(":") ? "" : " "}${message}`;
