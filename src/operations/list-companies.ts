/** The client companies of an agency. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { moreLine, page } from "../values/page.ts";
import { readCompanies } from "../woodpecker/companies.ts";

export const listCompanies = operation({
  name: "list_companies",
  title: "List companies",
  effect: "read",
  toolset: "accounts",
  description:
    "List the client companies of an agency's Woodpecker headquarters account. Which one the tools act in is set where the server is started (--company-id), never by a tool. Changes nothing.",
  input: { active_only: z.boolean().optional().describe("Only active ones."), ...pageInput },
  output: {
    companies: z
      .array(z.object({ id: z.number(), name: z.string(), active: z.boolean().optional() }))
      .describe("The companies."),
    ...pageOutput,
  },
  hints: { E_NO_PERMISSION: "Only the key of an agency's headquarters account can list client companies." },
  async run({ active_only, limit, cursor }, api) {
    const all = await readCompanies(api);
    const { entries, ...rest } = page(active_only ? all.filter((one) => one.active !== false) : all, {
      limit,
      cursor,
    });
    return { companies: entries, ...rest };
  },
  text({ companies, total, next_cursor }) {
    if (total === 0) return "There is no client company.";
    const rows = companies.map(
      ({ id, name, active }) => `${id} ${quoted(name)}${active === false ? " (inactive)" : ""}`,
    );
    return [`${companies.length} of ${total}`, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});
