/** Pauses every running campaign, one after the other, and says which may still be sending. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { listCampaignRows } from "../woodpecker/campaigns.ts";
import { reasonOf } from "../woodpecker/meanings.ts";
import { requests } from "../woodpecker/requests.ts";
import { counted } from "./support/editing.ts";
import { outcome } from "./support/outputs.ts";

const named = z.object({ campaign_id: z.number(), name: z.string() });

export const pauseAllCampaigns = operation({
  name: "pause_all_campaigns",
  title: "Pause all campaigns",
  effect: "halt",
  toolset: "campaigns",
  description:
    "Pause every running campaign of the Woodpecker account, as an emergency brake. Needs no consent, goes first, safe to repeat. The answer names what was running, so that each can be resumed with run_campaign.",
  input: {},
  output: {
    outcome,
    paused: z.array(named).optional().describe("What was running and is paused now."),
    failed: z
      .array(named.extend({ reason: z.string() }))
      .optional()
      .describe("What may still be running."),
    next: z.string().optional().describe("What to do next."),
  },
  async run(_input, api, _prepared, { progress }) {
    const running = await listCampaignRows(api, { status: "RUNNING" });
    const paused: z.infer<typeof named>[] = [];
    const failed: (z.infer<typeof named> & { reason: string })[] = [];
    for (const [index, { id: campaign_id, name }] of running.entries()) {
      try {
        await api.send(requests.pause(campaign_id));
        paused.push({ campaign_id, name });
      } catch (error) {
        const reason = reasonOf(error);
        if (!reason) throw error;
        failed.push({ campaign_id, name, reason });
      }
      progress(index + 1, running.length, `paused ${paused.length} of ${running.length}`);
    }
    if (running.length === 0)
      return { outcome: "already" as const, paused, next: "No campaign was running." };
    if (failed.length > 0) throw partly(paused, failed);
    return { outcome: "done" as const, paused, next: `Resume one with run_campaign: ${ids(paused)}.` };
  },
  text({ outcome: how, paused = [], next = "" }) {
    if (how === "already") return next;
    const rows = paused.map(({ campaign_id, name }) => `${campaign_id} ${quoted(name)}`);
    return [`Paused ${counted(paused.length, "campaign")}:`, ...rows, next].join("\n");
  },
});

const ids = (campaigns: { campaign_id: number }[]) =>
  campaigns.map(({ campaign_id }) => campaign_id).join(", ");

/** A brake that did not catch everything is a failure that must be seen. */
function partly(
  paused: { campaign_id: number }[],
  failed: { campaign_id: number; name: string; reason: string }[],
): Refusal {
  const rows = failed.map(({ campaign_id, name, reason }) => `${campaign_id} ${quoted(name)}: ${reason}`);
  return new Refusal(
    `Pause all campaigns: ${counted(failed.length, "campaign")} may still be running: ${rows.join("; ")}.`,
    "call pause_all_campaigns again at once; what is paused stays paused.",
    paused.length > 0 ? `Paused: ${ids(paused)}.` : "None was paused.",
  );
}
