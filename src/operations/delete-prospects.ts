import { z } from "zod/v3";
import { Refusal, reasonOf } from "../explain.ts";
import { campaignId, id } from "../model/fields.ts";
import { quoted } from "../model/foreign.ts";
import { operation, outcome } from "../operation.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import { deleteRequests, readProspects } from "../woodpecker/prospects.ts";

export const deleteProspects = operation({
  name: "delete_prospects",
  title: "Delete prospects",
  effect: "delete",
  toolset: "prospects",
  description:
    "Remove prospects, by ids of search_prospects: scope campaign takes them out of one campaign, scope account deletes them everywhere, for good. An opt-out needs the blacklist too, else they could be imported again. A person must agree first: in a form, or you show them the facts of confirmation_required and call again with its token.",
  input: {
    prospect_ids: z.array(id()).min(1).max(500).describe("1 to 500 ids."),
    scope: z.enum(["campaign", "account"]).describe("Where."),
    campaign_id: campaignId.optional(),
  },
  output: {
    outcome,
    deleted: z.number().optional().describe("How many."),
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
    const { rows } = await readProspects(api, {
      id: prospect_ids.slice(0, 100).join(","),
      per_page: "100",
      ...(campaign_id !== undefined && { campaigns_id: String(campaign_id) }),
    });
    return { campaign, found: rows };
  },
  question: ({ prospect_ids, scope }, { campaign, found }) => ({
    sentence:
      scope === "account"
        ? "Delete these people from the whole account, for good, with their history in every campaign?"
        : "Take these people out of this campaign for good? They stay in the account.",
    facts: {
      people: prospect_ids.length,
      found: `${found.length} of the first ${Math.min(100, prospect_ids.length)}`,
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
  async run({ prospect_ids, scope, campaign_id }, api, _prepared, { progress }) {
    let deleted = 0;
    for (const { path, ids } of deleteRequests(prospect_ids, campaign_id)) {
      try {
        await api.send("DELETE", path);
      } catch (error) {
        const reason = deleted > 0 ? reasonOf(error) : undefined;
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
    return { outcome: "done" as const, deleted, scope };
  },
  async verify({ prospect_ids, scope, campaign_id }, api) {
    const { rows } = await readProspects(api, {
      id: prospect_ids.slice(0, 100).join(","),
      per_page: "100",
      ...(campaign_id !== undefined && { campaigns_id: String(campaign_id) }),
    });
    if (rows.length > 0)
      return { seen: `${rows.length} of the first ${Math.min(100, prospect_ids.length)} are still there.` };
    return { output: { outcome: "done" as const, deleted: prospect_ids.length, scope } };
  },
  text: ({ deleted, scope }) => `Deleted ${deleted} from the ${scope}. It cannot be undone.`,
});
