/** Which column of a table fills which field of a person. */
import { closest } from "../values/closest.ts";
import type { Fault } from "../values/fault.ts";
import { firstOf, quoted } from "../values/foreign.ts";
import { own } from "../values/loose.ts";
import type { Table } from "../values/table.ts";
import { bareHeader, columnFields, FULL_NAME, meaningOf } from "./people-columns.ts";
import { givenStatuses, interests } from "./prospects.ts";

const SLOTS = Array.from({ length: 15 }, (_, index) => `snippet${index + 1}`);

export interface FilledBy {
  index: number;
  header: string;
  field: string;
}

export function chosenFor(chosen: Record<string, string>, header: string): string | undefined {
  const exact = own(chosen, header);
  if (exact !== undefined) return exact;
  const name = bareHeader(header);
  return Object.entries(chosen).find(([key]) => bareHeader(key) === name && name !== "")?.[1];
}

const has = (header: readonly string[], name: string) =>
  header.some((one) => one === name || bareHeader(one) === bareHeader(name));

/** Written the other way round, field to header, it means the same. */
export const asHeaders = (header: readonly string[], chosen: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(chosen).map(([key, value]) =>
      !has(header, key) && columnFields.includes(key) && has(header, value) ? [value, key] : [key, value],
    ),
  );

/** Which column fills which field. */
export function placesOf({ header, rows }: Table, chosen: Record<string, string>) {
  const faults: Fault[] = [];
  const places: FilledBy[] = [];
  for (const key of Object.keys(chosen)) {
    if (has(header, key)) continue;
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
    } else if (field !== "none" && field !== "" && !places.some((place) => place.field === field))
      places.push({ index, header: name, field });
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
  const found = header.find((_name, index) => {
    const values = valuesOf(index);
    return values.filter(isAddress).length > values.length / 2;
  });
  const like = quoted(found ?? "");
  const hint = found === undefined ? "" : `; ${like} looks like it: say so in columns, {${like}: "email"}`;
  return `has no column that is called e-mail${hint}. It has ${sayHeaders(header)}`;
}

const sayHeaders = (header: readonly string[]) => firstOf(header, 20, (name) => quoted(name, 40));
