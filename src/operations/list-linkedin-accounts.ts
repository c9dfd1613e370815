import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { quoted, visible } from "../values/foreign.ts";
import { asNumber, asObject, asString } from "../values/loose.ts";
import { moreLine, page } from "../values/page.ts";
import { entriesOf, lineOf } from "../woodpecker/answers.ts";

export const listLinkedinAccounts = operation({
  name: "list_linkedin_accounts",
  title: "List LinkedIn accounts",
  effect: "read",
  toolset: "accounts",
  description:
    "List the LinkedIn accounts of the Woodpecker account: ids for LINKEDIN steps, connection, level (InMail needs a paid one). Changes nothing.",
  input: { usable_only: z.boolean().optional().describe("Only connected ones."), ...pageInput },
  output: {
    accounts: z
      .array(
        z.object({
          id: z.number(),
          name: z.string().optional(),
          status: z.string(),
          usable: z.boolean(),
          level: z.string().optional(),
          inmail: z.boolean(),
          url: z.string().optional(),
        }),
      )
      .describe("The accounts."),
    ...pageOutput,
  },
  async run({ usable_only, limit, cursor }, api) {
    const all = entriesOf(await api.get("/rest/v2/linkedin_accounts"), "linkedin_accounts").map(accountFrom);
    const { entries, ...rest } = page(usable_only ? all.filter((one) => one.usable) : all, { limit, cursor });
    return { accounts: entries, ...rest };
  },
  text({ accounts, total, next_cursor }) {
    if (total === 0) return "No LinkedIn account matches.";
    const rows = accounts.map(
      ({ id, name, status, level, inmail }) =>
        `${id} ${quoted(name ?? "")} ${status}, ${level ?? "level unknown"}, ${inmail ? "can" : "cannot"} send InMail`,
    );
    return [`${accounts.length} of ${total}`, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});

const paid = ["PREMIUM", "RECRUITER_LITE", "SALES_NAVIGATOR"];

function accountFrom(entry: unknown) {
  const { id, full_name, username, session_status, level, linkedin_url } = asObject(entry);
  const status = lineOf(session_status) ?? "UNKNOWN";
  return {
    id: asNumber(id) ?? 0,
    name: visible(asString(full_name) ?? asString(username) ?? ""),
    status,
    usable: status === "CONNECTED",
    level: lineOf(level),
    inmail: paid.includes(asString(level) ?? ""),
    url: lineOf(linkedin_url),
  };
}
