/** Run, pause, stop and make_editable: the four controls of a campaign. */
import type { Status } from "../campaign.ts";
import { isRunnable } from "../check/account.ts";
import { business, EMPTY, type Reply } from "../reply.ts";
import { type Call, findCampaign } from "../router.ts";

export function runCampaign(call: Call): Reply {
  if (!call.features) throw business("MISSING_FEATURES");
  const found = findCampaign(call);
  const { campaign, conditional } = found;
  if (conditional) throw business("API_UNSUPPORTED_CAMPAIGN_FEATURES");
  // Running what runs already is undocumented and changes nothing here; a completed campaign starts again.
  if (campaign.status !== "RUNNING") {
    if (!isRunnable(call.state, campaign)) throw business("VALIDATION_FAILURE");
    campaign.status = "RUNNING";
    found.runningSince = call.now();
    campaign.bounce_shield_autopaused_at = null;
  }
  return EMPTY;
}

// No error is documented for a wrong source state, so every state is taken. A draft has nothing to pause, stop
// or reopen and stays a draft; conditional campaigns are refused by get and run only.
const moveTo =
  (status: Status) =>
  (call: Call): Reply => {
    const found = findCampaign(call);
    if (found.campaign.status !== "DRAFT") found.campaign.status = status;
    return EMPTY;
  };

export const pauseCampaign = moveTo("PAUSED");
export const stopCampaign = moveTo("STOPPED");
export const makeEditable = moveTo("EDITED");
