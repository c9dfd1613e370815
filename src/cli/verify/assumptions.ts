/** The rows of docs/assumptions.md; `npm run generate` writes the file beside this one from them. */
import rows from "./assumptions.json" with { type: "json" };

export interface Assumption {
  id: string;
  /** What is open. */
  open: string;
}

export const assumptions: readonly Assumption[] = rows;
