/** The client companies of an agency. */
import { z } from "zod/v3";
import { type CallTools, operation } from "../calls/operation.ts";
import { pageInput, pageOutput } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { moreLine, page } from "../values/page.ts";
import { readCompanies } from "../woodpecker/companies.ts";
import { ApiFailure } from "../woodpecker/failure.ts";

const current = z
  .object({ id: z.number().optional(), name: z.string().optional() })
  .describe("The one that the tools act in, where the server was started for one.");
type Current = z.infer<typeof current>;

export const listCompanies = operation({
  name: "list_companies",
  title: "List companies",
  effect: "read",
  toolset: "accounts",
  description:
    "List the client companies of an agency's Woodpecker account. Which one the tools act in is set with --company-id, never by a tool.",
  input: { active_only: z.boolean().optional().describe("Leave out inactive companies."), ...pageInput },
  output: {
    companies: z
      .array(z.object({ id: z.number(), name: z.string(), active: z.boolean().optional() }))
      .describe("The companies."),
    current: current.optional(),
    ...pageOutput,
  },
  hints: { E_NO_PERMISSION: "Only the key of an agency's headquarters account can list client companies." },
  async run({ active_only, limit, cursor }, api, _prepared, { account }) {
    const all = await readCompanies(api).catch((error) => {
      throw inAccount(error, account);
    });
    const { entries, ...rest } = page(active_only ? all.filter((one) => one.active !== false) : all, {
      limit,
      cursor,
    });
    const current = currentOf(account, all);
    return { companies: entries, ...(current && { current }), ...rest };
  },
  text({ companies, current, total, next_cursor }) {
    const where = current ? [`The tools act in ${sayCurrent(current)}.`] : [];
    if (total === 0) return ["There is no client company.", ...where].join("\n");
    const rows = companies.map(
      ({ id, name, active }) => `${id} ${quoted(name)}${active === false ? " (inactive)" : ""}`,
    );
    return [`${companies.length} of ${total}`, ...where, ...rows, ...moreLine(next_cursor)].join("\n");
  },
});

/** As the operator calls it, else as the list does. */
function currentOf(
  { companyId, name }: CallTools["account"],
  all: readonly { id: number; name: string }[] = [],
): Current | undefined {
  if (companyId === undefined) return name === undefined ? undefined : { name };
  const id = Number(companyId);
  return { id, name: name ?? all.find((one) => one.id === id)?.name };
}

const sayCurrent = ({ id, name }: Current) =>
  [id !== undefined && `client company ${id}`, name !== undefined && quoted(name)].filter(Boolean).join(" ");

/** Where the list is refused, too, it can be said whose account it is. */
function inAccount(error: unknown, account: CallTools["account"]): unknown {
  const current = currentOf(account);
  if (!(error instanceof ApiFailure) || !current) return error;
  return new ApiFailure({
    ...error.facts,
    seen: `The tools act in ${sayCurrent(current)}.`,
    data: { companies: [], total: 0, current },
  });
}
