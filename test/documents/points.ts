/**
 * What the documents settle, said once for each statement; test/documents/points.test.ts has to have a check for every one of them,
 * or it does not compile. docs/documents.md is written from here.
 */
import type { Source } from "./statements.ts";

interface Point {
  says: string;
  sources: readonly Source[];
}

const all = {
  only_verify: {
    says: "ONLY_VERIFY: a check of such a draft names catch-all addresses, and advises no other mode",
    sources: ["S4", "addendum"],
  },
  only_verify_sent: {
    says: "ONLY_VERIFY: a catch-all address waits under TO-REVIEW, another one gets its e-mail",
    sources: ["S4", "addendum"],
  },
  pause_read_back: {
    says: "a pause that Woodpecker accepts while the campaign still reads RUNNING is accepted, not done",
    sources: ["S1", "S2"],
  },
  stop_of_a_draft: { says: "stopping a DRAFT offers no launch as the way back", sources: ["S1"] },
  unsupported_read: {
    says: "a campaign that the API does not show is told from its row, with senders and openings a day",
    sources: ["S1", "S3", "S4"],
  },
  unsupported_edit: {
    says: "an edit of such a campaign is refused with API_UNSUPPORTED_CAMPAIGN_FEATURES, the causes and the app",
    sources: ["S1", "S4"],
  },
  details: { says: "details of an error is quoted, whatever its shape", sources: ["S1", "S2", "S4"] },
  raised_limit: {
    says: "more than 500 openings a day are for Woodpecker to judge",
    sources: ["S1", "addendum"],
  },
  wait_defaults: { says: "a wait without a value is 1, without a range DAY", sources: ["S1", "addendum"] },
  no_name: { says: "a campaign without a name gets one, which is told", sources: ["S1", "addendum"] },
  get_to_create: {
    says: "the body of get creates the same campaign again, the last followup_after included",
    sources: ["S1", "S4"],
  },
  features: { says: "403 MISSING_FEATURES is told without findings of a check", sources: ["S0", "S1"] },
  broken_mailbox: { says: "a 409 over a broken mailbox names the mailbox", sources: ["S1"] },
  plain_text: { says: "a refusal in plain text is quoted as it is", sources: ["addendum"] },
  unsubscribe_fallback: { says: "{{UNSUBSCRIBE}} may have a fallback", sources: ["S1", "addendum"] },
  spintax_form: { says: "SPINTAX without its blanks is found before Woodpecker refuses it", sources: ["S4"] },
  fifteen_snippets: { says: "of {{SNIPPET_16}} it is said that there are 15", sources: ["S1"] },
  list_fields: {
    says: "the list tells from_names, gdpr_unsubscribe, folder_id, bcc and cc in both forms",
    sources: ["S3", "addendum"],
  },
  newest_first: { says: "newest first is by created", sources: ["S3"] },
  same_domain: {
    says: "pausing colleagues is copied in the form that was read",
    sources: ["S4", "addendum"],
  },
  pause_completed: { says: "pausing a COMPLETED campaign is asked of Woodpecker", sources: ["S1"] },
  key_place: { says: "where keys are is said once, in both names", sources: ["S3", "addendum"] },
  status_page: { says: "Woodpecker's status page is named where Woodpecker fails", sources: ["addendum"] },
  odd_time: { says: "a time beyond all times is no defect of this server", sources: ["addendum"] },
  footer: {
    says: "PATCH of a mailbox sets its footer; an empty text or null takes it away",
    sources: ["addendum"],
  },
} as const satisfies Record<string, Point>;

export type PointName = keyof typeof all;
export const points: Readonly<Record<PointName, Point>> = all;
