/** Who calls over HTTP. */
import type { AccountSource } from "../../accounts/source.ts";

/** Who called, once it is known. */
export interface Caller {
  /** The same for the same person or program; a session belongs to one. Tells no secret. */
  principal: string;
  /** As the record of changes names them; nothing where all callers are the same. */
  person?: string | undefined;
  account: AccountSource;
}
