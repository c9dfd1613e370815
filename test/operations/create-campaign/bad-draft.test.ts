/** Drafts that break a rule: each is refused with its place in the list view, in our form and in the API's. */
import { describe, expect, it } from "vitest";
import { draft } from "../../support/draft.ts";
import {
  bad,
  create,
  email,
  expectRefused,
  hello,
  node,
  type Row,
  refuseAll,
  step,
  tree,
} from "../../support/refused.ts";
import { openSession } from "../../support/session.ts";

const later = (more: object) => [email(), email({ wait: { value: 1, range: "DAY" }, ...more })];
const settings = (more: object) => create({ settings: { ...draft.settings, ...more } });
const time = (from: string, to: string, days = ["MONDAY"]) => ({ days, from, to });
const times = (...delivery_times: object[]) => create({ delivery_times });
const linkedin = (action: string, versions: object[]) =>
  create({ steps: [{ type: "LINKEDIN", linkedin: { action, account_id: 77 }, versions }] });

const sequences: Row[] = [
  bad("no steps", create({ steps: [] }), "steps needs at least 1 entry"),
  bad("17 steps", create({ steps: Array(17).fill(email()) }), "steps may have at most 16 entries"),
  bad(
    "17 steps as a tree",
    tree(Array.from({ length: 16 }).reduce<object>((followup) => node({ followup }), node())),
    "steps may have at most 16 entries",
  ),
  bad("steps that are missing", create({ steps: undefined }), "steps is required"),
  bad(
    "a tree without a step",
    create({ steps: { type: "START", followup: null } }),
    "steps needs at least 1 entry",
  ),
  bad("a tree without START", create({ steps: node() }), "steps must be a list"),
  bad(
    "six versions",
    step({ versions: Array(6).fill(hello) }),
    "steps[0].versions may have at most 5 entries",
  ),
  bad("no version", step({ versions: [] }), "steps[0].versions needs at least 1 entry"),
  bad("a step of kind SMS", step({ type: "SMS" }), "steps[0].type must be one of EMAIL, LINKEDIN", '"SMS"'),
  bad(
    "a first e-mail without a subject",
    step({ versions: [{ message: "Hi" }] }),
    "steps[0].versions[0].subject is required",
  ),
  bad(
    "a first e-mail with an empty subject",
    step({ versions: [{ subject: " ", message: "Hi" }] }),
    "steps[0].versions[0].subject is required",
  ),
  bad(
    "a first e-mail whose version B has no subject",
    step({ versions: [hello, { message: "Hi" }] }),
    "steps[0].versions[1].subject is required",
    "version B",
  ),
  bad(
    "a first e-mail of a tree without a subject",
    tree(node({ body: { versions: [{ subject: null, message: "x" }] } })),
    "steps[0].versions[0].subject is required",
  ),
  bad(
    "an empty message",
    step({ versions: [{ ...hello, message: " " }] }),
    "steps[0].versions[0].message must not be empty",
  ),
  bad("no message", step({ versions: [{ subject: "Hi" }] }), "steps[0].versions[0].message is required"),
  bad(
    "a wait before the first step",
    create({ steps: [email({ wait: { value: 1, range: "DAY" } })] }),
    "steps[0].wait",
  ),
  bad(
    "a wait of 0 days",
    create({ steps: later({ wait: { value: 0, range: "DAY" } }) }),
    "steps[1].wait.value must be at least 1",
  ),
  bad(
    "a wait of 10000 days",
    create({ steps: later({ wait: { value: 10_000, range: "DAY" } }) }),
    "steps[1].wait.value must be at most 9999",
  ),
  bad(
    "a wait in weeks",
    create({ steps: later({ wait: { value: 1, range: "WEEK" } }) }),
    "steps[1].wait.range must be one of DAY, HOUR, MINUTE",
  ),
  bad(
    "a wait of half a day",
    create({ steps: later({ wait: { value: 0.5, range: "DAY" } }) }),
    "steps[1].wait.value",
  ),
  bad(
    "a wait of 0 days in a tree",
    tree(node({ followup_after: { range: "DAY", value: 0 }, followup: node() })),
    "steps[1].wait.value must be at least 1",
  ),
  bad(
    "an unknown signature",
    step({ versions: [{ ...hello, signature: "NONE" }] }),
    "steps[0].versions[0].signature must be one of SENDER, NO_SIGNATURE",
  ),
  bad(
    "a LinkedIn step without its action",
    create({ steps: [{ type: "LINKEDIN", versions: [{ message: "" }] }] }),
    "steps[0].linkedin is required",
  ),
  bad("a visit with a text", linkedin("VISIT_PROFILE", [{ message: "Hi" }]), "steps[0].versions[0].message"),
  bad(
    "a direct message without a text",
    linkedin("DIRECT_MESSAGE", [{ message: "" }]),
    "steps[0].versions[0].message must not be empty",
  ),
  bad("a subject on a direct message", linkedin("DIRECT_MESSAGE", [hello]), "steps[0].versions[0].subject"),
  bad(
    "a snippet in the subject of an InMail",
    linkedin("INMAIL_MESSAGE", [{ subject: "{{TITLE}}", message: "Hi" }]),
    "steps[0].versions[0].subject",
  ),
  bad(
    "an e-mail step without any window",
    create({ delivery_times: undefined }),
    "steps[0].delivery_times is required",
  ),
  bad(
    "no mailbox for an e-mail step",
    create({ mailbox_ids: [] }),
    "mailbox_ids needs at least one",
    "the list of mailboxes",
  ),
  bad("mailboxes that are missing", create({ mailbox_ids: undefined }), "mailbox_ids needs at least one"),
  bad("a mailbox named twice", create({ mailbox_ids: [501, 501] }), "mailbox_ids names a mailbox twice"),
  bad(
    "a mailbox that is not a number",
    create({ mailbox_ids: ["nora"] }),
    "mailbox_ids[0] must be a whole number",
  ),
  bad("two different lists of mailboxes", create({ email_account_ids: [502] }), "email_account_ids"),
];

