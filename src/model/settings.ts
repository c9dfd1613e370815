/** Campaign settings (docs/woodpecker-api.md, Campaigns: settings). */
import { z } from "zod/v3";
import { canonical } from "../values/canonical.ts";
import { whole } from "../values/fields.ts";
import { type Ear, readAs } from "../values/lenient.ts";
import { asArray, asObject, isObject, type Loose } from "../values/loose.ts";
import { judgeTimezone, readTimezone, timezoneFault } from "./timezones.ts";

const providers = ["google.com", "outlook.com", "OTHER_PROVIDER"] as const;
const stopReasons = ["REPLIED", "BOUNCED"] as const;
const catchAllModes = ["NONE", "BALANCED", "MAXIMUM", "ONLY_VERIFY"] as const;

const timezone = readAs(
  z
    .string()
    .max(60)
    .superRefine((name, context) => {
      const message = timezoneFault(name);
      if (message) context.addIssue({ code: "custom", message });
    })
    .describe("Such as Europe/Berlin."),
  readTimezone,
);

export const settings = z
  .object({
    timezone,
    // The account's own sending limit decides; 500 is the usual one.
    daily_enroll: whole(1, 100_000).describe("New people a day."),
    prospect_timezone: z.boolean().optional().describe("By the prospect's zone."),
    gdpr_unsubscribe: z.boolean().optional().describe("Offer data removal."),
    list_unsubscribe: z.boolean().optional().describe("Add that header."),
    open_disabled_list: z.array(z.enum(providers)).max(3).optional().describe("Not tracked there."),
    auto_pause_prospect_from_domain_statuses: z
      .array(z.enum(stopReasons))
      .max(2)
      .optional()
      .describe("Pause colleagues then."),
    catch_all_verification_mode: z.enum(catchAllModes).optional().describe("ONLY_VERIFY: not to catch-all."),
    count_followup_delay_in_working_days: z.boolean().optional().describe("Wait in working days."),
  })
  .strict();

export type CampaignSettings = z.infer<typeof settings>;

/** Said of a real zone that is not on Woodpecker's list, which is older than the API's samples. */
export function timezoneWarning(name: string): string | undefined {
  const verdict = judgeTimezone(name);
  if (verdict.kind !== "unlisted") return undefined;
  const same = verdict.similar.length > 0 ? `; the same time is kept by ${verdict.similar.join(", ")}` : "";
  return `${name} is not on Woodpecker's published list and may be refused${same}.`;
}

/**
 * Same-domain pausing has an old form, a boolean, and a new one, a list of statuses. Both are read, from people and from
 * the API; the list is what is written (docs/woodpecker-api.md, Contradictions: row 19). Everything else stays
 * as it is.
 */
export function withStatusList(given: Loose): Loose {
  const { auto_pause_prospect_from_domain: old, ...rest } = given;
  if (old === null) return rest;
  if (typeof old !== "boolean") return given;
  const statuses = asArray(rest.auto_pause_prospect_from_domain_statuses);
  return {
    ...rest,
    auto_pause_prospect_from_domain_statuses: old && statuses.length === 0 ? ["REPLIED"] : statuses,
  };
}

/** Arguments whose settings may have the old form, or stand beside `settings` instead of inside. */
export function acceptSettings(args: Loose, ear: Ear): Loose {
  const gathered = gatherSettings(args, ear);
  return isObject(gathered.settings)
    ? { ...gathered, settings: withoutNull(withStatusList(gathered.settings)) }
    : gathered;
}

/** Woodpecker gives null for "none of them", which is an order here and no omission. */
const withoutNull = (given: Loose): Loose =>
  given.open_disabled_list === null ? { ...given, open_disabled_list: [] } : given;

const settingNames = [...Object.keys(settings.shape), "auto_pause_prospect_from_domain"];

function gatherSettings(args: Loose, ear: Ear): Loose {
  const beside = settingNames.filter((name) => Object.hasOwn(args, name));
  if (
    beside.length === 0 ||
    !(args.settings === undefined || args.settings === null || isObject(args.settings))
  )
    return args;
  const inside: Loose = { ...asObject(args.settings) };
  const rest: Loose = { ...args };
  for (const name of beside) {
    const isTwice = Object.hasOwn(inside, name) && canonical(inside[name]) !== canonical(args[name]);
    if (isTwice) ear.fault([name], `stands twice, here and in settings.${name}, with two values; give one`);
    else ear.note([name], `read as settings.${name}`);
    inside[name] ??= args[name];
    delete rest[name];
  }
  return { ...rest, settings: inside };
}

/** What is read: every field the API sent, unknown ones too. */
export const settingsFrom = (body: unknown): Loose => withStatusList(asObject(body));
