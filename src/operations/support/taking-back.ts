/** One import taken back: people it made leave the account, people who were known leave only the campaign they came into. */
import type { CallTools, Question } from "../../calls/operation.ts";
import { firstThree } from "../../calls/question.ts";
import { quoted } from "../../values/foreign.ts";
import { Refusal } from "../../values/refusal.ts";
import type { Api } from "../../woodpecker/client.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { readById } from "../../woodpecker/selected.ts";

export interface TakingBack {
  changeId: string;
  at: number;
  campaign: number | undefined;
  /** Of those that the import made, who is there still. */
  created: EnrolledRow[];
  /** Of those who were known, who is in the campaign still. */
  enrolled: EnrolledRow[];
  /** How many of the import have gone since. */
  gone: number;
}

/** @throws Refusal when nobody knows of such an import */
export async function readTakingBack(
  api: Api,
  changeId: string,
  { imports }: Pick<CallTools, "imports">,
): Promise<TakingBack> {
  const found = await imports.find(changeId);
  if (!found)
    throw new Refusal(
      `Delete prospects: the import ${quoted(changeId)} is not known here. Imports are known for 30 days, and where the state folder is off only as long as the server runs.`,
      "find the people with search_prospects, and give prospect_ids with a scope.",
    );
  const { at, campaign, created, enrolled } = found;
  const rows = await readById(api, [...created, ...enrolled]);
  const there = new Map(rows.map((row) => [row.id, row]));
  const rowsOf = (ids: readonly number[]) => ids.flatMap((id) => there.get(id) ?? []);
  const inIt = rowsOf(enrolled).filter(({ campaigns }) => campaigns.some(({ id }) => id === campaign));
  const leaving = { created: rowsOf(created), enrolled: campaign === undefined ? [] : inIt };
  const gone = created.length + enrolled.length - leaving.created.length - leaving.enrolled.length;
  return { changeId, at, campaign, ...leaving, gone };
}

export function takeBackQuestion(back: TakingBack): Question {
  const { at, campaign, created, enrolled, gone } = back;
  const people = [...created, ...enrolled];
  const hasMail = ({ last_contacted: last }: EnrolledRow) => Boolean(last);
  // Who was known before may have got mail before, too.
  const since = (row: EnrolledRow) => hasMail(row) && !(Date.parse(String(row.last_contacted)) < at);
  const mailed = created.filter(hasMail).length + enrolled.filter(since).length;
  const elsewhere = created.filter(({ campaigns }) => campaigns.some(({ id }) => id !== campaign)).length;
  return {
    sentence:
      "Take this import back? People whom it made leave the whole account for good, with their history; people who were known before leave only the campaign.",
    facts: {
      imported: new Date(at).toISOString(),
      ...(campaign !== undefined && { campaign }),
      "leave the account": created.length,
      ...(enrolled.length > 0 && { "leave the campaign only": enrolled.length }),
      "have got mail already": mailed,
      ...(elsewhere > 0 && { "in other campaigns too, which they leave": elsewhere }),
      ...(gone > 0 && { "gone already": gone }),
      first: firstThree(people),
    },
    state: people.map(({ id }) => id),
  };
}

/** Who has not left. */
export async function stillThere(
  api: Api,
  { campaign, created, enrolled }: TakingBack,
): Promise<EnrolledRow[]> {
  const ids = [...created, ...enrolled].map(({ id }) => id);
  const rows = await readById(api, ids);
  const known = new Set(enrolled.map(({ id }) => id));
  return rows.filter(({ id, campaigns }) => !known.has(id) || campaigns.some((one) => one.id === campaign));
}
