/** Takes people out of a campaign or out of the account; a person is asked first. */
import { z } from "zod/v3";
import { campaignsIn } from "../calls/halts.ts";
import { type CallTools, operation } from "../calls/operation.ts";
import { firstThree } from "../calls/question.ts";
import { isUnclear } from "../calls/readback.ts";
import { type Fault, faultIf } from "../values/fault.ts";
import { campaignId, id } from "../values/fields.ts";
import { inPrompt, quoted } from "../values/foreign.ts";
import { asArray, type Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { type ProspectRow, readProspects } from "../woodpecker/prospects.ts";
import { reasonOf } from "../woodpecker/reason.ts";
import { requests } from "../woodpecker/requests.ts";
import { outcome } from "./support/outputs.ts";
import { readTakingBack, stillThere, type TakingBack, takeBackQuestion } from "./support/taking-back.ts";

export const deleteProspects = operation({
  name: "delete_prospects",
  title: "Delete prospects",
  effect: "delete",
  toolset: "prospects",
  description:
    "Remove prospects: scope campaign takes them out of campaigns, scope account deletes them everywhere, for good. An opt-out needs stop_prospects with block. A person must agree first: in a form, or with confirmation_required, whose facts you show.",
  look: "search_prospects shows who is there",
  input: {
    prospect_ids: z.array(id()).min(1).max(500).optional().describe("1 to 500 ids."),
    scope: z.enum(["campaign", "account"]).optional().describe("Out of campaigns or all."),
    campaign_id: campaignId.optional(),
    campaign_ids: z.array(id()).min(1).max(20).optional().describe("Up to 20 at once."),
    added_by: z.string().max(100).optional().describe("A change_id: take that import back."),
  },
  output: {
    outcome,
    deleted: z.number().optional().describe("How many."),
    left_campaign: z
      .number()
      .optional()
      .describe("Of an import: how many, known before, left its campaign only."),
    not_found: z.number().optional().describe("Ids that were nobody's there."),
    scope: z.string().optional().describe("Where."),
  },
  rules,
  async prepare(input, api, call): Promise<Prepared> {
    const { prospect_ids = [], added_by } = input;
    if (added_by !== undefined)
      return { back: await readTakingBack(api, added_by, call), named: [], found: [] };
    const named: Named[] = [];
    for (const id of campaignsIn(input)) named.push(await readCampaign(api, id));
    return { named, found: await findProspects(api, prospect_ids, campaignsIn(input)) };
  },
  question({ prospect_ids = [], scope }, { named, found, back }) {
    if (back) return back.created.length + back.enrolled.length > 0 ? takeBackQuestion(back) : undefined;
    const [campaign] = named.length === 1 ? named : [];
    return {
      sentence:
        scope === "account"
          ? "Delete these people from the whole account, for good, with their history in every campaign?"
          : `Take these people out of ${named.length > 1 ? "these campaigns" : "this campaign"} for good? They stay in the account.`,
      name: campaign?.name,
      facts: {
        people: prospect_ids.length,
        found: `${found.length} of them`,
        first: firstThree(found) || "none",
        ...(campaign && { campaign: campaign.id, name: inPrompt(campaign.name) }),
        ...(named.length > 1 && {
          campaigns: named.map(({ id, name }) => `${id} ${quoted(name, 40)}`).join(", "),
        }),
        scope: scope ?? "",
      },
      state: prospect_ids,
    };
  },
  async run(input, api, { found, back }, { progress }) {
    if (back) return takeBack(back, api, progress);
    const { prospect_ids = [], scope } = input;
    await remove(prospect_ids, campaignsIn(input), api, progress);
    return {
      outcome: "done" as const,
      deleted: found.length,
      not_found: prospect_ids.length - found.length,
      scope,
    };
  },
  async verify(input, api, { found, back }) {
    const { prospect_ids = [], scope } = input;
    const left = back
      ? await stillThere(api, back)
      : await findProspects(api, prospect_ids, campaignsIn(input));
    const all = back ? back.created.length + back.enrolled.length : prospect_ids.length;
    if (left.length > 0) return { seen: `${left.length} of ${all} are still there.` };
    const how = back
      ? { deleted: back.created.length, left_campaign: back.enrolled.length }
      : { deleted: found.length, scope };
    return { output: { outcome: "done" as const, ...how } };
  },
  text({ deleted = 0, left_campaign, not_found = 0, scope = "account" }) {
    const also = left_campaign ? ` and took ${left_campaign} who were known before out of the campaign` : "";
    const gone = not_found > 0 ? `; ${not_found} of the ids were nobody's there` : "";
    return `Deleted ${deleted} from the ${scope}${also}${gone}. It cannot be undone.`;
  },
});

type Named = { id: number; name: string };

interface Prepared {
  named: Named[];
  found: ProspectRow[];
  /** An import to be taken back. */
  back?: TakingBack;
}

function rules({ scope, campaign_id, campaign_ids, prospect_ids, added_by }: Loose): Fault[] {
  if (added_by !== undefined) {
    const others = Object.entries({ scope, campaign_id, campaign_ids, prospect_ids });
    return others.flatMap(([name, value]) =>
      faultIf(value !== undefined, [name], "does not go with added_by, which knows whom and where"),
    );
  }
  const given = asArray(prospect_ids);
  const [one, many] = [campaign_id !== undefined, campaign_ids !== undefined];
  const faults: [boolean, string, string][] = [
    [prospect_ids === undefined, "prospect_ids", "is required; or added_by, for one import"],
    [scope === undefined, "scope", "is required: campaign or account"],
    [one && many, "campaign_ids", "does not go with campaign_id; give one of the two"],
    [
      scope === "campaign" && !one && !many,
      "campaign_id",
      "is required with scope campaign; or campaign_ids for several",
    ],
    [
      scope === "account" && (one || many),
      one ? "campaign_id" : "campaign_ids",
      "does not go with scope account, which deletes everywhere",
    ],
    [new Set(given).size < given.length, "prospect_ids", "names somebody twice"],
  ];
  return faults.flatMap(([isWrong, name, message]) => faultIf(isWrong, [name], message));
}

/** The account first: where that is not allowed, nothing is done. */
async function takeBack({ created, enrolled, campaign, gone }: TakingBack, api: Api, progress: Progress) {
  const ids = (rows: readonly ProspectRow[]) => rows.map(({ id }) => id);
  if (created.length > 0) await remove(ids(created), [], api, progress);
  if (enrolled.length > 0 && campaign !== undefined)
    await remove(ids(enrolled), [campaign], api, progress, created.length);
  const done = created.length + enrolled.length;
  return {
    outcome: done > 0 ? ("done" as const) : ("already" as const),
    deleted: created.length,
    left_campaign: enrolled.length,
    not_found: gone,
  };
}

type Progress = CallTools["progress"];

/** @param before how many are deleted already */
async function remove(
  ids: readonly number[],
  campaigns: readonly number[],
  api: Api,
  progress: Progress,
  before = 0,
): Promise<void> {
  let deleted = before;
  const total = before + ids.length;
  for (const part of requests.deleteProspects(ids, campaigns)) {
    try {
      await api.send(part.request);
    } catch (error) {
      const reason = deleted > 0 && !isUnclear(error) ? reasonOf(error) : undefined;
      if (!reason) throw error;
      throw new Refusal(
        `Delete prospects: stopped after ${deleted} of ${total} (${reason}).`,
        "look with search_prospects who is left.",
        `${deleted} were deleted.`,
      );
    }
    deleted += part.ids.length;
    progress(deleted, total, `${deleted} of ${total} deleted`);
  }
}

/** Which of these people are there, a page of the usual size at a time: with ids no limit is sent. */
async function findProspects(
  api: Api,
  ids: readonly number[],
  campaigns: readonly number[],
): Promise<ProspectRow[]> {
  const found = new Map<number, ProspectRow>();
  for (const campaignId of campaigns.length > 0 ? campaigns : [undefined]) {
    for (let at = 0; at < ids.length; at += 100) {
      const { rows } = await readProspects(api, { ids: ids.slice(at, at + 100), campaignId });
      for (const row of rows) found.set(row.id, row);
    }
  }
  return [...found.values()];
}
