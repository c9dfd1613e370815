import { describeTimes } from "../model/delivery.ts";
import { campaignId } from "../model/fields.ts";
import { quoted } from "../model/foreign.ts";
import { asNumber } from "../model/loose.ts";
import { campaignWritten, operation, type Question } from "../operation.ts";
import { type Campaign, readCampaign, readRow, runCampaign as runRequest } from "../woodpecker/campaigns.ts";
import { type Mailbox, readMailboxes } from "../woodpecker/mailboxes.ts";
import { changedText, statusAfter, verifyStatus } from "./control.ts";

interface Prepared {
  campaign: Campaign;
  people?: number | undefined;
  mailboxes: Mailbox[];
}

export const runCampaign = operation({
  name: "run_campaign",
  title: "Run campaign",
  effect: "send",
  toolset: "campaigns",
  description:
    "Start or resume a Woodpecker campaign (DRAFT, EDITED, PAUSED, STOPPED): it then e-mails real people, which cannot be recalled. A person must agree first: in a form, or you show them the facts of confirmation_required and call again with its token.",
  input: { campaign_id: campaignId },
  output: campaignWritten,
  hints: {
    VALIDATION_FAILURE: ({ campaign_id }) =>
      `Begin with list_mailboxes and get_campaign ${campaign_id} include "content".`,
  },
  async prepare({ campaign_id }, api): Promise<Prepared> {
    const campaign = await readCampaign(api, campaign_id);
    if (campaign.status === "RUNNING") return { campaign, mailboxes: [] };
    const row = await readRow(api, campaign_id);
    return { campaign, people: asNumber(row?.stats?.prospects), mailboxes: await readMailboxes(api) };
  },
  question: (_input, prepared) =>
    prepared.campaign.status === "RUNNING" ? undefined : launchQuestion(prepared),
  async run({ campaign_id }, api, { campaign: { name, status } }) {
    const undo = `pause_campaign ${campaign_id}; e-mails that have left cannot be recalled`;
    if (status === "RUNNING") return { outcome: "already" as const, campaign_id, name, status, undo };
    await api.send(...runRequest(campaign_id));
    const now = await statusAfter(api, campaign_id, "RUNNING");
    return {
      outcome: "done" as const,
      campaign_id,
      name,
      status: now,
      undo,
      next: `get_campaign ${campaign_id} shows how it stands.`,
    };
  },
  verify: ({ campaign_id }, api) =>
    verifyStatus(api, campaign_id, ["RUNNING", "COMPLETED"], ({ name, status }) => ({
      outcome: "done" as const,
      campaign_id,
      name,
      status,
      undo: `pause_campaign ${campaign_id}; e-mails that have left cannot be recalled`,
    })),
  text: changedText,
});

function launchQuestion({ campaign, people, mailboxes }: Prepared): Question {
  const { id, name, status, mailbox_ids, settings, steps, partial } = campaign;
  const senders = mailbox_ids.map(
    (box) => mailboxes.find((one) => one.id === box)?.email ?? `mailbox ${box}`,
  );
  const windows = steps.find((step) => step.delivery_times)?.delivery_times ?? [];
  const unseen = "cannot be shown by Woodpecker's API";
  return {
    sentence:
      "Start this campaign? From then on Woodpecker e-mails real people, and e-mails that have left cannot be recalled.",
    facts: {
      campaign: id,
      name: quoted(name),
      status,
      senders: partial ? unseen : senders.join(", ") || "none",
      steps: partial ? unseen : steps.length,
      "people enrolled": people ?? "unknown",
      "opening e-mails a day": asNumber(settings.daily_enroll) ?? "unknown",
      "first step sends": partial
        ? unseen
        : `${describeTimes(windows) || "at any time"} (${String(settings.timezone ?? "unknown zone")})`,
    },
    state: { mailbox_ids, settings, steps },
  };
}
