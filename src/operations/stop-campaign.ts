import { campaignId } from "../model/fields.ts";
import { campaignWritten, operation } from "../operation.ts";
import { stopCampaign as stopRequest } from "../woodpecker/campaigns.ts";
import { changedText, readForHalt, statusAfter, verifyStatus } from "./control.ts";

export const stopCampaign = operation({
  name: "stop_campaign",
  title: "Stop campaign",
  effect: "halt",
  toolset: "campaigns",
  description:
    "Stop a Woodpecker campaign that is done with: it sends no more. Loses nothing, needs no consent. For a break: pause_campaign.",
  input: { campaign_id: campaignId },
  output: campaignWritten,
  prepare: ({ campaign_id }, api) => readForHalt(api, campaign_id),
  async run({ campaign_id }, api, before) {
    if (before?.status === "STOPPED") {
      return { outcome: "already" as const, campaign_id, name: before.name, status: before.status };
    }
    await api.send(...stopRequest(campaign_id));
    const status = await statusAfter(api, campaign_id, "STOPPED");
    return {
      outcome: "done" as const,
      campaign_id,
      name: before?.name,
      status,
      undo: `run_campaign ${campaign_id} resumes it`,
    };
  },
  verify: ({ campaign_id }, api) =>
    verifyStatus(api, campaign_id, ["STOPPED"], ({ name, status }) => ({
      outcome: "done" as const,
      campaign_id,
      name,
      status,
      undo: `run_campaign ${campaign_id}`,
    })),
  text: changedText,
});
