/** The LinkedIn accounts that LinkedIn steps can act from. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { moreLine, page } from "../values/page.ts";
import { readLinkedinAccounts } from "../woodpecker/linkedin-accounts.ts";

export const listLinkedinAccounts = operation({
  name: "list_linkedin_accounts",
  title: "List LinkedIn accounts",
  effect: "read",
  toolset: "accounts",
  description:
    "List the LinkedIn accounts of the Woodpecker account: ids for LINKEDIN steps, connection, level (InMail needs a paid one).",
  input: {
    usable_only: z.boolean().optional().describe("Only connected ones."),
    ...pageInput,
  },
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
    const accounts = (await readLinkedinAccounts(api))
      .filter(({ connected }) => connected || !usable_only)
      .map(({ connected, paid, ...account }) => ({ ...account, usable: connected, inmail: paid }));
    const { entries, ...rest } = page(accounts, { limit, cursor });
    return { accounts: entries, ...rest };
  },
  text({ accounts, total, next_cursor }) {
    if (total === 0) return "No LinkedIn account matches.";
    const rows = accounts.map(
      ({ id, name, status, level, inmail, url }) =>
        `${id} ${quoted(name ?? "")} ${status}, ${level ?? "level unknown"}, ${inmail ? "can" : "cannot"} send InMail${url ? `, ${url}` : ""}`,
    );
    return [`${accounts.length} of ${total}`, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});
