/** Deletes a campaign; a person is asked first. */
import { operation } from "../calls/operation.ts";
import { campaignId } from "../values/fields.ts";
import { inPrompt, quoted } from "../values/foreign.ts";
import { type Campaign, readCampaign, readRow } from "../woodpecker/campaigns.ts";
import { ApiFailure, isFailure } from "../woodpecker/failure.ts";
import { requests } from "../woodpecker/requests.ts";
import { campaignWritten } from "./support/outputs.ts";

export const deleteCampaign = operation({
  name: "delete_campaign",
  title: "Delete campaign",
  effect: "delete",
  toolset: "campaigns",
  description:
    "Delete a Woodpecker campaign for good, with its steps and statistics; stop_campaign keeps them. A person must agree first: in a form, or with confirmation_required, whose facts you show.",
  look: "get_campaign shows how it stands",
  several: (count) =>
    `Delete ${count === 1 ? "this campaign" : `these ${count} campaigns`} for good? What is deleted cannot be restored; stopping would keep steps and statistics.`,
  input: { campaign_id: campaignId },
  output: campaignWritten,
  async prepare({ campaign_id }, api) {
    const campaign = await readCampaign(api, campaign_id);
    const row = await readRow(api, campaign_id);
    return { campaign, people: row?.counters?.prospects, sent: row?.counters?.sent };
  },
  before: ({ campaign }) => campaign,
  question: (_input, { campaign: { id, name, status, steps, partial }, people, sent }) => ({
    sentence:
      "Delete this campaign for good? It cannot be restored; stopping it would keep its steps and statistics.",
    name,
    facts: {
      campaign: id,
      name: inPrompt(name),
      status,
      steps: partial ? "cannot be shown by Woodpecker's API" : steps.length,
      "people enrolled": people ?? "unknown",
      "e-mails sent": sent ?? "unknown",
    },
  }),
  async run({ campaign_id }, api, { campaign }) {
    await api.send(requests.delete(campaign_id));
    return deleted(campaign);
  },
  readBack: true,
  async verify({ campaign_id }, api, { campaign }) {
    try {
      const { status } = await readCampaign(api, campaign_id);
      if (status !== "DELETED") return { seen: `The campaign is still there (${status}).`, status };
    } catch (error) {
      const isGone = error instanceof ApiFailure && error.facts.http === 404;
      if (!isGone && !isFailure(error, "CAMPAIGN_NOT_EXIST")) throw error;
    }
    return { output: deleted(campaign) };
  },
  text: ({ campaign_id, name }) =>
    `Campaign ${campaign_id} ${quoted(name ?? "")} is deleted. It cannot be restored.`,
});

const deleted = ({ id, name }: Campaign) => ({
  outcome: "done" as const,
  campaign_id: id,
  name,
  status: "DELETED",
  next: "It cannot be restored.",
});
