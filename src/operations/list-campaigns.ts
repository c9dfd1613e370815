/** The campaigns of the account, a page at a time. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { readAddress } from "../model/addresses.ts";
import { statuses } from "../model/statuses.ts";
import { id, line, pageInput, pageOutput } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { readAs } from "../values/lenient.ts";
import { moreLine, page } from "../values/page.ts";
import { type CampaignRow, listCampaignRows } from "../woodpecker/campaigns.ts";

export const listCampaigns = operation({
  name: "list_campaigns",
  title: "List campaigns",
  effect: "read",
  toolset: "campaigns",
  description:
    "List Woodpecker campaigns, newest first. Only RUNNING sends; DRAFT never ran, EDITED is being edited, COMPLETED has nobody left.",
  input: {
    status: z.array(z.enum(statuses)).max(6).optional().describe("Only in these statuses."),
    ids: z.array(id()).min(1).max(100).optional().describe("Only these campaigns."),
    name_contains: z.string().max(200).optional().describe("Only with this in the name."),
    from_email: readAs(line(254).optional().describe("Only sending from this address."), readAddress),
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
          from_names: z.array(z.string()),
          from_emails: z.array(z.string()),
          gdpr_unsubscribe: z.boolean().optional(),
          folder: z.string().optional(),
          folder_id: z.number().optional(),
          bcc: z.string().optional(),
          cc: z.string().optional(),
        }),
      )
      .describe("The campaigns."),
    ...pageOutput,
  },
  async run({ status, ids, name_contains, from_email, limit, cursor }, api) {
    const rows = await listCampaignRows(api, {
      ...(status?.length && { status: status.join(",") }),
      ...(ids && { id: ids.join(",") }),
    });
    const part = name_contains?.toLowerCase() ?? "";
    const sender = from_email?.toLowerCase();
    const matching = rows
      .filter(
        ({ name, from_emails }) =>
          name.toLowerCase().includes(part) &&
          (sender === undefined || from_emails.some((email) => email.toLowerCase() === sender)),
      )
      .map(({ counters: _counters, ...row }) => row)
      .sort(newestFirst);
    const { entries, ...rest } = page(matching, { limit, cursor }, rowLine);
    return { campaigns: entries, ...rest };
  },
  text({ campaigns, total, next_cursor }) {
    if (total === 0) return "No campaign matches.";
    return [`${campaigns.length} of ${total}`, ...campaigns.map(rowLine), ...moreLine(next_cursor)].join(
      "\n",
    );
  },
});

type Row = Omit<CampaignRow, "counters">;

/** By the time of making it; where Woodpecker does not say it, by the id, which grows. */
function newestFirst(a: Row, b: Row): number {
  const [first, second] = [Date.parse(a.created ?? ""), Date.parse(b.created ?? "")];
  return (second > first ? 1 : second < first ? -1 : 0) || b.id - a.id;
}

function rowLine(row: Row): string {
  const { id: number, name, status, created, daily_enroll, from_emails, from_names } = row;
  const { gdpr_unsubscribe, folder, folder_id, bcc, cc } = row;
  const names = from_names.map((one) => quoted(one)).join(", ");
  const senders = from_emails.join(", ");
  const place = folder_id === undefined ? "" : ` (${folder_id})`;
  const facts = [
    senders || names ? `from ${senders && names ? `${senders} (${names})` : senders || names}` : "",
    daily_enroll === undefined ? "" : `daily_enroll ${daily_enroll}`,
    gdpr_unsubscribe === undefined ? "" : `gdpr_unsubscribe ${gdpr_unsubscribe ? "on" : "off"}`,
    folder ? `folder ${quoted(folder)}${place}` : place && `folder${place}`,
    bcc ? `bcc ${bcc}` : "",
    cc ? `cc ${cc}` : "",
    created ? `created ${created}` : "",
  ].filter(Boolean);
  return `${number} ${quoted(name)} ${status}: ${facts.join("; ")}`;
}
