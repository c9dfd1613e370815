/** The prospect endpoints, all of v1: one path to read in three ways, two to write, one to delete. */
import { visible } from "../values/foreign.ts";
import { asArray, asNumber, asObject, asString, type Loose } from "../values/loose.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";

export interface ProspectRow extends Loose {
  id: number;
  email: string;
  status?: string;
}

/** Rows with only the fields that hold something. No match comes as 204 or as an object with a message. */
export async function readProspects(
  api: Api,
  query: Record<string, string>,
): Promise<{ rows: ProspectRow[]; total?: number }> {
  const { value, total } = await api.getCounted("/rest/v1/prospects", query);
  return { rows: entriesOf(value).map(rowFrom), ...(total !== undefined && { total }) };
}

function rowFrom(entry: unknown): ProspectRow {
  const { id, email, snippet_labels: _labels, encrypted: _encrypted, ...rest } = asObject(entry);
  const filled = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== "" && value !== undefined)
    .map(([field, value]) => [
      field.replace(/^snipet(\d)$/, "snippet$1"),
      typeof value === "string" ? value.split("\n").map(visible).join("\n") : value,
    ]);
  return { ...Object.fromEntries(filled), id: asNumber(id) ?? 0, email: lineOf(email) ?? "" };
}

export interface Import {
  prospects: readonly Loose[];
  campaignId?: number | undefined;
  update: boolean;
}

/** `force`, which writes to people who replied, bounced or opted out, is not offered. */
export function saveRequest({ prospects, campaignId, update }: Import) {
  const target = campaignId === undefined ? {} : { campaign: { campaign_id: campaignId } };
  const path = campaignId === undefined ? "/rest/v1/add_prospects_list" : "/rest/v1/add_prospects_campaign";
  return ["POST", path, { ...target, ...(update && { update: true }), prospects }] as const;
}

export type RowResult = "added" | "updated" | "duplicate" | "rejected" | "unknown";

export interface SavedRow {
  email: string;
  result: RowResult;
  code?: string;
  reason?: string;
}

/** What became of each person. A row the answer does not mention is told as such, not guessed. */
export function savedRows(answer: unknown, { prospects, campaignId, update }: Import): SavedRow[] {
  const answers = new Map(
    asArray(asObject(answer).prospects).map((row) => [
      asString(asObject(row).email)?.toLowerCase(),
      asObject(row),
    ]),
  );
  return prospects.map(({ email }) => {
    const address = String(email);
    const row = answers.get(address.toLowerCase());
    if (!row)
      return {
        email: address,
        result: "unknown",
        code: "NO_ANSWER",
        reason: "Woodpecker's answer does not mention this address",
      };
    if (asString(row.status) === "ERROR") {
      return {
        email: address,
        result: "rejected",
        code: lineOf(row.code),
        reason: lineOf(row.msg),
      };
    }
    const known = asString(campaignId === undefined ? row.prospect : row.prospect_campaign) === "DUPLICATE";
    return { email: address, result: known ? (update ? "updated" : "duplicate") : "added" };
  });
}

/** The vendor's limit for the URL of a delete; ids are sent in as many requests as that takes. */
const MAX_URL = 4_100;

export function deleteRequests(
  ids: readonly number[],
  campaignId: number | undefined,
): { path: string; ids: number[] }[] {
  const base = "/rest/v1/prospects?";
  const scope = campaignId === undefined ? "" : `&campaigns_id=${campaignId}`;
  const requests: { path: string; ids: number[] }[] = [];
  let part: number[] = [];
  const room = MAX_URL - 200 - scope.length;
  for (const id of ids) {
    if ([...part, id].join(",").length > room) {
      requests.push({ path: `${base}id=${part.join(",")}${scope}`, ids: part });
      part = [];
    }
    part.push(id);
  }
  requests.push({ path: `${base}id=${part.join(",")}${scope}`, ids: part });
  return requests;
}
