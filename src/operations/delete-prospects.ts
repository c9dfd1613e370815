/** Takes people out of a campaign or out of the account; a person is asked first. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { isUnclear } from "../calls/readback.ts";
import { campaignId, id } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { reasonOf } from "../woodpecker/meanings.ts";
import { type ProspectRow, readProspects } from "../woodpecker/prospects.ts";
import { requests } from "../woodpecker/requests.ts";
import { outcome } from "./support/outputs.ts";

export const deleteProspects = operation({
  name: "delete_prospects",
  title: "Delete prospects",
  effect: "delete",
  toolset: "prospects",
  description:
    "Remove prospects, by ids of search_prospects: scope campaign takes them out of one campaign, scope account deletes them everywhere, for good. An opt-out needs the blacklist too, else they could be imported again. A person must agree first: in a form, or you show them the facts of confirmation_required and call again with its token.",
  look: "search_prospects shows who is there",
  input: {
    prospect_ids: z.array(id()).min(1).max(500).describe("1 to 500 ids from search_prospects."),
    scope: z.enum(["campaign", "account"]).describe("Out of one campaign, or out of the whole account."),
    campaign_id: campaignId.optional(),
  },
  output: {
    outcome,
    deleted: z.number().optional().describe("How many."),
    not_found: z.number().optional().describe("Ids that were nobody's there."),
    scope: z.string().optional().describe("Where."),
  },
  rules({ scope, campaign_id, prospect_ids }) {
    const faults = [];
    if (scope === "campaign" && campaign_id === undefined) {
      faults.push({ path: ["campaign_id"], message: "is required with scope campaign" });
    }
    if (scope === "account" && campaign_id !== undefined) {
      faults.push({
        path: ["campaign_id"],
        message: "does not go with scope account, which deletes everywhere",
      });
    }
    if (new Set(prospect_ids).size < prospect_ids.length)
      faults.push({ path: ["prospect_ids"], message: "names somebody twice" });
    return faults;
  },
  async prepare({ prospect_ids, campaign_id }, api) {
    const campaign = campaign_id === undefined ? undefined : await readCampaign(api, campaign_id);
    return { campaign, found: await findProspects(api, prospect_ids, campaign_id) };
  },
  question: ({ prospect_ids, scope }, { campaign, found }) => ({
    sentence:
      scope === "account"
        ? "Delete these people from the whole account, for good, with their history in every campaign?"
        : "Take these people out of this campaign for good? They stay in the account.",
    name: campaign?.name,
    facts: {
      people: prospect_ids.length,
      found: `${found.length} of them`,
      first:
        found
          .slice(0, 3)
          .map((row) => row.email)
          .join(", ") || "none",
      ...(campaign && { campaign: campaign.id, name: quoted(campaign.name) }),
      scope,
    },
    state: prospect_ids,
  }),
  async run({ prospect_ids, scope, campaign_id }, api, { found }, { progress }) {
    let deleted = 0;
    for (const { ids, request } of requests.deleteProspects(prospect_ids, campaign_id)) {
      try {
        await api.send(request);
      } catch (error) {
        const reason = deleted > 0 && !isUnclear(error) ? reasonOf(error) : undefined;
        if (!reason) throw error;
        throw new Refusal(
          `Delete prospects: stopped after ${deleted} of ${prospect_ids.length} (${reason}).`,
          "look with search_prospects who is left.",
          `${deleted} were deleted.`,
        );
      }
      deleted += ids.length;
      progress(deleted, prospect_ids.length, `${deleted} of ${prospect_ids.length} deleted`);
    }
    return {
      outcome: "done" as const,
      deleted: found.length,
      not_found: prospect_ids.length - found.length,
      scope,
    };
  },
  async verify({ prospect_ids, scope, campaign_id }, api, { found }) {
    const left = await findProspects(api, prospect_ids, campaign_id);
    if (left.length > 0) return { seen: `${left.length} of ${prospect_ids.length} are still there.` };
    return { output: { outcome: "done" as const, deleted: found.length, scope } };
  },
  text: ({ deleted, not_found = 0, scope }) =>
    `Deleted ${deleted} from the ${scope}${not_found > 0 ? `; ${not_found} of the ids were nobody's there` : ""}. It cannot be undone.`,
});

/** Which of these people are there, a page of the usual size at a time: with ids no limit is sent. */
async function findProspects(
  api: Api,
  ids: readonly number[],
  campaignId: number | undefined,
): Promise<ProspectRow[]> {
  const found: ProspectRow[] = [];
  for (let at = 0; at < ids.length; at += 100) {
    const { rows } = await readProspects(api, {
      campaignId,
      ids: ids.slice(at, at + 100),
    });
    found.push(...rows);
  }
  return found;
}
