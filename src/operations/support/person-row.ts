/** One person as lists show him or her: who it is, how they stand, and what was asked for. */
import { quoted } from "../../values/foreign.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";

/** Of somebody who is in more. */
const MAX_CAMPAIGNS = 10;

/** Nobody has said what to make of the answers. */
export const UNMARKED = "NOT-MARKED";

/** Of a person in several campaigns Woodpecker may give a row for each. */
export const unique = (rows: readonly EnrolledRow[]) => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];

export const nameOf = ({ first_name, last_name }: Partial<EnrolledRow> = {}) =>
  [first_name, last_name].filter((part) => typeof part === "string").join(" ");

const lean = ["first_name", "last_name", "company"] as const;

/** @param shown names of further fields; what is empty is left out */
export function personRow(
  row: EnrolledRow,
  shown: readonly string[],
): Record<string, unknown> & { id: number; email: string } {
  const { id, email, status, campaigns } = row;
  const fields = [...new Set([...lean, ...shown])].filter((name) => row[name] !== undefined);
  const places = campaigns.slice(0, MAX_CAMPAIGNS).map((place) => ({
    id: place.id,
    ...(place.personStatus !== undefined && { status: place.personStatus }),
    ...(place.interest !== undefined && place.interest !== UNMARKED && { interest: place.interest }),
  }));
  return {
    id,
    email,
    ...Object.fromEntries(fields.map((name) => [name, row[name]])),
    ...(status !== undefined && { status }),
    campaigns: places,
    ...(campaigns.length > places.length && { more_campaigns: campaigns.length - places.length }),
  };
}

/** The same in a line. */
export function personLine({
  id,
  email,
  status,
  campaigns,
  more_campaigns: more,
  ...fields
}: ReturnType<typeof personRow>): string {
  const { first_name, last_name, company, ...others } = fields;
  const name = [first_name, last_name].filter(Boolean).join(" ");
  const places = (campaigns as { id: number; status?: string; interest?: string }[]).map((place) =>
    [place.id, place.status, place.interest].filter(Boolean).join(" "),
  );
  return [
    [id, email, name && quoted(name), company && quoted(String(company)), status].filter(Boolean).join(" "),
    ...Object.entries(others).map(([field, value]) => `${field} ${said(value)}`),
    ...(places.length > 0 ? [`in ${places.join(", ")}${more ? ` and ${more} more` : ""}`] : []),
  ].join("; ");
}

const said = (value: unknown) => (typeof value === "string" ? quoted(value, 10_000) : JSON.stringify(value));
