/** The campaigns of the account, a page at a time. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { statuses } from "../model/statuses.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { moreLine, page } from "../values/page.ts";
import { listCampaignRows } from "../woodpecker/campaigns.ts";

export const listCampaigns = operation({
  name: "list_campaigns",
  title: "List campaigns",
  effect: "read",
  toolset: "campaigns",
  description:
    "List the campaigns of the Woodpecker account, newest first. Only RUNNING sends; DRAFT never ran, EDITED is being edited, COMPLETED has nobody left. Changes nothing.",
  input: {
    status: z.array(z.enum(statuses)).max(6).optional().describe("Statuses."),
    name_contains: z.string().max(200).optional().describe("Part of the name."),
    ...pageInput,
  },
  output: {
    campaigns: z
      .array(
        z.object({
          id: z.number(),
          name: z.string(),
          status: z.string(),
          created: z.string().optional(),
          daily_enroll: z.number().optional(),
          from_emails: z.array(z.string()),
          folder: z.string().optional(),
        }),
      )
      .describe("The campaigns."),
    ...pageOutput,
  },
  async run({ status, name_contains, limit, cursor }, api) {
    const rows = await listCampaignRows(api, status?.length ? { status: status.join(",") } : {});
    const wanted = name_contains?.toLowerCase() ?? "";
    const matching = rows
      .filter((row) => row.name.toLowerCase().includes(wanted))
      .sort((a, b) => b.id - a.id);
    const { entries, ...rest } = page(matching, { limit, cursor });
    return { campaigns: entries, ...rest };
  },
  text({ campaigns, total, next_cursor }) {
    if (total === 0) return "No campaign matches.";
    const rows = campaigns.map(({ id, name, status, from_emails }) => {
      const from = from_emails.length > 0 ? `, from ${from_emails.join(", ")}` : "";
      return `${id} ${quoted(name)} ${status}${from}`;
    });
    return [`${campaigns.length} of ${total}`, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});
