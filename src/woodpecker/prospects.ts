/** Reading prospects: all of v1. */

import { searchName } from "../model/prospects.ts";
import { plain, visible } from "../values/foreign.ts";
import { asArray, asNumber, asObject, asString, isObject, type Loose } from "../values/loose.ts";
import { entriesOf, hasId, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";
import { shallow } from "./wild.ts";

export interface ProspectRow extends Loose {
  id: number;
  email: string;
  status?: string;
}

/** Somebody of a campaign. */
export interface EnrolledRow extends ProspectRow {
  /** The campaigns that this person is in. */
  campaigns: Enrolment[];
}

export interface Enrolment {
  id: number;
  name: string;
  /** Of the campaign, and of the person in it. */
  status: string | undefined;
  personStatus: string | undefined;
  /** What somebody made of this person's answers in it. */
  interest: string | undefined;
}

interface ProspectQuery {
  campaignId?: number | undefined;
  /** In any of these; of a person in several, Woodpecker may give a row for each. */
  campaignIds?: readonly number[] | undefined;
  /** At most 100, and without a size: an old client refuses the two together, and nobody has seen them answered. */
  ids?: readonly number[];
  /** Field to parts of its value; all fields must fit, of each any of the parts. */
  search?: Record<string, readonly string[]>;
  status?: readonly string[] | undefined;
  interest?: readonly string[] | undefined;
  activity?: readonly string[] | undefined;
  contacted?: boolean | undefined;
  /** Each with all the campaigns that he or she is in. */
  details?: boolean;
  newestFirst?: boolean;
  page?: number;
  size?: number;
}

/** Some clients unwrap rows that hold the person in a field. */
const isRow = (entry: Loose) => hasId(personOf(entry));
const personOf = (entry: Loose): Loose => (isObject(entry.prospect) ? entry.prospect : entry);

/** Rows with only the fields that hold something. No match comes as 204 or as an object with a message. */
export async function readProspects(
  api: Api,
  query: ProspectQuery,
): Promise<{ rows: EnrolledRow[]; total?: number }> {
  const { value, total } = await api.getCounted(path, wireQuery(query));
  return {
    rows: entriesOf(value, { isEntry: isRow }).map(personOf).map(enrolledFrom),
    ...(total !== undefined && { total }),
  };
}

/** The first people of a campaign, each with all the campaigns that he or she is in. */
export async function readEnrolled(
  api: Api,
  campaignId: number,
  size: number,
  page = 1,
): Promise<{ rows: EnrolledRow[]; total: number }> {
  const query = {
    campaigns_id: String(campaignId),
    campaigns_details: "true",
    per_page: String(size),
    ...(page > 1 && { page: String(page) }),
  };
  const { value, total } = await api.getCounted(path, query);
  const rows = entriesOf(value, { isEntry: isRow }).map(personOf).map(enrolledFrom);
  return { rows, total: total ?? rows.length };
}

/** Whoever has this status, those in whose field the latest time stands first. One page. */
export async function readLatest(
  api: Api,
  {
    status,
    by,
    campaignIds,
  }: { status: string; by: "updated" | "last_replied"; campaignIds: readonly number[] },
): Promise<EnrolledRow[]> {
  const answer = await api.get(path, {
    status,
    sort: `-${by}`,
    campaigns_details: "true",
    per_page: "100",
    ...(campaignIds.length > 0 && { campaigns_id: campaignIds.join(",") }),
  });
  return entriesOf(answer, { isEntry: isRow }).map(personOf).map(enrolledFrom);
}

/** Most addresses in one search, and how long they may be as a part of its URL, which has to stay below Woodpecker's limit. */
const MAX_ADDRESSES = 60;
const MAX_SEARCH = 3_700;

function searchesFor(addresses: readonly string[]): string[][] {
  const searches: string[][] = [];
  let room = 0;
  for (const address of addresses) {
    const length = encodeURIComponent(`email=${address},`).length;
    const last = searches.at(-1);
    if (last && last.length < MAX_ADDRESSES && room >= length) last.push(address);
    else {
      searches.push([address]);
      room = MAX_SEARCH;
    }
    room -= length;
  }
  return searches;
}

/** Those of these people who are in the account, each with all the campaigns that he or she is in. */
export async function readByEmail(api: Api, addresses: readonly string[]): Promise<EnrolledRow[]> {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  const found: EnrolledRow[] = [];
  for (const part of searchesFor(addresses)) {
    const answer = await api.get(path, {
      // The same field several times: any of them.
      search: part.map((address) => `email=${address}`).join(","),
      campaigns_details: "true",
      per_page: String(part.length * 2),
    });
    found.push(...entriesOf(answer).map(enrolledFrom));
  }
  // An address is compared as a whole here, whatever else Woodpecker's search finds.
  return found.filter(({ email }) => wanted.has(email.toLowerCase()));
}

/** Those of these ids who are in the account, each with all the campaigns that he or she is in. */
export async function readById(api: Api, ids: readonly number[]): Promise<EnrolledRow[]> {
  const found: EnrolledRow[] = [];
  for (let at = 0; at < ids.length; at += MAX_IDS) {
    const id = ids.slice(at, at + MAX_IDS).join(",");
    found.push(
      ...entriesOf(await api.get(path, { id, campaigns_details: "true" }), { isEntry: isRow })
        .map(personOf)
        .map(enrolledFrom),
    );
  }
  return found;
}

/** With ids no size is sent, so a page holds a hundred. */
const MAX_IDS = 100;

const path = "/rest/v1/prospects";

function wireQuery(query: ProspectQuery): Record<string, string> {
  const {
    campaignId,
    ids,
    search = {},
    status,
    interest,
    activity,
    contacted,
    newestFirst,
    page,
    size,
  } = query;
  const campaignIds = query.campaignIds ?? (campaignId === undefined ? [] : [campaignId]);
  const conditions = Object.entries(search).flatMap(([field, values]) =>
    values.map((value) => `${searchName(field)}=${value}`),
  );
  return {
    ...(ids && { id: ids.join(",") }),
    ...(page !== undefined && { page: String(page) }),
    ...(size !== undefined && { per_page: String(size) }),
    ...(newestFirst && { sort: "-id" }),
    ...(campaignIds.length > 0 && { campaigns_id: campaignIds.join(",") }),
    ...(conditions.length > 0 && { search: conditions.join(",") }),
    ...(status?.length && { status: status.join(",") }),
    ...(interest?.length && { interested: interest.join(",") }),
    ...(activity?.length && { activity: activity.join(",") }),
    ...(contacted !== undefined && { contacted: String(contacted) }),
    ...(query.details && { campaigns_details: "true" }),
  };
}

function rowFrom({ id, email, snippet_labels: _labels, encrypted: _encrypted, ...rest }: Loose): ProspectRow {
  const filled = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== "" && value !== undefined)
    .map(([field, value]) => [
      field.replace(/^snipet(\d)$/, "snippet$1").replace(/^last replied$/, "last_replied"),
      shown(value),
    ]);
  return { ...Object.fromEntries(filled), id: asNumber(id) ?? 0, email: lineOf(email) ?? "" };
}

/** A field of a person is a text or a number; anything else is shown as it came, in short. */
function shown(value: unknown): unknown {
  if (typeof value === "string") return value.split("\n").map(visible).join("\n");
  return isObject(value) ? plain(JSON.stringify(value), MAX_ODD) : shallow(value, 4);
}

const MAX_ODD = 200;

export function enrolledFrom({ campaigns_details: campaigns, ...row }: Loose): EnrolledRow {
  return { ...rowFrom(row), campaigns: asArray(campaigns).map(asObject).flatMap(enrolmentFrom) };
}

function enrolmentFrom({
  campaign_id,
  campaign_name,
  campaign_status,
  campaign_prospect_status,
  interest_level,
  interested,
}: Loose): Enrolment[] {
  const id = asNumber(campaign_id);
  if (id === undefined) return [];
  const [status, personStatus] = [asString(campaign_status), asString(campaign_prospect_status)];
  const interest = lineOf(asObject(interest_level).level) ?? lineOf(interested);
  return [{ id, name: visible(asString(campaign_name) ?? ""), status, personStatus, interest }];
}
