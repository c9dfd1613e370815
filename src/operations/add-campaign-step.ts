/** Adds a step at the end of a sequence: the API can put one nowhere else. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { acceptStep } from "../model/step-forms.ts";
import { appendedStep, MAX_STEPS, type Step } from "../model/steps.ts";
import { nodeFrom, type StepView, sameText, withoutServerFields } from "../model/tree.ts";
import { faultIf, unfit } from "../values/fault.ts";
import { campaignId } from "../values/fields.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { type Campaign, readCampaign } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import { foreseenChanges } from "./support/changed.ts";
import { counted, editDone, edited, editedText, firstEmail, readEditable } from "./support/editing.ts";
import { withCounters } from "./support/step-refused.ts";

export const addCampaignStep = operation({
  name: "add_campaign_step",
  title: "Add campaign step",
  effect: "add",
  toolset: "campaigns",
  description:
    "Append a step to a Woodpecker campaign. Its wait is what Woodpecker keeps on the step before, usually 1 DAY. Needs DRAFT or EDITED, and a last step that nobody has got yet.",
  look: "get_campaign shows whether the step is there",
  input: { campaign_id: campaignId, step: appendedStep },
  output: {
    ...edited,
    step: z.number().optional().describe("Number of the new step."),
    versions: z
      .array(z.object({ version: z.string(), id: z.string().optional() }))
      .optional()
      .describe("Its versions."),
  },
  hints: {
    VALIDATION_FAILURE:
      "Woodpecker appends only after a step that nobody has got yet; if people are past it, put the longer sequence into a new campaign (duplicate_campaign, create_campaign).",
  },
  once: true,
  accept: (args, ear) => ({
    ...args,
    ...(args.step !== undefined && { step: acceptStep(args.step, ["step"], ear) }),
  }),
  rules: ({ step: given }) =>
    faultIf(
      given.wait !== undefined,
      ["step", "wait"],
      "cannot be chosen: an appended step waits as long as Woodpecker keeps on the step before it (get_campaign shows next_wait). For another wait, use duplicate_campaign or create_campaign with the whole sequence",
    ),
  prepare: ({ campaign_id }, api) => readEditable(api, campaign_id),
  before: (campaign) => campaign,
  diagnose: ({ step: given }, campaign) => {
    const { name, mailbox_ids, settings, steps } = campaign;
    const added = {
      ...given,
      ...(given.type === "EMAIL" && { delivery_times: windowsOf(campaign, given as Step) }),
    };
    return {
      draft: { name, mailbox_ids, settings, steps: [...(withoutServerFields(steps) as Loose[]), added] },
      only: [`steps[${steps.length}]`],
    };
  },
  foresee: ({ step }, { steps }) => foreseenChanges([added(steps.length + 1, step as Step)]),
  async run({ campaign_id, step: given }, api, campaign) {
    const { steps } = campaign;
    const last = steps.at(-1);
    if (!last?.id)
      throw new Refusal(
        "The campaign has no step that a new one could follow.",
        "add it in the Woodpecker app.",
      );
    if (steps.length >= MAX_STEPS) {
      throw unfit(
        ["step"],
        `: the campaign has ${counted(steps.length, "step")} already; at most ${MAX_STEPS}`,
      );
    }
    const node = nodeFrom(given as Step, windowsOf(campaign, given as Step));
    const isFirst = given.type === "EMAIL" && firstEmail(steps) === undefined;
    const without = (given as Step).versions.findIndex((version) => !version.subject?.trim());
    if (isFirst && without >= 0) {
      throw unfit(["step", "versions", without, "subject"], "is required: this is the first EMAIL step");
    }
    try {
      await api.send(requests.addStep(campaign_id, last.id, node));
    } catch (error) {
      throw await withCounters(error, api, campaign, steps.length);
    }
    const found = (await readCampaign(api, campaign_id).catch(() => undefined))?.steps.at(-1);
    return addedDone(campaign, given as Step, found);
  },
  async verify({ campaign_id, step: given }, api, campaign) {
    const { steps } = await readCampaign(api, campaign_id);
    const found = steps.find((one) => one.step === campaign.steps.length + 1);
    if (!found || !isOurs(found, given as Step))
      return { seen: `The campaign still has ${counted(steps.length, "step")}.` };
    return { output: addedDone(campaign, given as Step, found) };
  },
  text: editedText,
});

function addedDone(campaign: Campaign, given: Step, found: StepView | undefined) {
  const step = campaign.steps.length + 1;
  return {
    ...editDone(campaign, [added(step, given)]),
    step,
    ...(found?.step === step && { versions: found.versions.map(({ version, id }) => ({ version, id })) }),
  };
}

/** Same kind, same texts: somebody else may have added a step meanwhile. */
const isOurs = (added: StepView, given: Step) =>
  added.type === given.type &&
  added.versions.length === given.versions.length &&
  given.versions.every(
    ({ subject, message }, index) =>
      sameText(added.versions[index]?.message, message) && sameText(added.versions[index]?.subject, subject),
  );

function windowsOf({ steps }: { steps: Loose[] }, given: Step): NonNullable<Step["delivery_times"]> {
  if (given.type === "LINKEDIN" || given.delivery_times) return given.delivery_times ?? [];
  const last = steps.findLast((one) => Array.isArray(one.delivery_times) && one.delivery_times.length > 0);
  if (!last) throw unfit(["step", "delivery_times"], "is required: no step of the campaign has windows yet");
  return last.delivery_times as NonNullable<Step["delivery_times"]>;
}

const added = (number: number, { type, versions }: Step) => ({
  step: number,
  field: "step",
  before: undefined,
  after: `${type} of ${counted(versions.length, "version")}`,
});
