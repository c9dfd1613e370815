/** Pages of people: Woodpecker's own, made smaller where one does not fit into an answer; of whole values only, made here. */
import { startOf, strangeCursor } from "../../values/page.ts";
import type { Api } from "../../woodpecker/client.ts";
import { type EnrolledRow, readProspects } from "../../woodpecker/prospects.ts";
import { personLine, personRow, unique } from "./person-row.ts";

export interface PeopleSearch {
  campaign_id?: number | undefined;
  campaign_ids?: number[] | undefined;
  ids?: number[] | undefined;
  email?: string | undefined;
  fields?: Record<string, string[]> | undefined;
  exact?: boolean | undefined;
  status?: readonly string[] | undefined;
  interest?: readonly string[] | undefined;
  activity?: readonly string[] | undefined;
  not_contacted?: boolean | undefined;
  include?: readonly string[] | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Found {
  rows: EnrolledRow[];
  total: number;
  next?: string;
  notes: string[];
}

export async function findPeople(api: Api, wanted: PeopleSearch): Promise<Found> {
  const { campaign_id, campaign_ids, ids, email, not_contacted } = wanted;
  const query = {
    campaignIds: campaign_ids ?? (campaign_id === undefined ? undefined : [campaign_id]),
    search: { ...(email && { email: [email] }), ...wanted.fields },
    status: wanted.status,
    interest: wanted.interest,
    activity: wanted.activity,
    ...(not_contacted !== undefined && { contacted: !not_contacted }),
    details: true,
  };
  if (ids) return byIds(wanted, (await readProspects(api, { ids, ...query })).rows, ids);
  if (wanted.exact) return whole(api, wanted, query);
  return pageOf(api, wanted, query);
}

type Query = Parameters<typeof readProspects>[1];

/** With ids no size is sent: an old client refuses the two together, and nobody has seen them answered. */
function byIds(wanted: PeopleSearch, rows: readonly EnrolledRow[], ids: readonly number[]): Found {
  const all = unique(rows);
  const missing = ids.filter((id) => !all.some((row) => row.id === id));
  const notes = missing.length > 0 ? [`Not among them: ${missing.join(", ")}.`] : [];
  return local(wanted, all, notes);
}

async function pageOf(api: Api, wanted: PeopleSearch, query: Query): Promise<Found> {
  const { page, size, skip } = placeOf(wanted.cursor, wanted.limit);
  const { rows, total } = await readProspects(api, { page, size, ...query });
  const fit = fitting(rows.slice(skip), wanted);
  const before = (page - 1) * size;
  // Without the header nobody knows how many there are; after a full page there may be more.
  const more = rows.length > 0 && (total === undefined ? rows.length >= size : before + rows.length < total);
  const inPage = skip + fit.length < rows.length;
  const next = inPage
    ? cursorAt(page, size, skip + fit.length)
    : more
      ? cursorAt(page + 1, size, 0)
      : undefined;
  return {
    rows: unique(fit),
    total: total ?? before + rows.length,
    ...(next && { next }),
    notes: inPage ? ["The page is smaller than asked: no more fit into one answer."] : [],
  };
}

const PAGE = 1_000;
const MAX_PAGES = 5;

/** Woodpecker matches parts, so whole values are picked out of what it finds. */
async function whole(api: Api, wanted: PeopleSearch, query: Query): Promise<Found> {
  const found: EnrolledRow[] = [];
  let seen = 0;
  let among: number | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { rows, total } = await readProspects(api, { page, size: PAGE, ...query });
    seen += rows.length;
    among = total;
    found.push(...rows.filter((row) => isWhole(row, wanted.fields ?? {})));
    if (rows.length < PAGE) break;
  }
  const unseen = among !== undefined && among > seen;
  const notes = unseen
    ? [`Looked at the first ${seen} of ${among} people with a value that holds what is asked.`]
    : [];
  return local(wanted, unique(found), notes);
}

const isWhole = (row: EnrolledRow, fields: Record<string, string[]>) =>
  Object.entries(fields).every(([field, values]) =>
    values.some((value) => value.toLowerCase() === textOf(row[field])),
  );

const textOf = (value: unknown) =>
  String(value ?? "")
    .trim()
    .toLowerCase();

/** A page of a list that is here whole. */
function local(wanted: PeopleSearch, all: readonly EnrolledRow[], notes: string[]): Found {
  const start = startOf(wanted.cursor);
  const rows = fitting(all.slice(start, start + wanted.limit), wanted);
  const end = start + rows.length;
  return {
    rows,
    total: all.length,
    ...(rows.length > 0 && end < all.length && { next: `from-${end}` }),
    notes,
  };
}

/** Characters of a page, in both forms of an answer together. */
const ROOM = 36_000;

function fitting(rows: readonly EnrolledRow[], { fields = {}, include = [] }: PeopleSearch): EnrolledRow[] {
  let room = ROOM;
  return rows.filter((row, index) => {
    const shown = personRow(row, [...Object.keys(fields), ...include]);
    room -= JSON.stringify(shown).length + personLine(shown).length + 2;
    return room >= 0 || index === 0;
  });
}

const cursorAt = (page: number, size: number, skip: number) =>
  `page-${page}-of-${size}${skip > 0 ? `-after-${skip}` : ""}`;

/** Pages of Woodpecker's own; the size stays that of the first page. */
function placeOf(cursor: string | undefined, limit: number): { page: number; size: number; skip: number } {
  if (cursor === undefined) return { page: 1, size: limit, skip: 0 };
  const [, page, size, skip = 0] = /^page-(\d{1,6})-of-(\d{1,3})(?:-after-(\d{1,3}))?$/.exec(cursor) ?? [];
  const valid = Number(page) >= 1 && Number(size) >= 1 && Number(size) <= 100 && Number(skip) < Number(size);
  if (!valid) throw strangeCursor();
  return { page: Number(page), size: Number(size), skip: Number(skip) };
}
