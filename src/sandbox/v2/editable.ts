/** What every edit shares: the campaign must be open for it, the step must exist, and what is answered. */
import { type Step, stepsOf } from "../campaign.ts";
import type { Check } from "../check/value.ts";
import { business, EMPTY, notFound, type Reply } from "../reply.ts";
import { type Call, findCampaign } from "../router.ts";
import { shownAs } from "../same-domain.ts";
import type { StoredCampaign } from "../state.ts";

/** The campaign an edit may change. @throws why it may not: unknown, a faulty body, not DRAFT or EDITED */
export function findEditable(call: Call, isBody?: Check): StoredCampaign {
  const found = findCampaign(call);
  if (isBody && !isBody(call.body)) throw business("INPUT_DATA_VALIDATION_FAILURE");
  // Documented for get and run only; but an edit answers with the campaign, which the API cannot show.
  if (found.conditional) throw business("API_UNSUPPORTED_CAMPAIGN_FEATURES");
  const { status } = found.campaign;
  // The code for a wrong status is not visible; this is the only general 409 that is known.
  if (status !== "DRAFT" && status !== "EDITED") throw business("VALIDATION_FAILURE");
  return found;
}

/** START has an id too, but nothing about it can be edited. */
export function findStep({ params }: Call, { campaign }: StoredCampaign): Step {
  const step = stepsOf(campaign).find(({ id }) => id === params.step_id);
  if (!step) throw notFound();
  return step;
}

export function hasProcessed({ enrolments }: StoredCampaign, step: Step): boolean {
  return enrolments.some(({ touches }) => touches.some(({ stepId }) => stepId === step.id));
}

export function editReply(call: Call, { campaign }: StoredCampaign): Reply {
  return call.editBodies === "campaign" ? { status: 200, body: shownAs(call, campaign) } : EMPTY;
}
