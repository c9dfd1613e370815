/** What happened in the account since a time: who replied, whose address bounced, who opted out, what paused by itself. */
import { z } from "zod/v3";
import { type CampaignRow, readShownCampaign } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { type EnrolledRow, readProspects } from "../../woodpecker/prospects.ts";
import { reasonFor } from "../../woodpecker/reason.ts";
import { nameOf, UNMARKED, unique } from "./person-row.ts";

const somebody = z.object({
  prospect_id: z.number(),
  email: z.string(),
  name: z.string().optional(),
  company: z.string().optional(),
  interest: z.string().optional(),
  campaign_ids: z.array(z.number()),
  at: z.string(),
});
const paused = z.object({ id: z.number(), name: z.string(), at: z.string() });

export const news = z.object({
  since: z.string(),
  replies: z.array(somebody),
  bounced: z.array(somebody),
  opted_out: z.array(somebody),
  paused: z.array(paused),
  not_read: z.array(z.string()).optional(),
});
export type News = z.infer<typeof news>;
export type Somebody = z.infer<typeof somebody>;

/** Of each kind, the newest; that there are more is said. */
const MAX_PEOPLE = 25;

/** Where each kind of news stands: the status of the person, and the time that tells when it came to that. */
const kinds = [
  { kind: "replies", status: "REPLIED", by: "last_replied" },
  { kind: "bounced", status: "BOUNCED", by: "updated" },
  { kind: "opted_out", status: "BLACKLIST", by: "updated" },
] as const;

interface Asked {
  since: number;
  /** Only people of these campaigns; none named, all. */
  campaignIds: readonly number[];
  campaigns: readonly CampaignRow[];
}

export async function readNews(api: Api, { since, campaignIds, campaigns }: Asked): Promise<News> {
  const told: News = {
    since: new Date(since).toISOString(),
    replies: [],
    bounced: [],
    opted_out: [],
    paused: [],
  };
  const unread: string[] = [];
  for (const { kind, status, by } of kinds) {
    try {
      // Those in whose field the latest time stands first. One page.
      const query = { status: [status], sort: `-${by}`, details: true, size: 100, campaignIds };
      const rows = unique((await readProspects(api, query)).rows);
      const fresh = rows.filter((row) => timeOf(row[by]) >= since);
      told[kind] = fresh.slice(0, MAX_PEOPLE).map((row) => personOf(row, row[by], status));
      if (fresh.length > MAX_PEOPLE)
        unread.push(`${kind}: more than the ${MAX_PEOPLE} newest, which are shown`);
    } catch (error) {
      unread.push(`${kind}: ${reasonFor(error)}`);
    }
  }
  for (const { id, name } of campaigns.filter(({ status }) => status === "PAUSED")) {
    try {
      const at = (await readShownCampaign(api, id)).autopausedAt;
      if (at !== undefined && timeOf(at) >= since) told.paused.push({ id, name, at });
    } catch (error) {
      unread.push(`whether campaign ${id} paused by itself: ${reasonFor(error)}`);
    }
  }
  return { ...told, ...(unread.length > 0 && { not_read: unread }) };
}

const timeOf = (value: unknown) => (typeof value === "string" ? Date.parse(value) : Number.NaN);

function personOf(
  { id, email, first_name, last_name, company, campaigns }: EnrolledRow,
  at: unknown,
  status: string,
): Somebody {
  const name = nameOf({ first_name, last_name });
  const concerned = campaigns.filter(({ personStatus }) => personStatus === status);
  const shown = concerned.length > 0 ? concerned : campaigns;
  const interest = shown.find((campaign) => campaign.interest && campaign.interest !== UNMARKED)?.interest;
  return {
    prospect_id: id,
    email,
    ...(name && { name }),
    ...(typeof company === "string" && { company }),
    ...(interest !== undefined && { interest }),
    campaign_ids: shown.map((campaign) => campaign.id),
    at: String(at),
  };
}
