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

/** steps[1].versions[0].subject */
export function place(path: Path): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return cut(text.replace(/^\./, ""), 120) || "arguments";
}

export const sayFault = ({ path, message }: Fault) =>
  `${place(path)}${message.startsWith(":") ? "" : " "}${message}`;
