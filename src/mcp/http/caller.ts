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

/** @param who the person, where that is known. The caller is another one as soon as the account, or what holds for it, is. */
export const callerOf = (account: AccountSource, who = "", person?: string): Caller => ({
  principal: [who, account.tenant, account.edition].filter(Boolean).join(" "),
  person,
  account,
});
