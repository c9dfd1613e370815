/** Checks the settings of a create body or a patch. */
import { isTimezone } from "../timezones.ts";
import { isBoolean, isInteger, isList, isNullOr, isObject, isOneOf } from "./value.ts";

// Above it stands the limit of the account, which is checked where the account is known.
const isDailyEnrol = isInteger(1, Number.MAX_SAFE_INTEGER);

const required = { timezone: isTimezone, daily_enroll: isDailyEnrol };

// Nullable where the documents show null in answers, so that what was read can be written back.
const optional = {
  prospect_timezone: isBoolean,
  gdpr_unsubscribe: isBoolean,
  list_unsubscribe: isBoolean,
  open_disabled_list: isNullOr(isList(isOneOf(["google.com", "outlook.com", "OTHER_PROVIDER"]))),
  auto_pause_prospect_from_domain: isNullOr(isBoolean),
  auto_pause_prospect_from_domain_statuses: isList(isOneOf(["REPLIED", "BOUNCED"])),
  catch_all_verification_mode: isOneOf(["NONE", "BALANCED", "MAXIMUM", "ONLY_VERIFY"]),
  count_followup_delay_in_working_days: isBoolean,
};

export const isSettings = isObject(required, optional);

/** Any of them. A sample of the vendor has a zone outside the closed list (docs/woodpecker-api.md, row 22); the list decides here. */
export const isSettingsPatch = isObject({}, { ...required, ...optional });
