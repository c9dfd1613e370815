/** DELETE /rest/v1/prospects. */
import { idsIn } from "../../query.ts";
import { EMPTY, type Reply, v1Refused } from "../../reply.ts";
import type { Call } from "../../router.ts";

const LONGEST_URL = 4100;

/** From the named campaigns, or from the account and with it from all of them. Unknown ids are ignored. */
export function removeProspects({ state, query, target }: Call): Reply {
  // No body is documented for an address that is too long.
  if (target.length > LONGEST_URL) return { status: 414 };
  const ids = idsIn(query, "id");
  if (!ids) throw v1Refused(400, "E_REQUIRED_ELEMENT", "Element [id] is required");
  const campaignIds = idsIn(query, "campaigns_id");

  for (const stored of state.campaigns.values()) {
    if (campaignIds && !campaignIds.has(stored.campaign.id)) continue;
    stored.enrolments = stored.enrolments.filter(({ prospectId }) => !ids.has(prospectId));
  }
  if (!campaignIds) {
    for (const id of ids) state.prospects.delete(id);
    state.messages = state.messages.filter(({ prospectId }) => !ids.has(prospectId));
  }
  return EMPTY;
}
