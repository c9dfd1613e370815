import { campaignId } from "../model/fields.ts";
import { campaignWritten, operation } from "../operation.ts";
import { pauseCampaign as pauseRequest } from "../woodpecker/campaigns.ts";
import { changedText, readForHalt, statusAfter, verifyStatus } from "./control.ts";

/** Statuses in which nothing is sent anyway; there is nothing to pause. */
const silent = ["PAUSED", "STOPPED", "DRAFT", "EDITED", "COMPLETED"];

export const pauseCampaign = operation({
  name: "pause_campaign",
  title: "Pause campaign",
  effect: "halt",
  toolset: "campaigns",
  description:
    "Pause a running Woodpecker campaign: nobody is contacted until run_campaign. Loses nothing, needs no consent, goes first, safe to repeat.",
  input: { campaign_id: campaignId },
  output: campaignWritten,
  prepare: ({ campaign_id }, api) => readForHalt(api, campaign_id),
  async run({ campaign_id }, api, before) {
    if (before && silent.includes(before.status)) {
      const next =
        before.status === "PAUSED" ? undefined : `A campaign that is ${before.status} sends nothing.`;
      return { outcome: "already" as const, campaign_id, name: before.name, status: before.status, next };
    }
    await api.send(...pauseRequest(campaign_id));
    const status = await statusAfter(api, campaign_id, "PAUSED");
    return {
      outcome: "done" as const,
      campaign_id,
      name: before?.name,
      status,
      undo: `run_campaign ${campaign_id} resumes it`,
    };
  },
  verify: ({ campaign_id }, api) =>
    verifyStatus(api, campaign_id, ["PAUSED"], ({ name, status }) => ({
      outcome: "done" as const,
      campaign_id,
      name,
      status,
      undo: `run_campaign ${campaign_id}`,
    })),
  text: changedText,
});
