/** What run, pause, stop and delete have in common: reading the status around the write, and saying what came of it. */

import type { Seen } from "../../calls/operation.ts";
import { oneLine, quoted } from "../../values/foreign.ts";
import { type Campaign, readCampaign } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import type { CampaignWritten } from "./outputs.ts";

/**
 * The campaign before it is halted, if it can be read. Halting must not depend on a look that fails; only when
 * Woodpecker refuses (no such campaign, wrong key) is there nothing to halt.
 */
export async function readForHalt(api: Api, id: number): Promise<Campaign | undefined> {
  try {
    return await readCampaign(api, id);
  } catch (error) {
    if (error instanceof ApiFailure && error.facts.outcome !== "rejected") return undefined;
    throw error;
  }
}

/** The status says whether the call took effect. */
export async function verifyStatus<O>(
  api: Api,
  id: number,
  goals: readonly string[],
  output: (campaign: Campaign) => O,
  before: string | undefined,
): Promise<Seen<O>> {
  const campaign = await readCampaign(api, id);
  const { status } = campaign;
  if (goals.includes(status)) return { output: output(campaign) };
  return { seen: sayReads(status, before), status };
}

const sayReads = (status: string, before: string | undefined) =>
  `The campaign ${before === undefined || before === status ? "still " : ""}reads ${oneLine(status)}.`;

export function changedText({ outcome, campaign_id, name, status, undo, next }: CampaignWritten): string {
  const campaign = `Campaign ${campaign_id}${name ? ` ${quoted(name)}` : ""}`;
  const first =
    outcome === "already"
      ? `${campaign} was ${status} already; nothing was changed.`
      : `${campaign} is ${status} now.`;
  return [first, undo && outcome !== "already" && `To take it back: ${undo}.`, next]
    .filter(Boolean)
    .join("\n");
}
