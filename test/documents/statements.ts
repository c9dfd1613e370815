/**
 * What Woodpecker's documents say of campaigns, one statement a row, with where it says so and the test that holds the product
 * to it. docs/documents.md is written from here and from the documented errors; test/documents/statements.test.ts fails for
 * a row whose test is not there.
 */

/** The documents: S0 run, S2 pause, S3 list (v1), S4 get, on the developer pages; S1 the help article on campaigns. */
export type Source = "S0" | "S1" | "S2" | "S3" | "S4" | "addendum";

export interface Statement {
  says: string;
  sources: readonly Source[];
  /** File, and words of the test's name or body. */
  test: readonly [file: string, words: string];
}

const accepted = "test/calls/accepted.test.ts";
const unsupported = "test/calls/unsupported.test.ts";
const bounds = "test/operations/create-campaign/documented-bounds.test.ts";
const notJson = "test/woodpecker/not-json.test.ts";
const article = "test/operations/create-campaign/vendor-article.test.ts";
const errors = "test/calls/documented-errors.test.ts";
const settings = "test/model/settings.test.ts";

export const statements: readonly Statement[] = [
  {
    says: "run, pause and stop answer 200 with an empty body, and the campaign has the new status then",
    sources: ["S0", "S1", "S2"],
    test: [accepted, "a yes that the next read contradicts"],
  },
  {
    says: "a campaign that was paused or stopped is resumed with run, which sends: no way back where nothing was sent before",
    sources: ["S1", "S2"],
    test: [accepted, "what would launch something that did not run is no way back"],
  },
  {
    says: "adding people to a COMPLETED campaign starts it again, so pausing it is asked for",
    sources: ["S1"],
    test: [accepted, "adding people would start it again"],
  },
  {
    says: "a deleted campaign is gone for good",
    sources: ["S1"],
    test: [accepted, "of delete_campaign is accepted, not done"],
  },
  {
    says: "conditions, manual, call and LinkedIn tasks, scheduled starts, AI video snippets and (once) LinkedIn automation are not supported: 409 API_UNSUPPORTED_CAMPAIGN_FEATURES",
    sources: ["S0", "S1", "S4"],
    test: [unsupported, "with the code, all causes and the same advice"],
  },
  {
    says: "the list (v1) still shows such a campaign: senders, per_day, folder, gdpr_unsubscribe, bcc",
    sources: ["S3"],
    test: [unsupported, "shows senders, per_day, folder, opt-out and bcc of its row"],
  },
  {
    says: "a validation failure (409) does not say which field or mailbox is at fault",
    sources: ["S1"],
    test: [unsupported, "under a refusal stand causes, not advice"],
  },
  {
    says: "MISSING_FEATURES (403) is about the plan",
    sources: ["S0", "S1"],
    test: [unsupported, "403 MISSING_FEATURES does not point at the add-on that works"],
  },
  {
    says: "details is null for now and may hold more that helps to identify the problem",
    sources: ["S1", "S2", "S4"],
    test: [notJson, "details of an error body"],
  },
  {
    says: "daily_enroll is above 0 and at most the account's sending limit",
    sources: ["S1", "addendum"],
    test: [bounds, "the account's own limit decides"],
  },
  {
    says: "followup_after: value defaults to 1, range to DAY",
    sources: ["S1", "addendum"],
    test: [bounds, "fills up a wait of"],
  },
  {
    says: 'name may be left out; it is "My campaign #0" then, or the like',
    sources: ["S1", "addendum"],
    test: [bounds, "needs no name, and says which one Woodpecker gave"],
  },
  {
    says: "open_disabled_list may be null, and a day may have no window",
    sources: ["S4"],
    test: [bounds, "takes null for no providers without open tracking"],
  },
  {
    says: "the answer of GET has the form of the body of create, with ids and the status",
    sources: ["S1", "S4"],
    test: [bounds, "takes what GET answers as it is"],
  },
  {
    says: "the example of the article creates a campaign of two e-mails",
    sources: ["S1"],
    test: [article, "the article's campaign"],
  },
  {
    says: "every snippet may have a fallback, UNSUBSCRIBE among them; SPINTAX has one blank on each side of its bars",
    sources: ["S1", "S4", "addendum"],
    test: ["test/preflight/corpus/bad-spintax-form.json", "spintax_form"],
  },
  {
    says: "there are 15 numbered snippets",
    sources: ["S1"],
    test: ["test/preflight/corpus/bad-snippet-numbered.json", "unknown_snippet"],
  },
  {
    says: "ONLY_VERIFY leaves out catch-all addresses; all others are written to",
    sources: ["S4", "addendum"],
    test: ["test/preflight/corpus/bad-only-verify.json", "verifies_only"],
  },
  {
    says: "the list of time zones is closed",
    sources: ["S1"],
    test: ["test/model/timezones.test.ts", "zone"],
  },
  {
    says: "pausing colleagues has the form of a boolean and that of a list of statuses",
    sources: ["S4", "addendum"],
    test: [settings, "is shown, and goes into a copy, as it was read"],
  },
  {
    says: "no campaign at all is 204 without a body",
    sources: ["S3"],
    test: ["test/woodpecker/answers.test.ts", "may be said by"],
  },
  {
    says: "requests above the limit are refused with 429 (v2) and 409 E_TOO_MANY_REQUESTS (v1)",
    sources: ["S3"],
    test: ["test/outside/answers/busy-409.json", "E_TOO_MANY_REQUESTS"],
  },
  {
    says: "a campaign that does not exist is 404 CAMPAIGN_NOT_EXIST",
    sources: ["S0", "S1", "S2", "S4"],
    test: [errors, "an id that does not exist"],
  },
  {
    says: "status.woodpecker.co shows whether Woodpecker has a problem",
    sources: ["addendum"],
    test: ["test/documents/statements.test.ts", "names its status page"],
  },
];
