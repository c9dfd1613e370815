/** GET /rest/v1/campaign_list: the campaigns, and the counters of one. */
import { STATUSES } from "../campaign.ts";
import { idsIn, listOf, nothingMatches, wrongParam } from "../query.ts";
import { type Reply, v1Refused } from "../reply.ts";
import type { Call } from "../router.ts";
import { type State, type StoredCampaign, smtpMailbox } from "../state.ts";
import { v1Time } from "../time.ts";
import { statisticsOf } from "./statistics.ts";

export function listCampaigns({ state, query, noMatch }: Call): Reply {
  const unknown = [...query.keys()].find((name) => name !== "status" && name !== "id");
  if (unknown !== undefined) throw v1Refused(400, "E_WRONG_PARAM", `Unknown param:${unknown}`);
  const statuses = listOf(query, "status");
  if (statuses && !statuses.every((status) => (STATUSES as readonly string[]).includes(status)))
    throw wrongParam("status", statuses.join(","));
  const ids = idsIn(query, "id");
  const found = [...state.campaigns.values()].filter(
    ({ campaign }) => (ids?.has(campaign.id) ?? true) && (statuses?.includes(campaign.status) ?? true),
  );
  if (found.length === 0) return nothingMatches("campaigns", noMatch);
  const single = listOf(query, "id")?.length === 1;
  return {
    status: 200,
    body: found.map((stored) =>
      single ? { ...rowOf(state, stored), stats: statisticsOf(stored) } : rowOf(state, stored),
    ),
  };
}

function rowOf(state: State, { campaign, created, folder, copies }: StoredCampaign) {
  const senders = campaign.email_account_ids.flatMap((id) => smtpMailbox(state, id)?.details ?? []);
  const names = [...new Set(senders.map((sender) => sender.from_name))];
  const emails = senders.map((sender) => sender.email);
  return {
    id: campaign.id,
    name: campaign.name,
    status: campaign.status,
    created: v1Time(created),
    from_name: names[0] ?? "",
    from_names: names,
    from_email: emails[0] ?? "",
    from_emails: emails,
    gdpr_unsubscribe: campaign.settings.gdpr_unsubscribe,
    folder_name: folder.name,
    folder_id: folder.id,
    per_day: campaign.settings.daily_enroll,
    bcc: copies?.bcc ?? "",
    cc: copies?.cc ?? "",
    error: "",
  };
}
