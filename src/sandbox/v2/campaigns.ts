/** Creates, reads and deletes campaigns under /rest/v2/campaigns. */
import { buildCampaign, storedAs } from "../build-campaign.ts";
import { fitsAccount, isWithinLimit } from "../check/account.ts";
import { isCampaignBody } from "../check/campaign.ts";
import { randomIds } from "../ids.ts";
import { business, EMPTY, type Reply } from "../reply.ts";
import { type Call, findCampaign } from "../router.ts";
import { hasItsForm, shownAs } from "../same-domain.ts";

export function createCampaign(call: Call): Reply {
  const { state, features, now, body } = call;
  if (!features) throw business("MISSING_FEATURES");
  if (!isCampaignBody(body) || !isWithinLimit(state, body.settings) || !hasItsForm(call, body.settings))
    throw business("INPUT_DATA_VALIDATION_FAILURE");
  if (!fitsAccount(state, body)) throw business("VALIDATION_FAILURE");
  const campaign = buildCampaign(state.ids.campaign++, body, randomIds);
  state.campaigns.set(campaign.id, storedAs(campaign, now()));
  return { status: 201, body: shownAs(call, campaign) };
}

export function getCampaign(call: Call): Reply {
  const found = findCampaign(call);
  if (found.conditional) throw business("API_UNSUPPORTED_CAMPAIGN_FEATURES");
  return { status: 200, body: shownAs(call, found.campaign) };
}

export function deleteCampaign(call: Call): Reply {
  const found = findCampaign(call);
  if (found.inActiveWorkflow) throw business("CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW");
  // What becomes of the prospects is undocumented: they stay in the account, their enrolments go.
  call.state.campaigns.delete(found.campaign.id);
  return EMPTY;
}
