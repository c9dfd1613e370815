/** Finds people, in the account or in a campaign, a page at a time. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { activities, interests, searchFields } from "../model/prospects.ts";
import { globalStatuses, prospectStatuses } from "../model/statuses.ts";
import { InputFailure } from "../values/fault.ts";
import { campaignId, line, whole } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { publishedAs } from "../values/json-schema.ts";
import { moreLine } from "../values/page.ts";
import { readProspects } from "../woodpecker/prospects.ts";

/** Those that people are mostly looked for by; the others are understood, too. */
const shownFields = ["first_name", "last_name", "company", "title", "tags", "city", "country", "industry"];

const fields = publishedAs(z.record(line(200)), {
  type: "object",
  properties: Object.fromEntries(
    shownFields.map((name) => [name, { type: "string", description: "Part of it." }]),
  ),
  description:
    "Parts of values, all of which must fit; also website, phone, address, state, snippet1 to snippet15.",
});

export const searchProspects = operation({
  name: "search_prospects",
  title: "Search prospects",
  effect: "read",
  toolset: "prospects",
  description:
    "Find prospects in the Woodpecker account or in one campaign, by address, fields, status, interest or activity. TO-CHECK in a campaign are set aside, mostly for a missing snippet value; opt-outs are BLACKLIST. Changes nothing.",
  input: {
    campaign_id: campaignId.optional(),
    email: line(254).optional().describe("An address, or a part of one."),
    fields: fields.optional(),
    status: z
      .array(z.enum(prospectStatuses))
      .max(9)
      .optional()
      .describe("Only people in these statuses; the last four only with campaign_id."),
    interest: z.array(z.enum(interests)).max(4).optional().describe("Only people with this interest."),
    activity: z
      .array(z.enum(activities))
      .max(4)
      .optional()
      .describe("Only people who did, or did not, open or click."),
    limit: whole(1, 100).default(25).describe("Rows an answer."),
    cursor: z.string().max(40).optional().describe("The next_cursor so far."),
  },
  output: {
    prospects: z
      .array(z.object({ id: z.number(), email: z.string() }).passthrough())
      .describe("The prospects."),
    total: z.number().describe("How many match."),
    next_cursor: z.string().optional(),
  },
  rules({ campaign_id, status = [], fields = {}, email, activity }) {
    const onlyInCampaigns = status.filter((one) => !(globalStatuses as readonly string[]).includes(one));
    const faults = [];
    if (campaign_id === undefined && onlyInCampaigns.length > 0) {
      faults.push({
        path: ["status"],
        message: `${onlyInCampaigns.join(", ")} exist only within a campaign; give campaign_id`,
      });
    }
    for (const [field, value] of Object.entries(fields)) {
      const message = searchFields.includes(field)
        ? valueFault(value)
        : `is not searchable. Valid: ${searchFields.join(", ")}`;
      if (message) faults.push({ path: ["fields", field], message });
    }
    const searched = email !== undefined || Object.keys(fields).length > 0;
    if (activity !== undefined && searched && campaign_id === undefined) {
      faults.push({
        path: ["activity"],
        message:
          "does not go with email or fields over the whole account, where Woodpecker ignores it; give campaign_id",
      });
    }
    const message = email === undefined ? undefined : valueFault(email);
    return message ? [...faults, { path: ["email"], message }] : faults;
  },
  async run({ campaign_id, email, fields = {}, status, interest, activity, limit, cursor }, api) {
    const { page, size } = cursorOf(cursor, limit);
    const { rows, total } = await readProspects(api, {
      campaignId: campaign_id,
      search: { ...(email && { email }), ...fields },
      status,
      interest,
      activity,
      page,
      size,
    });
    const before = (page - 1) * size;
    const matching = total ?? before + rows.length;
    // Without the header nobody knows how many there are; after a full page there may be more.
    const more =
      rows.length > 0 && (total === undefined ? rows.length >= size : before + rows.length < total);
    return { prospects: rows, total: matching, ...(more && { next_cursor: `page-${page + 1}-of-${size}` }) };
  },
  text({ prospects, total, next_cursor }) {
    if (prospects.length === 0) return "No prospect matches.";
    const rows = prospects.map(({ id, email, first_name, last_name, company, status }) => {
      const who = [first_name, last_name].filter(Boolean).join(" ");
      return [String(id), email, who && quoted(who), company && quoted(String(company)), status]
        .filter(Boolean)
        .join(" ");
    });
    return [`${prospects.length} of ${total}`, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});

/** A comma or an equals sign would be read as another condition. */
const valueFault = (value: string) =>
  value.trim() === "" || /[,=]/.test(value) ? "must be text without a comma or an equals sign" : undefined;

/** Pages of Woodpecker's own; the size stays that of the first page. */
function cursorOf(cursor: string | undefined, limit: number): { page: number; size: number } {
  if (cursor === undefined) return { page: 1, size: limit };
  const [, page, size] = /^page-(\d{1,6})-of-(\d{1,3})$/.exec(cursor) ?? [];
  const valid = Number(page) >= 1 && Number(size) >= 1 && Number(size) <= 100;
  if (!valid)
    throw new InputFailure([
      { path: ["cursor"], message: "is not of this list; leave it out to begin again" },
    ]);
  return { page: Number(page), size: Number(size) };
}