const windows: Row[] = [
  bad(
    "a window from 18:00 to 09:00",
    times(time("18:00", "09:00")),
    "delivery_times[0].to must be later than from (18:00)",
  ),
  bad("a window from 09:00 to 09:00", times(time("09:00", "09:00")), "delivery_times[0].to"),
  bad(
    "overlapping windows",
    times(time("08:00", "12:00"), time("11:00", "13:00")),
    "delivery_times[1]",
    "overlaps",
    "MONDAY",
  ),
  bad(
    "a window inside a whole day",
    times(time("00:00", "24:00"), time("11:00", "13:00")),
    "delivery_times[1]",
    "overlaps",
  ),
  bad("9:5", times(time("9:5", "12:00")), "delivery_times[0].from must be a time as HH:mm"),
  bad("7", times(time("7", "12:00")), "delivery_times[0].from could be 07:00 or 19:00; write HH:mm"),
  bad("25:00", times(time("08:00", "25:00")), "delivery_times[0].to must be a time as HH:mm"),
  bad("08:60", times(time("08:60", "12:00")), "delivery_times[0].from"),
  bad("24:00 that does not end a whole day", times(time("08:00", "24:00")), "delivery_times[0].to", "23:59"),
  bad(
    "a day that is none",
    times(time("08:00", "12:00", ["someday"])),
    "delivery_times[0].days[0] must be one of MONDAY",
    '"someday"',
  ),
  bad(
    "T, which is two days",
    times(time("08:00", "12:00", ["T"])),
    "delivery_times[0].days[0] could be TUESDAY or THURSDAY",
  ),
  bad(
    "four windows a day",
    times(...["08", "10", "12", "14"].map((hour) => time(`${hour}:00`, `${hour}:30`))),
    "delivery_times[3]",
    "at most 3 a day",
  ),
  bad("no day", times(time("08:00", "12:00", [])), "delivery_times[0].days needs at least 1 entry"),
  bad("no window", times(), "delivery_times needs at least 1 entry"),
  bad(
    "a bad window of one step",
    step({ delivery_times: [time("18:00", "09:00")] }),
    "steps[0].delivery_times[0].to",
  ),
  bad(
    "a day that is none in a tree",
    tree(node({ delivery_time: { someday: [{ from: "08:00", to: "09:00" }] } })),
    "steps[0].delivery_times[0].days[0]",
  ),
];

