/** Who is asked before anything is made, and who may end it. */
import type { Ask } from "../terminal.ts";

export interface Person {
  /** Nothing where nobody can be asked. */
  ask: Ask | undefined;
  /** Besides Ctrl-C and the like. */
  stop?: AbortSignal;
  /** How long, in ms, an account may take to show what was made or deleted. */
  pauses?: readonly number[];
}
