/** Which findings can be why Woodpecker refused something. What people would notice is no cause of a refusal. */
import type { Finding } from "./finding.ts";

/** Rules about what Woodpecker itself does not accept (docs/check.md: what each looks at). */
const refusing: ReadonlySet<string> = new Set([
  "model",
  "timezone_unlisted",
  "wait_in_minutes",
  "same_domain_statuses",
  "daily_enroll_unusual",
  "mailbox_missing",
  "mailbox_receives",
  "mailbox_error",
  "mailbox_not_in_slot",
  "linkedin_account_missing",
  "linkedin_disconnected",
  "linkedin_without_inmail",
  "linkedin_note_long",
  "unknown_snippet",
  "broken_snippet",
  "snippet_spacing",
  "spintax_alternatives",
  "spintax_form",
  "other_spintax",
  "other_tool_snippet",
  "no_text",
]);

/** @param roots the parts of the campaign that were written; all by default */
export const mayBeWhy =
  (roots?: readonly string[]) =>
  ({ rule, severity, path }: Finding): boolean =>
    severity !== "info" &&
    refusing.has(rule) &&
    (roots === undefined || roots.some((root) => path === root || path.startsWith(root)));
