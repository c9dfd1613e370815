/** Finds people, in the account or in campaigns, a page at a time. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { readAddress } from "../model/addresses.ts";
import { meaningOf } from "../model/people-columns.ts";
import { activities, interests, readableFields, searchFields } from "../model/prospects.ts";
import { globalStatuses, prospectStatuses } from "../model/statuses.ts";
import { type Fault, faultIf } from "../values/fault.ts";
import { campaignId, id, line, whole } from "../values/fields.ts";
import { publishedAs } from "../values/json-schema.ts";
import { type Ear, read, readAs } from "../values/lenient.ts";
import { isObject } from "../values/loose.ts";
import { moreLine } from "../values/page.ts";
import { findPeople, type PeopleSearch } from "./support/find-people.ts";
import { nearby } from "./support/nearby-values.ts";
import { personLine, personRow } from "./support/person-row.ts";

/** Those that people are mostly looked for by; the others are understood, too. */
const shownFields = ["first_name", "last_name", "company", "title", "tags", "country"];

const fields = publishedAs(z.record(z.array(line(200)).min(1).max(20)), {
  type: "object",
  properties: Object.fromEntries(
    shownFields.map((name) => [name, { type: "string", description: "Part of it." }]),
  ),
  description: "Also city, industry, snippet1…; a list: any of them.",
});

export const searchProspects = operation({
  name: "search_prospects",
  title: "Search prospects",
  effect: "read",
  toolset: "prospects",
  description:
    "Find prospects in the Woodpecker account or in campaigns. Fields match in part. TO-CHECK are set aside, mostly for a missing snippet value; opt-outs are BLACKLIST.",
  input: {
    campaign_id: campaignId.optional(),
    campaign_ids: z.array(id()).min(1).max(20).optional().describe("In any of these campaigns."),
    ids: z.array(id()).min(1).max(100).optional().describe("Only these people."),
    email: readAs(line(254).optional().describe("An address, or a part of one."), readAddress),
    fields: fields.optional(),
    exact: z.boolean().optional().describe("Whole values only."),
    status: z.array(z.enum(prospectStatuses)).max(9).optional().describe("The last four only in campaigns."),
    interest: z.array(z.enum(interests)).max(4).optional().describe("Only with this interest."),
    activity: z.array(z.enum(activities)).max(4).optional().describe("What they did."),
    not_contacted: z.boolean().optional().describe("Nobody wrote to them yet."),
    include: publishedAs(z.array(z.enum(readableFields)).max(40), {
      type: "array",
      items: { type: "string" },
      description: "More fields, as title, snippet1.",
    }).optional(),
    limit: whole(1, 100).default(25).describe("Rows an answer."),
    cursor: z.string().max(60).optional().describe("The next_cursor."),
  },
  output: {
    prospects: z
      .array(z.object({ id: z.number(), email: z.string() }).passthrough())
      .describe("The prospects."),
    total: z.number().describe("How many match."),
    next_cursor: z.string().optional(),
    note: z.string().optional(),
  },
  accept: ({ fields: given, ...args }, ear) => ({
    ...args,
    ...(given !== undefined && { fields: listed(given, ear) }),
  }),
  rules: (input) => [...scopeFaults(input), ...valueFaults(input)],
  async run(input, api) {
    const { include = [], fields: wanted = {}, exact } = input;
    const found = await findPeople(api, input);
    const shown = [...new Set([...Object.keys(wanted), ...include])];
    const prospects = found.rows.map((row) => personRow(row, shown));
    const notes = [
      ...found.notes,
      ...(exact ? [] : partly(prospects, wanted)),
      ...(found.total === 0 ? await nearby(api, wanted) : []),
    ];
    const { total, next } = found;
    return {
      prospects,
      total,
      ...(next && { next_cursor: next }),
      ...(notes.length > 0 && { note: notes.join(" ") }),
    };
  },
  text({ prospects, total, next_cursor, note }) {
    const notes = note ? [note] : [];
    if (prospects.length === 0) return ["No prospect matches.", ...notes].join("\n");
    const rows = prospects.map((person) => personLine(person));
    return [`${prospects.length} of ${total}`, ...notes, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});

/** One value for a list, and names of fields as heads of columns have them: "Company", "firstName". */
function listed(given: unknown, ear: Ear): unknown {
  if (!isObject(given)) return given;
  const entries = Object.entries(given).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const meant = searchFields.includes(name) ? name : (meaningOf(name)?.field ?? "");
      const isTaken = meant !== name && Object.hasOwn(given, meant);
      const field = searchFields.includes(meant) && !isTaken ? meant : name;
      if (field !== name) ear.note(["fields", name], read(name, field));
      return [field, Array.isArray(value) ? value : [value]];
    }),
  );
}

function scopeFaults({
  campaign_id: one,
  campaign_ids: many,
  ids,
  email,
  fields = {},
  ...rest
}: PeopleSearch) {
  const { status = [], activity, exact } = rest;
  const within = one !== undefined || many !== undefined;
  const searched = email !== undefined || Object.keys(fields).length > 0;
  const onlyInCampaigns = status.filter((each) => !(globalStatuses as readonly string[]).includes(each));
  const faults: [boolean, string, string][] = [
    [
      one !== undefined && many !== undefined,
      "campaign_ids",
      "does not go with campaign_id; give one of the two",
    ],
    [
      !within && onlyInCampaigns.length > 0,
      "status",
      `${onlyInCampaigns.join(", ")} exist only within a campaign; give campaign_id`,
    ],
    [
      activity !== undefined && searched && !within,
      "activity",
      "does not go with email or fields over the whole account, where Woodpecker ignores it; give campaign_id",
    ],
    [ids !== undefined && searched, "ids", "does not go with email or fields: ids name people already"],
    [
      exact === true && Object.keys(fields).length === 0,
      "exact",
      "goes with fields only; an address with @ is whole anyway",
    ],
  ];
  return faults.flatMap(([isWrong, name, message]) => faultIf(isWrong, [name], message));
}

function valueFaults({ email, fields = {} }: PeopleSearch): Fault[] {
  const faults = Object.entries(fields).flatMap(([field, values]) => {
    const message = searchFields.includes(field)
      ? values.map(valueFault).find((fault) => fault !== undefined)
      : `is not searchable. Valid: ${searchFields.join(", ")}`;
    return message ? [{ path: ["fields", field], message }] : [];
  });
  const message = email === undefined ? undefined : valueFault(email);
  return message ? [...faults, { path: ["email"], message }] : faults;
}

/** A comma or an equals sign would be read as another condition. */
const valueFault = (value: string) =>
  value.trim() === "" || /[,=]/.test(value) ? "must be text without a comma or an equals sign" : undefined;

/** Woodpecker finds "UK" in "Ukraine": said, with the values, where a match is only a part. */
function partly(prospects: readonly Record<string, unknown>[], wanted: Record<string, string[]>): string[] {
  return Object.entries(wanted).flatMap(([field, values]) => {
    const whole = new Set(values.map((value) => value.toLowerCase()));
    const parts = prospects
      .map((person) => String(person[field] ?? ""))
      .filter((value) => value !== "" && !whole.has(value.toLowerCase()));
    if (parts.length === 0) return [];
    const examples = [...new Set(parts)].slice(0, 5).map((value) => JSON.stringify(value));
    return [
      `Of these ${prospects.length}, ${parts.length} match ${field} only in part (${examples.join(", ")}); exact: true takes whole values only.`,
    ];
  });
}
