/** DELETE /rest/v1/prospects. */
import { EMPTY, type Reply, v1Error } from "../../reply.ts";
import type { Call } from "../../router.ts";
import { listOf, wrongParam } from "../query.ts";
import { idsOf } from "./filters.ts";

const LONGEST_URL = 4100;

/** From the named campaigns, or from the account and with it from all of them. Unknown ids are ignored. */
export function removeProspects({ state, query, target }: Call): Reply {
  // No body is documented for an address that is too long.
  if (target.length > LONGEST_URL) return { status: 414 };
  const idTexts = listOf(query, "id");
  if (!idTexts) return v1Error(400, "E_REQUIRED_ELEMENT", "Element [id] is required");
  const ids = idsOf(idTexts);
  if (!ids) return wrongParam("id", idTexts.join(","));
  const campaigns = listOf(query, "campaigns_id");
  const campaignIds = campaigns && idsOf(campaigns);
  if (campaigns && !campaignIds) return wrongParam("campaigns_id", campaigns.join(","));

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
