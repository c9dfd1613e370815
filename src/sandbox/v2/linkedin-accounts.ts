/** GET /rest/v2/linkedin_accounts. */
import type { Reply } from "../reply.ts";
import type { Call } from "../router.ts";

/** Compared letter by letter: the values are case-sensitive, and an unknown one matches nothing. */
export function listLinkedInAccounts({ state, query }: Call): Reply {
  const status = query.get("status");
  const accounts = [...state.linkedInAccounts.values()];
  return {
    status: 200,
    body: {
      linkedin_accounts: accounts.filter(
        ({ session_status }) => status === null || session_status === status,
      ),
    },
  };
}
