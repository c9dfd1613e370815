/** Adds, changes and deletes steps of a campaign. */
import { buildDeliveryTime, buildStep } from "../build-campaign.ts";
import {
  type Campaign,
  type DeliveryTime,
  emailStepsOf,
  MAX_STEPS,
  type StepBody,
  stepsOf,
} from "../campaign.ts";
import { isLastStep } from "../check/steps.ts";
import { isFilled, isObject, isString } from "../check/value.ts";
import { isDeliveryTime } from "../check/windows.ts";
import { randomIds } from "../ids.ts";
import { business, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import { shownAs } from "../same-domain.ts";
import type { State } from "../state.ts";
import { editReply, findEditable, findStep, hasProcessed } from "./editable.ts";

const isNewStep = isObject({ parent_id: isString, step: isLastStep });

export function addStep(call: Call): Reply {
  const found = findEditable(call, isNewStep);
  const { parent_id, step } = call.body as { parent_id: string; step: StepBody };
  const steps = stepsOf(found.campaign);
  const last = steps.at(-1);
  if (!last || last.id !== parent_id || steps.length >= MAX_STEPS || hasProcessed(found, last))
    throw business("VALIDATION_FAILURE");
  if (!fitsCampaign(call.state, found.campaign, step)) throw business("VALIDATION_FAILURE");
  last.followup = buildStep(step, randomIds);
  return editReply(call, found);
}

/** A first e-mail needs a subject and a sender, and a LinkedIn step an account that exists. */
function fitsCampaign(state: State, campaign: Campaign, step: StepBody): boolean {
  if (step.type === "LINKEDIN") return state.linkedInAccounts.has(step.body.linkedin_account_id);
  if (emailStepsOf(campaign).length > 0) return true;
  return (
    campaign.email_account_ids.length > 0 && step.body.versions.every(({ subject }) => isFilled(subject))
  );
}

const isStepPatch = isObject({ delivery_time: isDeliveryTime });

/** Days that are left out are cleared: it is the whole week that is replaced. */
export function patchStep(call: Call): Reply {
  const found = findEditable(call, isStepPatch);
  const step = findStep(call, found);
  if (step.type !== "EMAIL") throw business("VALIDATION_FAILURE");
  step.delivery_time = buildDeliveryTime((call.body as { delivery_time: DeliveryTime }).delivery_time);
  return editReply(call, found);
}

export function deleteStep(call: Call): Reply {
  const found = findEditable(call);
  const step = findStep(call, found);
  const { campaign } = found;
  const steps = stepsOf(campaign);
  const opening = emailStepsOf(campaign)[0];
  if (steps.length === 1 || step === opening || hasProcessed(found, step))
    throw business("VALIDATION_FAILURE");
  // Whether the chain closes over the gap is undocumented. The step before keeps its own wait.
  const before = steps[steps.indexOf(step) - 1];
  if (before) before.followup = step.followup;
  else if (step.followup) campaign.steps.followup = step.followup;
  return { status: 200, body: shownAs(call, campaign) };
}
