/** An account as an operator writes it into a file: its key, and what holds for it alone. */
import { z } from "zod/v3";
import { accessLevels } from "../calls/effects.ts";
import { faultInKey } from "../settings/api-key.ts";
import type { Limits } from "../settings/limits.ts";
import { isCompanyId } from "../settings/parsers.ts";

const says = (message: string) => ({ errorMap: () => ({ message }) });
const count = z.number(says("is not a whole number")).int().min(0);
const ids = z.array(count, says("is not a list of ids")).nonempty();

/** Strict: a name mistyped would let pass what it was meant to forbid. */
const fields = z
  .object({
    api_key: z.string(says("is missing")).superRefine((key, { addIssue }) => {
      const slip = faultInKey(key);
      if (slip) addIssue({ code: "custom", message: slip });
    }),
    company_id: z.coerce.string().refine(isCompanyId, "is not a number"),
    name: z.string(says("is not a text")).trim().min(1).max(80),
    access: z.enum(accessLevels, says(`is not one of ${accessLevels.join(", ")}`)),
    campaigns: ids,
    mailboxes: ids,
    max_prospects_per_call: count,
    max_prospects_per_day: count,
    max_runs_per_day: count,
    max_daily_enroll: count,
  })
  .partial()
  .strict();

export type Entry = z.infer<typeof fields>;

/** @param needsKey the sandbox needs none */
export function readEntry(who: string, entry: unknown, needsKey = true): Entry | { fault: string } {
  const parsed = (needsKey ? fields.required({ api_key: true }) : fields).safeParse(entry);
  if (parsed.success) return parsed.data;
  const named = JSON.stringify(who);
  const faults = parsed.error.issues.map((issue) => {
    const [field] = issue.path;
    if (issue.code === "unrecognized_keys") {
      const strange = issue.keys.map((key) => JSON.stringify(key)).join(", ");
      return `${named} has ${strange}, which is not understood; known are ${Object.keys(fields.shape).join(", ")}`;
    }
    if (field === "api_key") return `${named} has no usable api_key: it ${issue.message.replace(/^it /, "")}`;
    return field === undefined ? `${named} is not an account` : `the ${field} of ${named} ${issue.message}`;
  });
  return { fault: [...new Set(faults)].join("; ") };
}

/** What the process allows and the entry narrows: both hold. */
export function narrowed(limits: Limits, entry: Entry): Limits {
  const both = (own?: number[], all?: number[]) =>
    own && all ? own.filter((id) => all.includes(id)) : (own ?? all);
  const least = (own = Number.POSITIVE_INFINITY, all = Number.POSITIVE_INFINITY) =>
    Math.min(own, all) === Number.POSITIVE_INFINITY ? undefined : Math.min(own, all);
  return {
    campaigns: both(entry.campaigns, limits.campaigns),
    mailboxes: both(entry.mailboxes, limits.mailboxes),
    prospectsPerCall: least(entry.max_prospects_per_call, limits.prospectsPerCall),
    prospectsPerDay: least(entry.max_prospects_per_day, limits.prospectsPerDay),
    runsPerDay: least(entry.max_runs_per_day, limits.runsPerDay),
    dailyEnroll: least(entry.max_daily_enroll, limits.dailyEnroll),
  };
}
