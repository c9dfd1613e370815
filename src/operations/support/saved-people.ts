/** What became of the people of an import, as its answer shows it: who was not simply added, and why. */
import { z } from "zod/v3";
import { type Cleaned, MAX_NOTES, type PeopleList } from "../../model/people-list.ts";
import { mayGetMail } from "../../model/statuses.ts";
import { firstOf, quoted } from "../../values/foreign.ts";
import { NOTHING_CHANGED, Refusal } from "../../values/refusal.ts";
import type { SavedRow } from "../../woodpecker/saved-rows.ts";
import { knownRows, type PreparedEnrolling } from "./enrolling.ts";
import { fitting } from "./fit.ts";
import { missingValues } from "./missing-values.ts";
import { givenListOf } from "./people-lists.ts";
import { sayRefused, wouldBeRefused } from "./refused-people.ts";

export const shownRow = z.object({
  row: z.number(),
  email: z.string(),
  result: z.string(),
  code: z.string().optional(),
  reason: z.string().optional(),
});
type ShownRow = z.infer<typeof shownRow>;

/** Together they stay below what a client takes. */
const MAX_ROWS_SIZE = 14_000;
const MAX_CLEANED_SIZE = 3_500;
/** Of those to whom nothing happened but what was asked for. */
const MAX_UPDATED = 10;

/** Those who were not simply added, in the order of the list, each once. */
export function shownRows(saved: readonly SavedRow[], enrolling: PreparedEnrolling) {
  const { people, campaign, known } = enrolling;
  const list = givenListOf(people);
  const rowOf = knownRows(known);
  const rows = saved.flatMap((one, index): ShownRow[] => {
    const { email, result, code, reason } = one;
    if (result === "added") return [];
    const why = result === "rejected" ? sayRefused(one, rowOf({ email }), campaign !== undefined) : reason;
    return [
      {
        row: list.rows[index] ?? index + 1,
        email,
        result,
        ...(code && { code }),
        ...(why && { reason: why }),
      },
    ];
  });
  const all: ShownRow[] = [...rows, ...list.left].sort((a, b) => a.row - b.row);
  const updated = all.filter(({ result }) => result === "updated");
  const telling = updated.length > MAX_UPDATED ? all.filter(({ result }) => result !== "updated") : all;
  return fitted(telling, all.length);
}

function fitted(rows: readonly ShownRow[], total: number) {
  const weighty = JSON.stringify(rows).length > MAX_ROWS_SIZE;
  const shown = fitting(
    weighty
      ? [...rows].sort((a, b) => Number(a.result === "duplicate") - Number(b.result === "duplicate"))
      : rows,
    MAX_ROWS_SIZE,
  );
  return { rows: shown, ...(shown.length < total && { rows_left_out: total - shown.length }) };
}

/** What the answer says of the list itself, done or not. */
export function ofList({ cleaned, columns }: PeopleList) {
  const shown = fitting(cleaned, MAX_CLEANED_SIZE);
  return {
    ...(shown.length > 0 && { cleaned: shown }),
    ...(columns && { columns }),
  };
}

export function warningsOf(enrolling: PreparedEnrolling, saved: readonly SavedRow[] = []): string[] {
  const { people, campaign, known, update } = enrolling;
  const { warnings, leftOut, cleaned } = givenListOf(people);
  const unshown = cleaned.length - fitting(cleaned, MAX_CLEANED_SIZE).length;
  const rowOf = knownRows(known);
  const gone = new Set(saved.filter(({ result }) => result === "rejected").map(({ email }) => email));
  const enrolled = people.filter(
    (person) => !gone.has(String(person.email)) && !wouldBeRefused(rowOf(person), campaign?.id),
  );
  const values = enrolled.map((brought) => ({ brought, known: rowOf(brought) }));
  return [
    ...unmentioned(saved),
    ...stillGetting(enrolling),
    ...(campaign ? missingValues(campaign, values, update) : []),
    ...sayLeftOut(leftOut),
    ...(unshown > 0 ? [`${unshown} more values were cleaned than are shown.`] : []),
    ...warnings,
  ];
}

/** PAUSED is a status within a campaign: without one it stops nobody. */
function stillGetting({ people, campaign, known }: PreparedEnrolling): string[] {
  if (campaign) return [];
  const rowOf = knownRows(known);
  const places = people
    .filter(({ status }) => status === "PAUSED")
    .map((person) => (rowOf(person)?.campaigns ?? []).filter((one) => mayGetMail(one.personStatus ?? "")))
    .filter((one) => one.length > 0);
  if (places.length === 0) return [];
  const campaigns = [...new Set(places.flat().map(({ id }) => id))];
  return [
    `PAUSED without campaign_id stops nobody: ${places.length} of these people may still get e-mails of campaign ${firstOf(campaigns, 10)}. stop_prospects stops them.`,
  ];
}

