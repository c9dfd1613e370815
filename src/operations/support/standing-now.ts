/** How campaigns stand in Woodpecker, each read once and only when somebody asks; what cannot be read is a sentence. */
import {
  type CampaignRow,
  listCampaignRows,
  readBounceShield,
  readCampaign,
} from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { reasonOf } from "../../woodpecker/reason.ts";
import type { CampaignNow } from "./edits-back.ts";

export interface Now {
  rows(): Promise<Map<number, CampaignRow> | string>;
  campaign(id: number, withShield: boolean): Promise<CampaignNow | string>;
}

/** More are asked for with a campaign_id. */
const MAX_READ = 10;

export function standingNow(api: Api): Now {
  let rows: Promise<Map<number, CampaignRow> | string> | undefined;
  const campaigns = new Map<string, Promise<CampaignNow | string>>();
  return {
    rows() {
      rows ??= orReason(async () => new Map((await listCampaignRows(api)).map((row) => [row.id, row])));
      return rows;
    },
    async campaign(id, withShield) {
      const key = `${id} ${withShield}`;
      if (!campaigns.has(key) && campaigns.size >= MAX_READ)
        return "too many campaigns at once; ask with its campaign_id";
      const reading = campaigns.get(key) ?? orReason(() => readNow(api, id, withShield));
      campaigns.set(key, reading);
      return reading;
    },
  };
}

async function readNow(api: Api, id: number, withShield: boolean): Promise<CampaignNow> {
  const campaign = await readCampaign(api, id);
  return withShield ? { ...campaign, bounce_shield: await readBounceShield(api, id) } : campaign;
}

/** A list of changes is there for when something went wrong: what Woodpecker does not answer is only missing. */
async function orReason<T>(read: () => Promise<T>): Promise<T | string> {
  try {
    return await read();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    return reason;
  }
}
