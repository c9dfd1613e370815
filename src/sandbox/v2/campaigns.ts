/** Creates, reads and deletes campaigns under /rest/v2/campaigns. */
import { buildCampaign } from "../build-campaign.ts";
import { fitsAccount, isWithinLimit } from "../check/account.ts";
import { isCampaignBody } from "../check/campaign.ts";
import { randomIds } from "../ids.ts";
import { business, EMPTY, type Reply } from "../reply.ts";
import { type Call, findCampaign } from "../router.ts";
import { hasItsForm, shownAs } from "../same-domain.ts";

export function createCampaign(call: Call): Reply {
  const { state, dialect, features, now, body } = call;
  if (!features) return business("MISSING_FEATURES", dialect);
  if (!isCampaignBody(body) || !isWithinLimit(state, body.settings) || !hasItsForm(call, body.settings))
    return business("INPUT_DATA_VALIDATION_FAILURE", dialect);
  if (!fitsAccount(state, body)) return business("VALIDATION_FAILURE", dialect);
  const campaign = buildCampaign(state.ids.campaign++, body, randomIds);
  const created = now();
  state.campaigns.set(campaign.id, {
    campaign,
    created,
    runningSince: created,
    folder: { id: 0, name: "" },
    conditional: false,
    inActiveWorkflow: false,
    bounceThreshold: null,
    enrolments: [],
  });
  return { status: 201, body: shownAs(call, campaign) };
}

export function getCampaign(call: Call): Reply {
  const found = findCampaign(call);
  if ("status" in found) return found;
  if (found.conditional) return business("API_UNSUPPORTED_CAMPAIGN_FEATURES", call.dialect);
  return { status: 200, body: shownAs(call, found.campaign) };
}

export function deleteCampaign(call: Call): Reply {
  const found = findCampaign(call);
  if ("status" in found) return found;
  if (found.inActiveWorkflow) return business("CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW", call.dialect);
  // What becomes of the prospects is undocumented: they stay in the account, their enrolments go.
  call.state.campaigns.delete(found.campaign.id);
  return EMPTY;
}