function sayLeftOut(headers: readonly string[]): string[] {
  if (headers.length === 0) return [];
  const shown = firstOf(headers, 30, (name) => quoted(name, 40));
  return [
    `There are 15 snippets, so these columns were left out: ${shown}. To choose others, name them in columns.`,
  ];
}

function unmentioned(rows: readonly SavedRow[]): string[] {
  const count = rows.filter((row) => row.result === "unknown").length;
  return count > 0
    ? [
        `Woodpecker's answer does not mention ${count} of these people; search_prospects shows whether they are there.`,
      ]
    : [];
}

/** What a dry run can tell: how many are new, known, would be refused and why. */
export function foreseen(enrolling: PreparedEnrolling) {
  const { people, campaign, known } = enrolling;
  const list = givenListOf(people);
  const rowOf = knownRows(known);
  const refused = people.flatMap((person, index): ShownRow[] => {
    const reason = wouldBeRefused(rowOf(person), campaign?.id);
    return reason
      ? [{ row: list.rows[index] ?? index + 1, email: String(person.email), result: "rejected", reason }]
      : [];
  });
  const rows: ShownRow[] = [...refused, ...list.left].sort((a, b) => a.row - b.row);
  const warnings = warningsOf(enrolling);
  const there = people.filter((person) => rowOf(person)).length;
  const counts = {
    new: people.length - there,
    known: there,
    refused: rows.filter(({ result }) => result === "rejected").length,
    cleaned: list.cleaned.length,
    warned: list.odd,
  };
  const output = {
    counts,
    rows: fitting(rows, MAX_ROWS_SIZE),
    ...ofList(list),
    ...(warnings.length > 0 && { warnings }),
  };
  const lines = [
    `New ${counts.new}, known ${counts.known}, would be refused ${counts.refused}, values cleaned ${counts.cleaned}, to be looked at ${counts.warned}.`,
    ...listLines(output),
  ];
  return { output, lines };
}

interface Shown {
  rows?: readonly ShownRow[] | undefined;
  cleaned?: readonly Cleaned[] | undefined;
  columns?: Record<string, string> | undefined;
  warnings?: readonly string[] | undefined;
}

/** The same for a person: who was not simply added, what was cleaned, what stands in which snippet, warnings. */
export function listLines({ rows = [], cleaned = [], columns = {}, warnings = [] }: Shown): string[] {
  const own = Object.entries(columns).filter(([, field]) => field.startsWith("snippet"));
  const mapping = own.map(([header, field]) => `${quoted(header)} is ${field}`).join(", ");
  // The first ones are notes.
  const more = cleaned
    .slice(MAX_NOTES)
    .map(({ row, field, before, after }) => `row ${row} ${field} ${quoted(before)} → ${quoted(after)}`);
  return [
    ...rows.map(rowLine),
    ...(more.length > 0 ? [`Also cleaned: ${more.join("; ")}.`] : []),
    ...(mapping ? [`Columns of your own: ${mapping}.`] : []),
    ...warnings.map((warning) => `- ${warning}`),
  ];
}

function rowLine({ row, email, result, code, reason }: ShownRow): string {
  const what = [result !== "rejected" && result, code !== "NOT_SENT" && code, reason].filter(Boolean);
  return `- row ${row} ${email || "without an address"}: ${what.join(": ")}`;
}

export function nobodySaved(saved: readonly SavedRow[], enrolling: PreparedEnrolling): Refusal {
  const told = shownRows(saved, enrolling);
  const { rows } = told;
  const shown = rows
    .slice(0, 10)
    .map(({ email, code, reason }) => `${email}: ${[code, reason].filter(Boolean).join(" ") || "refused"}`);
  const left = rows.length - shown.length;
  const more = left > 0 ? `; and ${left} more, under rows in the structured result` : "";
  return new Refusal(
    `Save prospects: Woodpecker refused all ${saved.length} people (${shown.join("; ")}${more}).`,
    "leave out whoever replied, bounced or opted out, and correct what is malformed.",
    NOTHING_CHANGED,
    left > 0
      ? { outcome: "failed", added: 0, updated: 0, duplicates: 0, rejected: saved.length, ...told }
      : undefined,
  );
}
