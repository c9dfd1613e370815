/** What a look at one assumption of docs/assumptions.md finds. */
import type { Prober, Seen } from "../../woodpecker/probing.ts";

export type Verdict = "agrees" | "differs" | "could not look";

export interface LookedAt {
  verdict: Verdict;
  /** In our words: never a text, a name or an address of the account. */
  saw: string;
}

export interface Probe<Subject = Prober> {
  /** The row of docs/assumptions.md. */
  id: string;
  look: (subject: Subject) => Promise<LookedAt>;
}

export const agrees = (saw: string): LookedAt => ({ verdict: "agrees", saw });
export const differs = (saw: string): LookedAt => ({ verdict: "differs", saw });
export const unseen = (saw: string): LookedAt => ({ verdict: "could not look", saw });
export const judge = (as: boolean, saw: string): LookedAt => (as ? agrees(saw) : differs(saw));

export const statusOf = ({ status, trouble }: Seen): string =>
  status === undefined ? `no answer: ${trouble}` : `HTTP ${status}${trouble ? `, ${trouble}` : ""}`;
