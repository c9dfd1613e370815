/** Where people come from: rows of a table or objects, each turned into the fields of a prospect, with what was made of it. */
import type { Fault } from "../values/fault.ts";
import { isObject, type Loose } from "../values/loose.ts";
import { readTable, type Table, type TableRow } from "../values/table.ts";
import { columnFields, FULL_NAME, meaningOf } from "./people-columns.ts";
import { asHeaders, chosenFor, type FilledBy, placesOf } from "./people-places.ts";
import { splitName } from "./people-values.ts";
import { MAX_PROSPECTS } from "./prospects.ts";

/** One person as written, under the names of the fields. */
export interface GivenRow {
  /** Counted from 1; below the header of a table. */
  row: number;
  fields: Loose;
  /** The row cannot be used, whatever it holds. */
  broken?: string;
}

export interface GivenPeople {
  rows: GivenRow[];
  faults: Fault[];
  /** Where a line break was made by hand inside a cell. */
  isTable: boolean;
  /** Header → field. */
  columns?: Record<string, string>;
  /** Headers that found no place. */
  leftOut: string[];
  warnings: string[];
}

/** @param chosen header → field, as somebody said it; "none" leaves a column out */
export async function rowsOfTable(csv: string, chosen: Record<string, string> = {}): Promise<GivenPeople> {
  const isHeader = (cells: readonly string[]) =>
    cells.some(
      (cell) =>
        meaningOf(cell)?.field === "email" ||
        chosenFor(chosen, cell) === "email" ||
        (cell !== "" && cell === chosen.email),
    );
  const table = await readTable(csv, isHeader);
  const wrong = (message: string) => refused([{ path: ["csv"], message }]);
  if (typeof table === "string") return wrong(table);
  const { rows } = table;
  if (rows.length === 0) return wrong("has a header and nobody below it; each person is one row");
  if (rows.length > MAX_PROSPECTS)
    return wrong(
      `has ${rows.length} people, and one call takes at most ${MAX_PROSPECTS}; import it in parts, each with the header`,
    );
  const { places, faults, leftOut } = placesOf(table, asHeaders(table.header, chosen));
  if (faults.length > 0) return refused(faults);
  const given = rows.map((row) => fieldsOf(row, table, places));
  const odd = given.filter(({ one }) => one).map(({ row }) => row);
  return {
    rows: given.map(({ one: _one, ...row }) => row),
    faults: [],
    isTable: true,
    columns: Object.fromEntries(places.map(({ header, field }) => [header, field])),
    leftOut,
    warnings:
      odd.length > 0 ? [`${sayRows(odd)}: the name is one word, and was taken for the first name.`] : [],
  };
}

const refused = (faults: Fault[]): GivenPeople => ({
  rows: [],
  faults,
  isTable: true,
  leftOut: [],
  warnings: [],
});

const MAX_RUNS = 15;

/** "rows 3, 5 to 9" */
export const sayRows = (rows: readonly number[]): string => {
  const runs: [first: number, last: number][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && row === run[1] + 1) run[1] = row;
    else runs.push([row, row]);
  }
  const said = runs.map(([first, last]) =>
    first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first} to ${last}`,
  );
  const shown = said.slice(0, MAX_RUNS).join(", ");
  const more = said.length > MAX_RUNS ? ` and ${said.length - MAX_RUNS} more places` : "";
  return `${rows.length === 1 ? "row" : "rows"} ${shown}${more}`;
};

/** An empty cell says nothing; it clears nothing either. */
function fieldsOf(
  { row, cells }: TableRow,
  { header }: Table,
  places: readonly FilledBy[],
): GivenRow & { one: boolean } {
  const fields: Loose = {};
  let one = false;
  for (const { index, field } of places) {
    const cell = cells[index] ?? "";
    if (cell.trim() === "") continue;
    if (field !== FULL_NAME) fields[field] = cell;
    else {
      const parts = splitName(cell);
      one = parts === undefined;
      Object.assign(fields, parts ? { ...parts, ...fields } : { first_name: cell });
    }
  }
  const beyond = cells.slice(header.length).some((cell) => cell.trim() !== "");
  const broken = `has ${cells.length} cells where the header names ${header.length}; a separator inside a cell needs quotes around it`;
  return { row, fields, one, ...(beyond && { broken }) };
}

/** People as objects, whose fields may go by the names that other tools have. */
export function rowsOfList(list: readonly unknown[], chosen: Record<string, string> = {}): GivenPeople {
  const faults: Fault[] = [];
  const rows = list.map((entry, index): GivenRow => {
    const path = ["prospects", index];
    if (!isObject(entry)) {
      faults.push({ path, message: "must be an object" });
      return { row: index + 1, fields: {} };
    }
    const fields: Loose = {};
    for (const [key, value] of Object.entries(entry)) {
      const field = nameOf(key, chosen);
      if (value === undefined || field === "none" || (value === null && columnFields.includes(field)))
        continue;
      if (field === FULL_NAME && typeof value === "string")
        Object.assign(fields, { ...(splitName(value) ?? { first_name: value }), ...fields });
      else if (Object.hasOwn(fields, field))
        faults.push({ path: [...path, key], message: `is ${field} again` });
      else fields[field] = value;
    }
    return { row: index + 1, fields };
  });
  return { rows, faults, isTable: false, leftOut: [], warnings: [] };
}

/** A name that nobody knows stays, and is refused with its neighbours. */
function nameOf(key: string, chosen: Record<string, string>): string {
  const said = chosenFor(chosen, key);
  if (said !== undefined) return said;
  if (columnFields.includes(key)) return key;
  return /^snipet/i.test(key) ? key : (meaningOf(key)?.field ?? key);
}
