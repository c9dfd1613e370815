/** How campaigns stand in Woodpecker, each read once and only when somebody asks; what cannot be read is only missing. */
import {
  type CampaignRow,
  listCampaignRows,
  readBounceShield,
  readCampaign,
} from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { orReason, type Unread } from "../../woodpecker/reason.ts";
import type { CampaignNow } from "./edits-back.ts";

export interface Now {
  rows(): Promise<Map<number, CampaignRow> | Unread>;
  campaign(id: number, withShield: boolean): Promise<CampaignNow | Unread>;
}

/** More are asked for with a campaign_id. */
const MAX_READ = 10;

export function standingNow(api: Api): Now {
  let rows: Promise<Map<number, CampaignRow> | Unread> | undefined;
  const campaigns = new Map<string, Promise<CampaignNow | Unread>>();
  return {
    rows() {
      rows ??= orReason(listCampaignRows(api).then((all) => new Map(all.map((row) => [row.id, row]))));
      return rows;
    },
    async campaign(id, withShield) {
      const key = `${id} ${withShield}`;
      if (!campaigns.has(key) && campaigns.size >= MAX_READ)
        return { unread: "too many campaigns at once; ask with its campaign_id" };
      const reading = campaigns.get(key) ?? orReason(readNow(api, id, withShield));
      campaigns.set(key, reading);
      return reading;
    },
  };
}

async function readNow(api: Api, id: number, withShield: boolean): Promise<CampaignNow> {
  const campaign = await readCampaign(api, id);
  return withShield ? { ...campaign, bounce_shield: await readBounceShield(api, id) } : campaign;
}
