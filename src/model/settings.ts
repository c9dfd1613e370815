/** Campaign settings, as of the newest vendor pages; the first five are in every document, the others came later. */
import { z } from "zod/v3";
import { whole } from "./fields.ts";
import { asArray, asObject, type Loose } from "./loose.ts";
import { judgeTimezone } from "./timezones.ts";

const providers = ["google.com", "outlook.com", "OTHER_PROVIDER"] as const;
const stopReasons = ["REPLIED", "BOUNCED"] as const;
const catchAllModes = ["NONE", "BALANCED", "MAXIMUM", "ONLY_VERIFY"] as const;

const timezone = z
  .string()
  .max(60)
  .superRefine((name, context) => {
    const message = timezoneFault(name);
    if (message) context.addIssue({ code: "custom", message });
  })
  .describe(
    "Time zone of the delivery windows, from Woodpecker's list, e.g. Europe/Berlin, America/New_York, UTC.",
  );

export const settings = z
  .object({
    timezone,
    daily_enroll: whole(1, 500).describe("Most opening e-mails a day, over all mailboxes."),
    prospect_timezone: z.boolean().optional().describe("Use each prospect's own time zone where known."),
    gdpr_unsubscribe: z
      .boolean()
      .optional()
      .describe("Unsubscribe page offers data removal; needs {{UNSUBSCRIBE}}."),
    list_unsubscribe: z.boolean().optional().describe("List-Unsubscribe header; needs {{UNSUBSCRIBE}}."),
    open_disabled_list: z
      .array(z.enum(providers))
      .max(3)
      .optional()
      .describe("Providers without open tracking."),
    auto_pause_prospect_from_domain: z
      .boolean()
      .optional()
      .describe("Old form of the next field; true means REPLIED."),
    auto_pause_prospect_from_domain_statuses: z
      .array(z.enum(stopReasons))
      .max(2)
      .optional()
      .describe("Pause colleagues of the same domain when one has done this."),
    catch_all_verification_mode: z
      .enum(catchAllModes)
      .optional()
      .describe("Catch-all addresses: NONE contacts all, MAXIMUM only deliverable, ONLY_VERIFY nobody."),
    count_followup_delay_in_working_days: z.boolean().optional().describe("Waits count working days only."),
  })
  .strict();

export type Settings = z.infer<typeof settings>;

function timezoneFault(name: string): string | undefined {
  const verdict = judgeTimezone(name);
  if (verdict.kind === "renamed") return `"${name}" is called "${verdict.use}" in Woodpecker; use that name`;
  if (verdict.kind !== "unknown") return undefined;
  const examples =
    verdict.similar.length > 0 ? verdict.similar : ["Europe/Warsaw", "America/New_York", "UTC"];
  return `is not a time zone that Woodpecker knows; use a name such as ${examples.join(", ")}`;
}

/** A real zone that is not on Woodpecker's list passes with this warning: the list is older than the API's samples. */
export function timezoneWarning(name: string): string | undefined {
  const verdict = judgeTimezone(name);
  if (verdict.kind !== "unlisted") return undefined;
  const same = verdict.similar.length > 0 ? `; the same time is kept by ${verdict.similar.join(", ")}` : "";
  return `settings.timezone: ${name} is not on Woodpecker's published list and may be refused${same}.`;
}

/** What is written: the list form of same-domain pausing; its boolean form is only read (register, row 19). */
export function settingsForApi(input: Settings): Loose {
  const { auto_pause_prospect_from_domain: old, ...rest } = input;
  if (old === undefined || rest.auto_pause_prospect_from_domain_statuses) return rest;
  return { ...rest, auto_pause_prospect_from_domain_statuses: old ? ["REPLIED"] : [] };
}

/** What is read: every field the API sent, unknown ones too, with both forms of same-domain pausing as one. */
export function settingsFrom(body: unknown): Loose {
  const { auto_pause_prospect_from_domain: old, ...rest } = asObject(body);
  const statuses = asArray(rest.auto_pause_prospect_from_domain_statuses);
  if (typeof old !== "boolean") return rest;
  return {
    ...rest,
    auto_pause_prospect_from_domain_statuses: old && statuses.length === 0 ? ["REPLIED"] : statuses,
  };
}
