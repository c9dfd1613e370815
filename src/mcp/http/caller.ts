/** Who calls over HTTP. */
import type { AccountSource } from "../../accounts/source.ts";

/** Who called, once it is known. */
export interface Caller {
  /** The same for the same person or program; a session belongs to one. Tells no secret. */
  principal: string;
  account: AccountSource;
}