const settingsRows: Row[] = [
  bad(
    "the time zone Mars/Base",
    settings({ timezone: "Mars/Base" }),
    "settings.timezone is not a time zone that Woodpecker knows",
    "such as",
  ),
  bad(
    "the time zone EST",
    settings({ timezone: "EST" }),
    "settings.timezone could be America/New_York or America/Panama",
  ),
  bad("no time zone", settings({ timezone: undefined }), "settings.timezone is required"),
  bad("no settings", create({ settings: undefined }), "settings is required"),
  bad("daily_enroll 0", settings({ daily_enroll: 0 }), "settings.daily_enroll must be at least 1", "got 0"),
  bad("daily_enroll -3", settings({ daily_enroll: -3 }), "settings.daily_enroll must be at least 1"),
  bad("daily_enroll 1.5", settings({ daily_enroll: 1.5 }), "settings.daily_enroll must be a whole number"),
  bad(
    "daily_enroll 100001",
    settings({ daily_enroll: 100001 }),
    "settings.daily_enroll must be at most 100000",
  ),
  bad("daily_enroll 1e9", settings({ daily_enroll: 1e9 }), "settings.daily_enroll must be at most 100000"),
  bad("no daily_enroll", settings({ daily_enroll: undefined }), "settings.daily_enroll is required"),
  bad(
    "an unknown catch-all mode",
    settings({ catch_all_verification_mode: "ALL" }),
    "settings.catch_all_verification_mode must be one of",
  ),
  bad(
    "a yes that is not a boolean",
    settings({ gdpr_unsubscribe: "yes" }),
    "settings.gdpr_unsubscribe must be true or false",
  ),
  bad(
    "an unknown provider",
    settings({ open_disabled_list: ["gmail.com"] }),
    "settings.open_disabled_list[0] must be one of",
  ),
];

const texts: Row[] = [
  bad("a name of spaces", create({ name: "   " }), "name must not be empty"),
  bad(
    "a name of 10,000 characters",
    create({ name: "n".repeat(10_000) }),
    "name may have at most 255 characters",
  ),
  bad("a name with a line break", create({ name: "a\nb" }), "name"),
  bad("a name with NUL", create({ name: "a\u0000b" }), "name"),
  bad(
    "a subject with CR LF",
    step({ versions: [{ ...hello, subject: "Hi\r\nBcc: all@example.com" }] }),
    "steps[0].versions[0].subject",
  ),
  bad(
    "a subject with a line break",
    step({ versions: [{ ...hello, subject: "Hi\nthere" }] }),
    "steps[0].versions[0].subject",
    "one line",
  ),
  bad(
    "a message with a replacement mark",
    step({ versions: [{ ...hello, message: "caf\uFFFD" }] }),
    "steps[0].versions[0].message",
    "damaged",
  ),
  bad(
    "a message with half an emoji",
    step({ versions: [{ ...hello, message: "\uD83D" }] }),
    "steps[0].versions[0].message",
    "damaged",
  ),
  bad(
    "a message of 100,001 characters",
    step({ versions: [{ ...hello, message: "m".repeat(100_001) }] }),
    "steps[0].versions[0].message may have at most 100000 characters",
  ),
];

refuseAll({
  "a sequence that breaks a rule": sequences,
  "delivery windows that break a rule": windows,
  "settings that break a rule": settingsRows,
  "a text that would not arrive whole": texts,
});

describe("what is wrong in a tree", () => {
  it.each([
    ["a wait in words", node({ followup_after: "3 days", followup: node() })],
    [
      "a wait whose amount is a word",
      node({ followup_after: { range: "DAY", value: "three" }, followup: node() }),
    ],
    ["a wait of no amount", node({ followup_after: { range: "DAY", value: {} }, followup: node() })],
    [
      "a day whose windows are not a list",
      node({
        delivery_time: { MONDAY: [{ from: "08:00", to: "09:00" }], FRIDAY: { from: "08:00", to: "09:00" } },
      }),
    ],
    [
      "a later subject that is not a text",
      node({ followup: node({ body: { versions: [{ subject: 5, message: "x" }] } }) }),
    ],
    [
      "a version that is not an object",
      node({
        followup: {
          type: "LINKEDIN",
          body: { action_type: "VISIT_PROFILE", linkedin_account_id: 77, versions: ["Hi"] },
        },
      }),
    ],
    [
      "a LinkedIn note that is not a text",
      node({
        followup: {
          type: "LINKEDIN",
          body: { action_type: "CONNECTION_REQUEST", linkedin_account_id: 77, versions: [{ message: 42 }] },
        },
      }),
    ],
    ["a followup that is not an object", node({ followup: "the same again" })],
  ])("is refused, never dropped in silence: %s", async (_name, followup) => {
    const session = await openSession();
    expectRefused(await session.call(...tree(followup)), ["steps"]);
    expect(session.traffic()).toEqual([]);
  });

  it("is refused beside START as well", async () => {
    const session = await openSession();
    const answer = await session.call(
      ...create({ steps: { type: "START", followup: node(), scheduled_start: "tomorrow" } }),
    );
    expectRefused(answer, ["scheduled_start"]);
    expect(session.traffic()).toEqual([]);
  });
});
