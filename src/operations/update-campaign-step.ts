/** Changes the delivery windows of one step. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import {
  deliveryTimes,
  deliveryTimesFrom,
  describeTimes,
  type WindowsByDay,
  windowsByDay,
} from "../model/delivery.ts";
import type { StepView } from "../model/tree.ts";
import { canonical } from "../values/canonical.ts";
import { InputFailure } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import { differences } from "./support/changed.ts";
import { editDone, edited, editedAlready, editedText, readEditable, stepOf } from "./support/editing.ts";

export const updateCampaignStep = operation({
  name: "update_campaign_step",
  title: "Update campaign step",
  effect: "change",
  toolset: "campaigns",
  description:
    "Change the delivery windows of an EMAIL step of a Woodpecker campaign. They replace all windows of the step; with merge only those of the days given. Needs DRAFT or EDITED (make_campaign_editable). Waits cannot be changed; texts: update_step_version.",
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    step: whole(1, 16).describe("Number of the step."),
    delivery_times: deliveryTimes.describe("The windows of the step."),
    merge: z.boolean().optional().describe("Keep the windows of the days that are not given."),
  },
  output: edited,
  prepare: ({ campaign_id }, api) => readEditable(api, campaign_id),
  before: (campaign) => campaign,
  async run({ campaign_id, step: number, delivery_times, merge }, api, campaign) {
    const step = stepOf(campaign, number);
    if (step.type !== "EMAIL")
      throw new InputFailure([
        { path: ["step"], message: `: step ${number} is ${step.type}; only EMAIL steps have windows` },
      ]);
    const given = windowsByDay(delivery_times);
    const windows = merge ? { ...windowsByDay(step.delivery_times ?? []), ...given } : given;
    const changed = windowsChanged(step, windows);
    if (changed.length === 0) return editedAlready(campaign);
    await api.send(requests.setWindows(campaign_id, step.id as string, windows));
    return editDone(campaign, changed);
  },
  readBack: true,
  async verify({ campaign_id, step: number, delivery_times }, api, campaign) {
    const now = stepOf(await readCampaign(api, campaign_id), number);
    const windows = windowsByDay(now.delivery_times ?? []);
    const before = windowsByDay(stepOf(campaign, number).delivery_times ?? []);
    const lost = Object.entries(windowsByDay(delivery_times)).filter(
      ([day, given]) => canonical(windows[day]) !== canonical(given),
    );
    const old = lost.filter(([day]) => canonical(windows[day]) === canonical(before[day]));
    if (old.length > 0) return { seen: `Step ${number} still has its old windows.` };
    if (lost.length > 0) return { seen: `Step ${number} has other windows than were sent.`, other: true };
    return { output: editDone(campaign, windowsChanged(stepOf(campaign, number), windows)) };
  },
  text: editedText,
});

/** Of windows by day, as the list shows them. */
const windowsChanged = ({ step, delivery_times }: StepView, windows: WindowsByDay) =>
  differences(
    { step },
    { delivery_times: describeTimes(delivery_times ?? []) },
    { delivery_times: describeTimes(deliveryTimesFrom(windows)) },
  );
