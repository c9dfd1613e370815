/** The list of people that a call was given, read once; it goes with the people, and is no part of what was asked for. */
import { columnFields } from "../../model/people-columns.ts";
import { notesOf, type PeopleList, readPeople } from "../../model/people-list.ts";
import { closest } from "../../values/closest.ts";
import { type Fault, unfit } from "../../values/fault.ts";
import { quoted } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";

const lists = new WeakMap<object, PeopleList>();

interface Given {
  prospects?: readonly unknown[] | undefined;
  csv?: string | undefined;
  columns?: Record<string, string> | undefined;
  all_or_nothing?: boolean | undefined;
  campaign_id?: number | undefined;
}

/** However a list is written, the call goes on with its people. */
export async function unfoldPeople(given: Given): Promise<{ input: Loose; notes: Fault[] }> {
  const list = await readPeople(given);
  const isTable = given.csv !== undefined;
  if (given.campaign_id === undefined) {
    const field = ["interested", "send_after"].find((name) => list.people.some((person) => name in person));
    const message = `: ${field} is of people in a campaign; give campaign_id, or leave it out`;
    if (field) throw unfit([isTable ? "csv" : "prospects"], message);
  }
  lists.set(list.people, list);
  const { csv: _csv, columns: _columns, ...rest } = given;
  return { input: { ...rest, prospects: list.people }, notes: notesOf(list, isTable) };
}

export const givenListOf = (people: readonly unknown[]): PeopleList =>
  lists.get(people) ?? {
    people: people as Loose[],
    rows: people.map((_, index) => index + 1),
    left: [],
    cleaned: [],
    warnings: [],
    odd: 0,
    leftOut: [],
  };

/** Rules between the arguments that say who. */
export function oneList({ prospects, csv, columns }: Loose): Fault[] {
  if (prospects === undefined && csv === undefined)
    return [{ path: ["prospects"], message: "is required; or csv, the text of a table" }];
  if (prospects !== undefined && csv !== undefined)
    return [{ path: ["csv"], message: "does not go with prospects; give one of the two" }];
  return columnFaults((columns ?? {}) as Record<string, string>);
}

function columnFaults(columns: Record<string, string>): Fault[] {
  const taken = new Map<string, string>();
  return Object.entries(columns).flatMap(([header, field]): Fault[] => {
    const path = ["columns", header];
    if (field === "none" || field === "") return [];
    // Perhaps the other way round, which the table's own header tells.
    if (columnFields.includes(header) && !columnFields.includes(field)) return [];
    if (!columnFields.includes(field)) {
      const [near] = closest(field, columnFields, 1);
      return [
        {
          path,
          message: `: there is no field ${quoted(field)}${near ? `; did you mean ${near}?` : ""} Fields: ${columnFields.slice(0, 16).join(", ")}, snippet1 to snippet15, or none`,
        },
      ];
    }
    const other = taken.get(field);
    taken.set(field, header);
    return other === undefined
      ? []
      : [{ path, message: `is ${field}, as ${quoted(other)} is; give each field one column` }];
  });
}
