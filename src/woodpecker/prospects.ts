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

export interface ProspectQuery {
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
  sort?: string | undefined;
  page?: number | undefined;
  size?: number;
}

/** Some clients unwrap rows that hold the person in a field. */
const isRow = (entry: Loose) => hasId(personOf(entry));
const personOf = (entry: Loose): Loose => (isObject(entry.prospect) ? entry.prospect : entry);

const path = "/rest/v1/prospects";

/** Rows with only the fields that hold something. No match comes as 204 or as an object with a message. */
export async function readProspects(
  api: Api,
  query: ProspectQuery,
): Promise<{ rows: EnrolledRow[]; total?: number }> {
  const { value, total } = await api.getCounted(path, wireQuery(query));
  const rows = entriesOf(value, { isEntry: isRow }).map(personOf).map(enrolledFrom);
  return { rows, ...(total !== undefined && { total }) };
}

/** The first people of a campaign, each with all the campaigns that he or she is in. */
export async function readEnrolled(
  api: Api,
  campaignId: number,
  size: number,
  page?: number,
): Promise<{ rows: EnrolledRow[]; total: number }> {
  const { rows, total = rows.length } = await readProspects(api, { campaignId, details: true, size, page });
  return { rows, total };
}

const names: Record<keyof ProspectQuery, string> = {
  campaignId: "campaigns_id",
  campaignIds: "campaigns_id",
  ids: "id",
  search: "search",
  status: "status",
  interest: "interested",
  activity: "activity",
  contacted: "contacted",
  details: "campaigns_details",
  sort: "sort",
  page: "page",
  size: "per_page",
};

/** In the order in which the query says it; what it leaves open is not sent. */
function wireQuery(query: ProspectQuery): Record<string, string> {
  const said = Object.entries(query).map(([field, value]) => [
    names[field as keyof ProspectQuery],
    (field === "search" ? conditionsOf(value) : [value].flat()).join(","),
  ]);
  return Object.fromEntries(said.filter(([, value]) => value !== ""));
}

const conditionsOf = (search: NonNullable<ProspectQuery["search"]>): string[] =>
  Object.entries(search).flatMap(([field, values]) => values.map((value) => `${searchName(field)}=${value}`));

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
