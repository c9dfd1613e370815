/**
 * A list of people as somebody has it → the people who can be saved, and what was made of the rest: cleaned values, rows that
 * are left out, what may be wrong. Each row is judged by itself; a list is refused as a whole only where its form is not clear.
 */
import { checkAgainst } from "../values/check.ts";
import { type Fault, InputFailure, sayFault } from "../values/fault.ts";
import { oneLine, quoted } from "../values/foreign.ts";
import { read, trimmed } from "../values/lenient.ts";
import type { Loose } from "../values/loose.ts";
import { type OddityKind, oddities, oddityWords } from "./oddities.ts";
import { type GivenPeople, type GivenRow, rowsOfList, rowsOfTable, sayRows } from "./people-rows.ts";
import { cleanValue } from "./people-values.ts";
import { prospect } from "./prospects.ts";

export interface Cleaned {
  row: number;
  field: string;
  before: string;
  after: string;
}

/** Somebody of the list who is not simply added. */
interface LeftRow {
  /** Counted from 1; of a table from the first line below its header. */
  row: number;
  email: string;
  result: "rejected" | "merged";
  code?: string;
  reason: string;
}

export interface PeopleList {
  people: Loose[];
  /** Row of each of them. */
  rows: number[];
  left: LeftRow[];
  cleaned: Cleaned[];
  warnings: string[];
  /** How many people have something that may be wrong. */
  odd: number;
  columns?: Record<string, string>;
  leftOut: string[];
}

interface ListInput {
  prospects?: readonly unknown[] | undefined;
  csv?: string | undefined;
  columns?: Record<string, string> | undefined;
  all_or_nothing?: boolean | undefined;
}

/** @throws InputFailure where nobody could be saved, or not all and that was asked for */
export async function readPeople({
  prospects = [],
  csv,
  columns,
  all_or_nothing,
}: ListInput): Promise<PeopleList> {
  const given = csv === undefined ? rowsOfList(prospects, columns) : await rowsOfTable(csv, columns);
  if (given.faults.length > 0) throw new InputFailure(given.faults);
  const judged = given.rows.map((row) => judge(row, given));
  const said = (which: "faults" | "unknown") =>
    judged.flatMap((one) => one[which].map((fault) => inArguments(one.row, fault, given.isTable)));
  const foreign = said("unknown");
  if (foreign.length > 0) throw new InputFailure(foreign);
  const good = judged.filter(({ faults }) => faults.length === 0);
  const bad = judged.filter(({ faults }) => faults.length > 0);
  if (good.length === 0 || (all_or_nothing && bad.length > 0)) throw new InputFailure(said("faults"));
  const { kept, merged } = oneOfEach(good);
  const odd = oddOf(kept);
  return {
    people: kept.map(({ person }) => person),
    rows: kept.map(({ row }) => row),
    left: [...bad.map(leftOf), ...merged].sort((a, b) => a.row - b.row),
    cleaned: judged.flatMap(({ cleaned }) => cleaned),
    warnings: [...given.warnings, ...sayMerged(merged), ...odd.said],
    odd: odd.count,
    ...(given.columns && { columns: given.columns }),
    leftOut: given.leftOut,
  };
}

interface Judged {
  row: number;
  person: Loose;
  /** Why this row cannot be saved; paths begin at the row. */
  faults: Fault[];
  /** Fields that nobody has; the whole list is about something else then. */
  unknown: Fault[];
  cleaned: Cleaned[];
}

function judge({ row, fields: given, broken }: GivenRow, { isTable }: GivenPeople): Judged {
  if (broken) {
    const fault = { path: [], message: broken };
    return { row, person: given, faults: [fault], unknown: [], cleaned: [] };
  }
  const clean = Object.fromEntries(
    Object.entries(given).map(([field, value]) => [field, cleanValue(field, value, isTable)]),
  );
  const { value, faults } = checkAgainst(prospect, clean);
  const person = faults.length > 0 ? clean : value;
  const unknown = faults.filter(({ message }) => message.startsWith("is not known"));
  const others = faults.filter((fault) => !unknown.includes(fault));
  const fields = others.map(({ path }) => String(path[0]));
  return {
    row,
    person,
    // The first fault of a field explains the others.
    faults: others.filter(({ path }, at) => fields.indexOf(String(path[0])) === at),
    unknown,
    cleaned: Object.entries(given).flatMap(([field, before]) => {
      const after = person[field];
      if (after === before || typeof after !== "string" || typeof before === "object") return [];
      return [{ row, field, before: String(before), after }];
    }),
  };
}

