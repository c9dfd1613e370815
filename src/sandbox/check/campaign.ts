/** Checks a create body as a whole, without the account. A fault is a 400. */
import type { CampaignBody, StepBody } from "../campaign.ts";
import { isSettings } from "./settings.ts";
import { isStepTree } from "./steps.ts";
import { isId, isList, isObject, isString } from "./value.ts";

const hasShape = isObject(
  { settings: isSettings, steps: isStepTree },
  { name: isString, email_account_ids: isList(isId) },
);

export function isCampaignBody(value: unknown): value is CampaignBody {
  if (!hasShape(value)) return false;
  const { email_account_ids = [], steps } = value as CampaignBody;
  return email_account_ids.length > 0 || !someStep(steps.followup, (step) => step.type === "EMAIL");
}

export function someStep(first: StepBody, test: (step: StepBody) => boolean): boolean {
  for (let step: StepBody | null | undefined = first; step; step = step.followup) {
    if (test(step)) return true;
  }
  return false;
}
