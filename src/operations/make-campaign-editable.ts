import { campaignId } from "../model/fields.ts";
import { campaignWritten, operation } from "../operation.ts";
import { makeEditable } from "../woodpecker/campaigns.ts";
import { changedText, readForHalt, statusAfter, verifyStatus } from "./control.ts";

export const makeCampaignEditable = operation({
  name: "make_campaign_editable",
  title: "Make campaign editable",
  effect: "halt",
  toolset: "campaigns",
  description:
    "Put a started Woodpecker campaign into EDITED, so that its settings and steps can change. Sending stops at once and stays off until run_campaign: do this only when the person wants the campaign edited.",
  input: { campaign_id: campaignId },
  output: campaignWritten,
  prepare: ({ campaign_id }, api) => readForHalt(api, campaign_id),
  async run({ campaign_id }, api, before) {
    if (before && ["DRAFT", "EDITED"].includes(before.status)) {
      return { outcome: "already" as const, campaign_id, name: before.name, status: before.status };
    }
    await api.send(...makeEditable(campaign_id));
    const status = await statusAfter(api, campaign_id, "EDITED");
    const next = `It sends nothing until run_campaign ${campaign_id}.`;
    return {
      outcome: "done" as const,
      campaign_id,
      name: before?.name,
      status,
      undo: `run_campaign ${campaign_id}`,
      next,
    };
  },
  verify: ({ campaign_id }, api) =>
    verifyStatus(api, campaign_id, ["EDITED"], ({ name, status }) => ({
      outcome: "done" as const,
      campaign_id,
      name,
      status,
      undo: `run_campaign ${campaign_id}`,
    })),
  text: changedText,
});
