/** What is wrong with arguments, and where. */

export type Path = (string | number)[];

/** `path` is the place in the list view, zero-based as in JSON. */
export interface Fault {
  path: Path;
  message: string;
}

/** The arguments do not fit; nothing was sent anywhere. */
export class InputFailure extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(faults.join("\n"));
    this.faults = faults;
  }
}

/** steps[1].versions[0].subject */
export function place(path: Path): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  return text.replace(/^\./, "").slice(0, 120) || "arguments";
}

export const sayFault = ({ path, message }: Fault) => `${place(path)} ${message}`;
