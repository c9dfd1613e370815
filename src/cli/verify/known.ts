/** Names of fields and words of the API that say nothing about an account. */

const snippets = Array.from({ length: 15 }, (_, index) => `snippet${index + 1} snipet${index + 1}`).join(" ");
const days = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY";

export const knownFields: ReadonlySet<string> = new Set(
  `id name status created type error details detail message title code timestamp msg stats settings steps followup
  followup_after range value delivery_time from to body versions version subject signature track_opens ${days}
  email_account_ids per_day from_name from_email from_names from_emails folder_name folder_id gdpr_unsubscribe bcc cc
  sent delivery opened clicked replied bounced optout interested maybe_later not_interested prospects queue emails
  timezone daily_enroll prospect_timezone list_unsubscribe auto_pause_prospect_from_domain
  auto_pause_prospect_from_domain_statuses catch_all_verification_mode count_followup_delay_in_working_days
  bounce_shield_autopaused_at bounce_rate_threshold email freeze_account imap_id provider daily_limit sent_today
  first_name last_name company organization_id industry website linkedin_url tags phone address city state country
  last_contacted last_replied updated encrypted snippet_labels campaigns_details campaign_id campaign_name campaign_status
  campaign_prospect_status interest_level level ai_detected campaign_email ${snippets}
  content pagination next_page_cursor prospect_id html stamp read campaigns campaign pagination_data total_pages active owner
  running_campaigns email_slots linkedin_slots linkedin_accounts username session_status prospect prospect_campaign`.split(
    /\s+/,
  ),
).add("last replied");

export const knownWords: ReadonlySet<string> = new Set(
  `START EMAIL LINKEDIN SMTP IMAP DRAFT RUNNING PAUSED STOPPED COMPLETED EDITED DELETED ACTIVE REPLIED BLACKLIST BOUNCED
  INVALID TO-CHECK TO-REVIEW OUT-OF-OFFICE AUTOREPLIED NONRESPONSIVE OPT-OUT INTERESTED MAYBE-LATER NOT-INTERESTED NOT-MARKED
  SENDER NO_SIGNATURE DAY HOUR MINUTE OK ERROR DUPLICATE READY FAILED IN_PROGRESS E_SESSION E_NO_PERMISSION E_WRONG_PARAM
  E_INV_STATUS E_TOO_MANY_REQUESTS E_RECORD_NOT_FOUND E_REQUIRED_ELEMENT CAMPAIGN_NOT_EXIST INPUT_DATA_VALIDATION_FAILURE
  API_UNSUPPORTED_CAMPAIGN_FEATURES MISSING_FEATURES`.split(/\s+/),
);
