/** Campaign settings (docs/woodpecker-api.md, Campaigns: settings). */
import { z } from "zod/v3";
import { canonical } from "../values/canonical.ts";
import { whole } from "../values/fields.ts";
import { hidden, publishedAs } from "../values/json-schema.ts";
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
    auto_pause_prospect_from_domain: publishedAs(z.boolean(), hidden).optional(),
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

/** Colleagues are paused by a boolean, which is documented, or by a list of statuses, which others have seen. */
const asBoolean = "auto_pause_prospect_from_domain";
const asList = "auto_pause_prospect_from_domain_statuses";
type Reason = (typeof stopReasons)[number];

/**
 * Settings to be written, with same-domain pausing in the form, or forms, that the campaign has it in. One that shows
 * neither gets the documented boolean where that can say it; after a bounce, only the list can.
 */
export function inFormOf(shown: Loose, given: Loose): Loose {
  const { [asBoolean]: onReply, [asList]: list, ...rest } = given;
  if (typeof onReply !== "boolean" && !Array.isArray(list)) return given;
  const asked = new Set<Reason>(asArray(list) as Reason[]);
  if (onReply === true) asked.add("REPLIED");
  const hasBoolean = typeof shown[asBoolean] === "boolean";
  const hasList = Array.isArray(shown[asList]);
  return {
    ...rest,
    ...((hasBoolean || !(hasList || asked.has("BOUNCED"))) && { [asBoolean]: asked.has("REPLIED") }),
    ...((hasList || asked.has("BOUNCED")) && { [asList]: stopReasons.filter((one) => asked.has(one)) }),
  };
}

/** The API's null for the boolean says that the campaign has the list. */
const inFormOfNew = (given: Loose): Loose =>
  inFormOf(given[asBoolean] === null ? { [asList]: [] } : {}, withoutNull(given));

export const UNDOCUMENTED_FORM =
  "Woodpecker's pages know only auto_pause_prospect_from_domain, a pause after a reply; this list, which others have seen, may be refused or left out: the campaign's settings show whether it is there.";

/** Whether a campaign shows that form. */
export const hasListForm = (shown: Loose): boolean => Array.isArray(shown[asList]);

/** Whether the form that no document of Woodpecker's has says anything. */
export const isUndocumentedForm = (given: Loose): boolean => asArray(given[asList]).length > 0;

/** Arguments whose settings may stand beside `settings` instead of inside. */
export function acceptSettings(args: Loose, ear: Ear, formOf = withoutNull): Loose {
  const gathered = gatherSettings(args, ear);
  return isObject(gathered.settings) ? { ...gathered, settings: formOf(gathered.settings) } : gathered;
}

/** The same for a campaign that is not there yet. */
export const acceptNewSettings = (args: Loose, ear: Ear) => acceptSettings(args, ear, inFormOfNew);

/** Woodpecker's null is an order in one place, none of the providers, and in another it is no value. */
const withoutNull = (given: Loose): Loose => ({
  ...shownForms(given),
  ...(given.open_disabled_list === null && { open_disabled_list: [] }),
});

/** A form that is null is not there. */
const shownForms = (given: Loose): Loose =>
  Object.fromEntries(Object.entries(given).filter(([field, value]) => field !== asBoolean || value !== null));

const settingNames = Object.keys(settings.shape);

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
export const settingsFrom = (body: unknown): Loose => shownForms(asObject(body));
