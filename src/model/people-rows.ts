/** Where people come from: rows of a table or objects, each turned into the fields of a prospect, with what was made of it. */
import { closest } from "../values/closest.ts";
import type { Fault } from "../values/fault.ts";
import { quoted } from "../values/foreign.ts";
import { isObject, type Loose, own } from "../values/loose.ts";
import { readTable, type Table, type TableRow } from "../values/table.ts";
import { bareHeader, columnFields, FULL_NAME, meaningOf } from "./people-columns.ts";
import { splitName } from "./people-values.ts";
import { givenStatuses, interests, MAX_PROSPECTS } from "./prospects.ts";

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

const SLOTS = Array.from({ length: 15 }, (_, index) => `snippet${index + 1}`);

/** @param chosen header → field, as somebody said it; "none" leaves a column out */
export async function rowsOfTable(csv: string, chosen: Record<string, string> = {}): Promise<GivenPeople> {
  const isHeader = (cells: readonly string[]) =>
    cells.some((cell) => meaningOf(cell)?.field === "email" || chosenFor(chosen, cell) === "email");
  const table = await readTable(csv, isHeader);
  if (typeof table === "string") return refused([{ path: ["csv"], message: table }]);
  const { rows } = table;
  if (rows.length === 0)
    return refused([{ path: ["csv"], message: "has a header and nobody below it; each person is one row" }]);
  if (rows.length > MAX_PROSPECTS)
    return refused([
      {
        path: ["csv"],
        message: `has ${rows.length} people, and one call takes at most ${MAX_PROSPECTS}; import it in parts, each with the header`,
      },
    ]);
  const { places, faults, leftOut } = placesOf(table, chosen);
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

export const sayRows = (rows: readonly number[]): string => {
  const shown = rows.slice(0, 15).join(", ");
  const more = rows.length > 15 ? ` and ${rows.length - 15} more` : "";
  return `${rows.length === 1 ? "row" : "rows"} ${shown}${more}`;
};

interface Place {
  index: number;
  header: string;
  field: string;
}

function chosenFor(chosen: Record<string, string>, header: string): string | undefined {
  const exact = own(chosen, header);
  if (exact !== undefined) return exact;
  const name = bareHeader(header);
  return Object.entries(chosen).find(([key]) => bareHeader(key) === name && name !== "")?.[1];
}

/** Which column fills which field. */
function placesOf({ header, rows }: Table, chosen: Record<string, string>) {
  const faults: Fault[] = [];
  const places: Place[] = [];
  for (const key of Object.keys(chosen)) {
    if (header.some((name) => name === key || bareHeader(name) === bareHeader(key))) continue;
    const [near] = closest(key, header, 1);
    const message = `: csv has no such column${near ? `; did you mean ${quoted(near)}?` : ""} It has ${sayHeaders(header)}`;
    faults.push({ path: ["columns", key], message });
  }
  const valuesOf = (index: number) =>
    rows.map(({ cells }) => (cells[index] ?? "").trim()).filter((cell) => cell !== "");
  const open: { index: number; name: string; meaning: { field: string; rank: number } | undefined }[] = [];
  for (const [index, name] of header.entries()) {
    const field = chosenFor(chosen, name);
    if (field === undefined) {
      const values = valuesOf(index);
      if (values.length > 0)
        open.push({ index, name: name || `column ${index + 1}`, meaning: meant(name, values) });
    } else if (field !== "none" && field !== "") places.push({ index, header: name, field });
  }
  const hasField = (field: string) => places.some((place) => place.field === field);
  const emails = hasField("email") ? [] : open.filter(({ meaning }) => meaning?.field === "email");
  if (emails.length > 1)
    faults.push({
      path: ["csv"],
      message: `has ${emails.length} columns with addresses: ${sayHeaders(emails.map(({ name }) => name))}; say in columns which one is email, and give the others "none"`,
    });
  if (emails.length === 0 && !hasField("email"))
    faults.push({ path: ["csv"], message: noEmail(header, valuesOf) });
  if (faults.length > 0) return { places, faults, leftOut: [] };

  const sure = open
    .filter(({ meaning }) => meaning)
    .sort((a, b) => (a.meaning?.rank ?? 0) - (b.meaning?.rank ?? 0));
  const custom = open.filter(({ meaning }) => !meaning);
  for (const one of sure) {
    const field = one.meaning?.field as string;
    if (field === FULL_NAME) continue;
    if (hasField(field)) custom.push(one);
    else places.push({ index: one.index, header: one.name, field });
  }
  for (const { index, name } of sure.filter(({ meaning }) => meaning?.field === FULL_NAME)) {
    const [first, last] = [hasField("first_name"), hasField("last_name")];
    if (first && last) continue;
    if (hasField(FULL_NAME)) custom.push({ index, name, meaning: undefined });
    else places.push({ index, header: name, field: first ? "last_name" : FULL_NAME });
  }
  const free = SLOTS.filter((slot) => !hasField(slot));
  custom.sort((a, b) => a.index - b.index);
  for (const { index, name } of custom.slice(0, free.length))
    places.push({ index, header: name, field: free.shift() as string });
  const leftOut = custom
    .filter(({ index }) => !places.some((place) => place.index === index))
    .map(({ name }) => name);
  return { places: places.sort((a, b) => a.index - b.index), faults, leftOut };
}

/** What a header means beside what stands below it. */
function meant(header: string, values: readonly string[]) {
  const meaning = meaningOf(header);
  const most = (form: RegExp) => values.filter((value) => form.test(value)).length > values.length / 2;
  const all = (words: readonly string[]) =>
    values.every((value) => words.includes(value.toUpperCase().replace(/[ _]/g, "-")));
  if (most(/linkedin\.com\/(?:in|sales)\//i) && (!meaning || meaning.field === "website"))
    return { field: "linkedin_url", rank: 1 };
  if (meaning?.field === "linkedin_url" && most(/linkedin\.com\/(?:company|school)\//i)) return undefined;
  if (meaning?.field === "title" && most(/^(?:mrs?|ms|miss|dr|prof|herrn?|frau|mme|pan|pani|sir)\b\.?$/i))
    return undefined;
  if (meaning?.field === "status" && !all(givenStatuses)) return undefined;
  if (meaning?.field === "interested" && !all(interests)) return undefined;
  return meaning;
}

const isAddress = (value: string) => /^\S+@\S+\.\S+$/.test(value);

function noEmail(header: readonly string[], valuesOf: (index: number) => string[]): string {
  if (header.some(isAddress))
    return "begins with a person; its first row has to name the columns, such as email,first_name,company";
  const [found] = header.flatMap((name, index) => {
    const values = valuesOf(index);
    return values.filter(isAddress).length > values.length / 2 && values.length > 0 ? [name] : [];
  });
  const hint =
    found === undefined
      ? ""
      : `; ${quoted(found)} looks like it: say so in columns, {${quoted(found)}: "email"}`;
  return `has no column that is called e-mail${hint}. It has ${sayHeaders(header)}`;
}

const sayHeaders = (header: readonly string[]) =>
  `${header
    .slice(0, 20)
    .map((name) => quoted(name, 40))
    .join(", ")}${header.length > 20 ? ` and ${header.length - 20} more` : ""}`;

/** An empty cell says nothing; it clears nothing either. */
function fieldsOf(
  { row, cells }: TableRow,
  { header }: Table,
  places: readonly Place[],
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
      if (value === undefined || (value === null && columnFields.includes(field))) continue;
      if (field === "none") continue;
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
