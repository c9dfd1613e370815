/** Changes the delivery windows of one step, or of every EMAIL step. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { deliveryTimes, deliveryTimesFrom, windowsByDay } from "../model/delivery.ts";
import { acceptTimes } from "../model/step-forms.ts";
import { withoutServerFields } from "../model/tree.ts";
import { unfit } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import type { Campaign } from "../woodpecker/campaigns.ts";
import { edited, editedText, readEditable, stepOf } from "./support/editing.ts";
import { type Edit, editOneByOne, foreseen, seeEdits } from "./support/one-by-one.ts";

export const updateCampaignStep = operation({
  name: "update_campaign_step",
  title: "Update campaign step",
  effect: "change",
  toolset: "campaigns",
  description:
    "Replace the delivery windows of one EMAIL step of a Woodpecker campaign, or of all; with merge only those of the days given. Needs DRAFT or EDITED. Waits cannot be changed.",
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    step: whole(1, 16).optional().describe("Number of the step."),
    all_steps: z.boolean().optional().describe("Every EMAIL step."),
    delivery_times: deliveryTimes.describe("The windows of the step."),
    merge: z.boolean().optional().describe("Keep the other days."),
  },
  output: edited,
  accept: (args, ear) => ({
    ...args,
    ...(args.delivery_times !== undefined && {
      delivery_times: acceptTimes(args.delivery_times, ["delivery_times"], ear),
    }),
  }),
  rules({ step, all_steps }) {
    if (step === undefined && all_steps !== true)
      return [{ path: ["step"], message: "is missing; give it, or all_steps: true for every EMAIL step" }];
    if (step !== undefined && all_steps === true)
      return [{ path: ["all_steps"], message: "does not go with step; give one of the two" }];
    return [];
  },
  async prepare({ campaign_id, step, delivery_times, merge }, api) {
    const campaign = await readEditable(api, campaign_id);
    const given = windowsByDay(delivery_times);
    const edits = stepsMeant(campaign, step).map((one): Edit => {
      const before = one.delivery_times ?? [];
      const windows = deliveryTimesFrom(merge ? { ...windowsByDay(before), ...given } : given);
      return { step: one.step, before: { delivery_times: before }, change: { delivery_times: windows } };
    });
    return { campaign, edits };
  },
  before: ({ campaign }) => campaign,
  foresee: (_input, { edits }) => foreseen(edits),
  diagnose: (_input, { campaign, edits }) => {
    const { name, mailbox_ids, settings, steps } = campaign;
    const changed = steps.map((one) => ({ ...one, ...edits.find(({ step }) => step === one.step)?.change }));
    return {
      draft: { name, mailbox_ids, settings, steps: withoutServerFields(changed) },
      only: edits.map(({ step }) => `steps[${step - 1}].delivery_times`),
    };
  },
  run: (_input, api, { campaign, edits }, call) => editOneByOne(api, campaign, edits, call),
  readBack: true,
  verify: (_input, api, { campaign, edits }) => seeEdits(api, campaign, edits),
  text: editedText,
});

function stepsMeant(campaign: Campaign, number: number | undefined) {
  if (number === undefined) {
    const emails = campaign.steps.filter(({ type, id }) => type === "EMAIL" && id !== undefined);
    if (emails.length > 0) return emails;
    throw unfit(["all_steps"], ": the campaign has no EMAIL step");
  }
  const step = stepOf(campaign, number);
  if (step.type === "EMAIL") return [step];
  throw unfit(["step"], `: step ${number} is ${step.type}; only EMAIL steps have windows`);
}
