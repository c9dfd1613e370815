/** Pauses every running campaign, one after the other, and says which may still be sending. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { type CampaignRow, listCampaignRows } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { reasonFor } from "../woodpecker/reason.ts";
import { requests } from "../woodpecker/requests.ts";
import { counted } from "./support/editing.ts";
import { outcome } from "./support/outputs.ts";

const named = z.object({ campaign_id: z.number(), name: z.string() });
const unpaused = named.extend({ reason: z.string() });
type Named = z.infer<typeof named>;
type Unpaused = z.infer<typeof unpaused>;

/** How often the list is read: what was started while the others were paused is paused too. */
const MAX_ROUNDS = 4;

const RESISTS = "Woodpecker accepts the pause, but still lists it as RUNNING";

export const pauseAllCampaigns = operation({
  name: "pause_all_campaigns",
  title: "Pause all campaigns",
  effect: "halt",
  ignoresUnknown: true,
  toolset: "campaigns",
  description:
    "Pause every running campaign of the Woodpecker account: the emergency brake. Needs no consent, goes first, safe to repeat. Names what was running.",
  input: {},
  output: {
    outcome: z.enum([...outcome.options, "partly"]).describe("How it went."),
    paused: z.array(named).optional().describe("What was running and is paused now."),
    failed: z.array(unpaused).optional().describe("What may still be running."),
    next: z.string().optional().describe("What to do next."),
  },
  async run(_input, api, _prepared, { progress }) {
    const paused = new Map<number, Named>();
    const failed = new Map<number, Unpaused>();
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const running = (await runningNow(api, paused, failed)).filter(({ id }) => !failed.has(id));
      const total = paused.size + failed.size + running.length;
      for (const { id: campaign_id, name } of running) {
        const resists = round === MAX_ROUNDS - 1 && paused.delete(campaign_id);
        const reason = (await pause(api, campaign_id)) ?? (resists ? RESISTS : undefined);
        if (reason === undefined) paused.set(campaign_id, { campaign_id, name });
        else failed.set(campaign_id, { campaign_id, name, reason });
        progress(paused.size + failed.size, total, `paused ${paused.size} of ${total}`);
      }
      if (running.length === 0) break;
    }
    if (failed.size > 0) throw partly(stillRunning([...failed.values()]), paused, failed);
    if (paused.size === 0)
      return { outcome: "already" as const, paused: [], next: "No campaign was running." };
    const all = [...paused.values()];
    return { outcome: "done" as const, paused: all, next: `Resume one with run_campaign: ${ids(all)}.` };
  },
  text({ outcome: how, paused = [], next = "" }) {
    if (how === "already") return next;
    const rows = paused.map(({ campaign_id, name }) => `${campaign_id} ${quoted(name)}`);
    return [`Paused ${counted(paused.length, "campaign")}:`, ...rows, next].join("\n");
  },
});

const ids = (campaigns: readonly { campaign_id: number }[]) =>
  campaigns.map(({ campaign_id }) => campaign_id).join(", ");

/** @throws what keeps the list from being read; after the first time with what was paused until then */
async function runningNow(
  api: Api,
  paused: ReadonlyMap<number, Named>,
  failed: ReadonlyMap<number, Unpaused>,
): Promise<CampaignRow[]> {
  try {
    return await listCampaignRows(api, { status: "RUNNING" });
  } catch (error) {
    if (paused.size + failed.size === 0) throw error;
    const unseen = `whether another was started meanwhile cannot be seen: ${reasonFor(error)}`;
    const known = failed.size > 0 ? `${stillRunning([...failed.values()])}; ` : "";
    throw partly(`${known}${unseen}`, paused, failed);
  }
}

/** @returns why it may still be running, nothing when it is paused */
async function pause(api: Api, id: number): Promise<string | undefined> {
  try {
    await api.send(requests.pause(id));
    return undefined;
  } catch (error) {
    return reasonFor(error);
  }
}

/** Room for names and reasons; the ids come first where there is not enough. */
const MAX_ROWS = 1_000;

function stillRunning(failed: readonly Unpaused[]): string {
  const rows = failed.map(({ campaign_id, name, reason }) => `${campaign_id} ${quoted(name)}: ${reason}`);
  const what = `${counted(failed.length, "campaign")} may still be running`;
  if (rows.join("; ").length <= MAX_ROWS) return `${what}: ${rows.join("; ")}`;
  return `${what}: ${ids(failed)}. First ${rows[0]}`;
}

/** A brake that did not catch everything is a failure that must be seen. */
function partly(
  what: string,
  paused: ReadonlyMap<number, Named>,
  failed: ReadonlyMap<number, Unpaused>,
): Refusal {
  const next = "call pause_all_campaigns again at once; what is paused stays paused.";
  const done = [...paused.values()];
  const changed = done.length > 0 ? `Paused: ${ids(done)}.` : "None was paused.";
  const data = { outcome: "partly", paused: done, failed: [...failed.values()], next };
  return new Refusal(`Pause all campaigns: ${what}.`, next, changed, data);
}