/** The fault of a row as one of the arguments. */
function inArguments(row: number, fault: Fault, isTable: boolean): Fault {
  if (isTable) return { ...fault, path: ["csv"], message: `row ${row}: ${sayInRow(fault)}` };
  return { ...fault, path: ["prospects", row - 1, ...fault.path] };
}

const sayInRow = (fault: Fault): string => (fault.path.length > 0 ? sayFault(fault) : fault.message);

const leftOf = ({ row, person, faults }: Judged): LeftRow => ({
  row,
  email: oneLine(String(person.email ?? "")),
  result: "rejected",
  code: "NOT_SENT",
  // What was given stands beside it.
  reason: faults
    .map((fault) => sayInRow(fault).replace(/ such as anna@example\.com.*$|; got .*$/s, ""))
    .join("; "),
});

const keyOf = ({ email }: Loose) => String(email).toLowerCase();

/** Of two rows of one person the later wins; where they say nothing different, each adds to the other. */
function oneOfEach(judged: readonly Judged[]): { kept: Judged[]; merged: LeftRow[] } {
  const kept = new Map<string, Judged>();
  const merged: LeftRow[] = [];
  for (const one of judged) {
    const key = keyOf(one.person);
    const before = kept.get(key);
    if (!before) {
      kept.set(key, one);
      continue;
    }
    const differing = Object.entries(one.person).flatMap(([field, value]) => {
      const other = before.person[field];
      return field !== "email" && other !== undefined && other !== value ? [field] : [];
    });
    const reason =
      differing.length > 0
        ? `row ${one.row} is the same person and wins; they differ in ${differing.join(", ")}`
        : `row ${one.row} is the same person and says nothing else; both are taken as one`;
    merged.push({ row: before.row, email: String(before.person.email), result: "merged", reason });
    // In the place of the later one, since that is the row that counts.
    kept.delete(key);
    kept.set(key, {
      ...one,
      person: differing.length > 0 ? one.person : { ...before.person, ...one.person },
    });
  }
  return { kept: [...kept.values()], merged };
}

function sayMerged(merged: readonly LeftRow[]): string[] {
  if (merged.length === 0) return [];
  const rows = merged.map(({ row }) => row);
  return [
    `${sayRows(rows)} ${rows.length === 1 ? "is" : "are"} the same person as a later row, which is the one that is taken.`,
  ];
}

/** What may be wrong, a kind at a time, with the rows. */
function oddOf(kept: readonly Judged[]): { said: string[]; count: number } {
  const kinds = new Map<OddityKind, { rows: Set<number>; shown: string }>();
  for (const { row, person } of kept) {
    for (const [field, value] of Object.entries(person)) {
      for (const { kind, meant } of oddities(field, value)) {
        const shown = `${field} ${quoted(String(value), 40)}${meant ? `, perhaps ${quoted(meant)}` : ""}`;
        const known = kinds.get(kind) ?? { rows: new Set<number>(), shown };
        known.rows.add(row);
        kinds.set(kind, known);
      }
    }
  }
  const said = [...kinds].map(([kind, { rows, shown }]) => {
    const first = rows.size > 1 ? `, first ${shown}` : `: ${shown}`;
    return `${oddityWords[kind]} in ${sayRows([...rows])}${first}.`;
  });
  return { said, count: new Set([...kinds.values()].flatMap(({ rows }) => [...rows])).size };
}

/** Values that were cleaned, said among the notes. */
export const MAX_NOTES = 5;

/** Only what nobody sees was taken away from its ends. */
export const isBlankOnly = ({ before, after }: Cleaned): boolean => trimmed(before) === after;

/** What was cleaned, as notes: some of it, since all of it is in the result. */
export function notesOf({ cleaned }: PeopleList, isTable: boolean): Fault[] {
  const place = ({ row, field }: Cleaned): Pick<Fault, "path"> & { at: string } =>
    isTable ? { path: ["csv"], at: ` row ${row} ${field}` } : { path: ["prospects", row - 1, field], at: "" };
  const shown = cleaned.slice(0, MAX_NOTES).map((one): Fault => {
    const { path, at } = place(one);
    const what = isBlankOnly(one) ? "blanks around it are left out" : read(one.before, one.after);
    return {
      path,
      message: `${at}: ${one.before === one.after ? `a number is read as ${quoted(one.after)}` : what}`,
    };
  });
  const more = cleaned.length - shown.length;
  const rest = {
    path: [isTable ? "csv" : "prospects"],
    message: `: ${more} more values were cleaned; cleaned has them`,
  };
  return more > 0 ? [...shown, rest] : shown;
}
