/** Arguments as people and models write them: what has one meaning is taken for it, with a note; what has two is refused with both. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weekdays } from "../../src/model/delivery.ts";
import { timezones } from "../../src/model/timezones.ts";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession, type Session } from "../support/session.ts";

const monday = { days: ["MONDAY"], from: "09:00", to: "17:00" };
const windows = (more: object) => ({ ...draft, delivery_times: [{ ...monday, ...more }] });
const settings = (more: object) => ({ ...draft, settings: { ...draft.settings, ...more } });
const steps = (...given: object[]) => ({ ...draft, steps: given });
const hello = { subject: "Hello", message: "<div>Hi</div>" };
const email = { type: "EMAIL", versions: [hello] };

/** The request that create_campaign would send. */
async function bodyOf(
  session: Session,
  args: object,
): Promise<{ body: unknown; notes: string[]; text: string }> {
  const { failed, data, text } = await session.call("create_campaign", { ...args, dry_run: true });
  expect([failed, text]).toEqual([false, text]);
  return { body: data.request.body, notes: data.notes ?? [], text };
}

describe("what has one plain meaning", () => {
  it.each<[string, object, object]>([
    ["9:00", windows({ from: "9:00" }), windows({ from: "09:00" })],
    ["9am", windows({ from: "9am" }), windows({ from: "09:00" })],
    ["9.30", windows({ from: "9.30" }), windows({ from: "09:30" })],
    ["5 p.m.", windows({ to: "5 p.m." }), windows({ to: "17:00" })],
    ["17h", windows({ to: "17h" }), windows({ to: "17:00" })],
    ["0900 and 17:00:00", windows({ from: "0900", to: "17:00:00" }), windows({})],
    ["Mon", windows({ days: ["Mon"] }), windows({})],
    ["monday, alone", windows({ days: "monday" }), windows({})],
    ["Mon-Fri", windows({ days: ["Mon-Fri"] }), windows({ days: weekdays.slice(0, 5) })],
    ["weekdays", windows({ days: "weekdays" }), windows({ days: weekdays.slice(0, 5) })],
    ["Mon, Tue", windows({ days: "Mon, Tue" }), windows({ days: ["MONDAY", "TUESDAY"] })],
    ["one window for a list", { ...draft, delivery_times: monday }, windows({})],
    [
      "windows by day",
      { ...draft, delivery_times: { monday: [{ from: "9:00", to: "17:00" }] } },
      windows({}),
    ],
    ["Europe/Kyiv", settings({ timezone: "Europe/Kyiv" }), settings({ timezone: "Europe/Kiev" })],
    ["US/Pacific", settings({ timezone: "US/Pacific" }), settings({ timezone: "America/Los_Angeles" })],
    ["europe/berlin", settings({ timezone: "europe/berlin" }), settings({ timezone: "Europe/Berlin" })],
    ["Berlin", settings({ timezone: "Berlin" }), settings({ timezone: "Europe/Berlin" })],
    [
      "America/New York",
      settings({ timezone: "America/New York" }),
      settings({ timezone: "America/New_York" }),
    ],
    [
      "Windows' name",
      settings({ timezone: "W. Europe Standard Time" }),
      settings({ timezone: "Europe/Berlin" }),
    ],
    ["blanks", settings({ timezone: "\u00a0Europe/Berlin\u200b" }), settings({ timezone: "Europe/Berlin" })],
    ["digits as text", settings({ daily_enroll: "40" }), settings({ daily_enroll: 40 })],
    ["true as text", settings({ gdpr_unsubscribe: "True" }), settings({ gdpr_unsubscribe: true })],
    [
      "one provider",
      settings({ open_disabled_list: "Google.com" }),
      settings({ open_disabled_list: ["google.com"] }),
    ],
    [
      "only verify",
      settings({ catch_all_verification_mode: "only verify" }),
      settings({ catch_all_verification_mode: "ONLY_VERIFY" }),
    ],
    [
      "settings beside",
      { ...draft, settings: undefined, ...draft.settings, gdpr_unsubscribe: "true" },
      settings({ gdpr_unsubscribe: true }),
    ],
    ["email", steps({ ...email, type: "email" }), steps(email)],
    ["one step for a list", { ...draft, steps: email }, steps(email)],
    ["one version for a list", steps({ type: "EMAIL", versions: hello }), steps(email)],
    ["a text on the step", steps({ type: "EMAIL", ...hello }), steps(email)],
    ["text", steps({ type: "EMAIL", versions: [{ subject: "Hello", text: "Hi" }] }), steps(email)],
    [
      "no signature",
      steps({ type: "EMAIL", versions: [{ ...hello, signature: "no-signature" }] }),
      steps({ type: "EMAIL", versions: [{ ...hello, signature: "NO_SIGNATURE" }] }),
    ],
    [
      "3 days",
      steps(email, { ...email, wait: "3 days" }),
      steps(email, { ...email, wait: { value: 3, range: "DAY" } }),
    ],
    [
      "hours",
      steps(email, { ...email, wait: { value: "4", range: "hours" } }),
      steps(email, { ...email, wait: { value: 4, range: "HOUR" } }),
    ],
    ["a number for text", { ...draft, name: 2026 }, { ...draft, name: "2026" }],
    ["blanks around a name", { ...draft, name: "\u00a0 Autumn \u200b" }, { ...draft, name: "Autumn" }],
    ["one mailbox", { ...draft, mailbox_ids: "501" }, { ...draft, mailbox_ids: [501] }],
    [
      "an address for a mailbox",
      { ...draft, mailbox_ids: ["Nora <NORA@northwind.example>"] },
      { ...draft, mailbox_ids: [501] },
    ],
  ])("%s is taken for it, with a note in both forms", async (_name, given, meant) => {
    const session = await openSession();
    const right = await bodyOf(session, meant);
    const read = await bodyOf(session, given);
    expect(read.body).toEqual(right.body);
    expect(right.notes).toEqual([]);
    expect(read.notes.length).toBeGreaterThan(0);
    for (const note of read.notes) expect(read.text).toContain(`Note: ${note}`);
    // The same for a draft that is only looked at.
    const [checked, wanted] = [
      await session.call("check_campaign", { draft: given }),
      await session.call("check_campaign", { draft: meant }),
    ];
    expect(checked.data.findings).toEqual(wanted.data.findings);
    expect(checked.data.notes.length).toBeGreaterThan(0);
    const shows = (args: object) =>
      session.call("preview_campaign", { draft: args, from: "2026-12-01", people: 10 });
    const [seen, expected] = [await shows(given), await shows(meant)];
    expect(seen.data.calendar).toEqual(expected.data.calendar);
    expect(seen.data.emails).toEqual(expected.data.emails);
    expect(session.attempted()).toEqual([]);
  });

  it.each<[string, object, object]>([
    ["list_campaigns", { status: "running" }, { status: ["RUNNING"] }],
    [
      "list_campaigns",
      { status: "Running, paused", limit: "5" },
      { status: ["RUNNING", "PAUSED"], limit: 5 },
    ],
    ["search_prospects", { interest: "maybe later" }, { interest: ["MAYBE-LATER"] }],
    ["search_prospects", { email: " anna@ " }, { email: "anna@" }],
    [
      "get_campaign",
      { campaign_id: " 2101 ", include: "Content" },
      { campaign_id: 2101, include: "content" },
    ],
    ["list_mailboxes", { type: "smtp", usable_only: "TRUE" }, { type: "SMTP", usable_only: true }],
  ])("%s with %j answers as with %j", async (tool, given, meant) => {
    const session = await openSession();
    const { notes, ...data } = (await session.call(tool, given)).data;
    expect(data).toEqual((await session.call(tool, meant)).data);
    expect(notes.length).toBeGreaterThan(0);
  });

  it("people: addresses with names, links, numbers", async () => {
    const session = await openSession();
    const prospects = [
      { email: "Anna Moser <anna@example.com>", phone: 4930123 },
      { email: "mailto:ben@example.com", status: "paused" },
      { email: "\u200bcleo@example.com " },
    ];
    const { data } = await session.call("save_prospects", { prospects, dry_run: true });
    expect(JSON.stringify(data.request.body)).not.toMatch(/mailto|Moser|\u200b/);
    expect(data.notes).toHaveLength(5);
  });
});

describe("one call, however it is written", () => {
  it("a second create in other words is the first one", async () => {
    const session = await openSession();
    const first = await session.call("create_campaign", windows({ from: "9:00", days: "mon" }));
    const again = await session.call("create_campaign", windows({ from: "09:00" }));
    expect(first.data.outcome).toBe("done");
    expect(again.data).toMatchObject({ outcome: "deduplicated", campaign_id: first.data.campaign_id });
    expect(again.data).not.toHaveProperty("notes");
  });

  it("a token that was asked for in other words is good", async () => {
    const session = await openSession();
    const asked = await session.call("save_prospects", {
      campaign_id: "2101",
      prospects: { email: "Anna <anna@example.com>" },
    });
    expect(asked.data.outcome).toBe("confirmation_required");
    const { confirmation } = asked.data;
    const args = { campaign_id: 2101, prospects: [{ email: "anna@example.com" }], confirmation };
    expect((await session.call("save_prospects", args)).data.outcome).toBe("done");
  });

  it("limits see what is meant", async () => {
    const session = await openSession({ env: { WOODPECKER_MAX_PROSPECTS_PER_CALL: "1" } });
    const prospects = '[{"email": "anna@example.com"}, {"email": "ben@example.com"}]';
    expect((await session.call("save_prospects", { prospects })).failed).toBe(true);
    expect(session.attempted()).toEqual([]);
  });
});

describe("what could mean two things is refused with both", () => {
  it.each<[string, object, string[]]>([
    ["EST", settings({ timezone: "EST" }), ["America/New_York", "America/Panama"]],
    ["IST", settings({ timezone: "IST" }), ["Asia/Kolkata", "Europe/Dublin"]],
    ["T", windows({ days: ["T"] }), ["TUESDAY", "THURSDAY"]],
    ["S", windows({ days: "S" }), ["SATURDAY", "SUNDAY"]],
    ["9", windows({ from: "9" }), ["09:00", "21:00"]],
    [
      "two values",
      { ...settings({ daily_enroll: 40 }), daily_enroll: 50 },
      ["settings.daily_enroll", "two values"],
    ],
    [
      "an unknown address",
      { ...draft, mailbox_ids: ["nobody@example.com"] },
      ["nobody@example.com", "list_mailboxes"],
    ],
  ])("%s", async (_name, args, says) => {
    const session = await openSession();
    const { failed, text } = await session.call("create_campaign", args);
    expect(failed).toBe(true);
    for (const words of says) expect(text).toContain(words);
    expect(text.split("\n").filter((line) => line.startsWith("- "))).toHaveLength(1);
    expect(session.attempted()).toEqual([]);
  });

  it("a time that is none is found once, and nothing follows from it", async () => {
    const session = await openSession();
    for (const from of ["9:5", "25:00", "morning"]) {
      const { text } = await session.call("create_campaign", windows({ from }));
      expect(text.split("\n").filter((line) => line.startsWith("- "))).toHaveLength(1);
      const { data } = await session.call("check_campaign", { draft: windows({ from }) });
      expect(data.findings.filter(({ severity }: Data) => severity === "error")).toHaveLength(1);
    }
  });
});

describe("the name of a campaign", () => {
  it("stands for its id in reads", async () => {
    const session = await openSession();
    const { name } = (await session.call("get_campaign", { campaign_id: 2101 })).data;
    const { data } = await session.call("get_campaign", { campaign_id: ` ${name} ` });
    expect(data.id).toBe(2101);
    expect(data.notes[0]).toContain("is campaign 2101");
  });

  it("is refused in writes, with the id", async () => {
    const session = await openSession();
    const { name } = (await session.call("get_campaign", { campaign_id: 2101 })).data;
    for (const tool of ["run_campaign", "delete_campaign", "pause_campaign"]) {
      const { failed, text } = await session.call(tool, { campaign_id: name });
      expect(failed).toBe(true);
      expect(text).toContain("2101");
    }
    expect(session.attempted()).toEqual([]);
  });

  it("is refused with the ids where several have it", async () => {
    const session = await openSession();
    const ids: number[] = [];
    for (const campaign_id of [2101, 2102]) {
      const copy = await session.call("duplicate_campaign", { campaign_id, name: "Twice" });
      ids.push(copy.data.campaign_id);
    }
    const { failed, text } = await session.call("get_campaign", { campaign_id: "Twice" });
    expect(failed).toBe(true);
    for (const id of ids) expect(text).toContain(String(id));
  });
});

describe("the brake", () => {
  it.each([
    ["pause_campaign", { campaign_id: 2101, force: true, reason: "now!" }],
    ["stop_campaign", { campaign_id: 2101, confirmation: "x" }],
    ["pause_all_campaigns", { campaign_id: 2101, why: { deep: [1] } }],
  ])("%s ignores what it does not know, and says so", async (tool, args) => {
    const session = await openSession();
    const { data, text } = await session.call(tool, args);
    expect(data.outcome).toBe("done");
    expect(data.notes.length).toBeGreaterThan(0);
    expect(text).toContain("was ignored");
  });

  it("understands a dry run that is spelt otherwise", async () => {
    const session = await openSession();
    expect((await session.call("pause_campaign", { campaign_id: 2101, dryRun: "true" })).data.outcome).toBe(
      "dry_run",
    );
    expect(session.attempted()).toEqual([]);
  });
});

describe("any spelling", () => {
  const cased = (words: fc.Arbitrary<string>) =>
    fc
      .tuple(words, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }))
      .map(([word, upper]) =>
        [...word].map((char, at) => (upper[at] ? char.toUpperCase() : char.toLowerCase())).join(""),
      );
  const blank = fc.constantFrom("", " ", "\u00a0", "\u200b", "\t");
  const spaced = (text: fc.Arbitrary<string>) => fc.tuple(blank, text, blank).map((parts) => parts.join(""));

  /** The one meaning with a note, or refused with valid forms; never something else. */
  async function means(session: Session, args: object, at: (body: Data) => unknown, wanted: unknown) {
    const { failed, data, text } = await session.call("create_campaign", { ...args, dry_run: true });
    if (failed) expect(text).toMatch(/must be one of|must be a time as|could be|is not a time zone/);
    else expect(at(data.request.body)).toEqual(wanted);
  }
  const first = (body: Data) => body.steps.followup.delivery_time;

  it("of a day is that day or refused", async () => {
    const session = await openSession();
    const day = fc
      .constantFrom(...weekdays)
      .chain((name) =>
        fc.tuple(
          fc.constant(name),
          spaced(cased(fc.integer({ min: 1, max: name.length }).map((length) => name.slice(0, length)))),
        ),
      );
    await fc.assert(
      fc.asyncProperty(day, ([name, spelt]) =>
        means(session, windows({ days: [spelt] }), (body) => Object.keys(first(body)), [name]),
      ),
      { numRuns: 30 },
    );
  });

  it("of a time is that time or refused", async () => {
    const session = await openSession();
    const time = fc
      .tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 59 }))
      .chain(([hour, minute]) => {
        const two = (value: number) => String(value).padStart(2, "0");
        const half = `${hour % 12 || 12}:${two(minute)}${hour < 12 ? "am" : "pm"}`;
        const forms = [
          `${hour}:${two(minute)}`,
          `${two(hour)}.${two(minute)}`,
          half,
          `${hour}h${two(minute)}`,
        ];
        return fc.tuple(fc.constant(`${two(hour)}:${two(minute)}`), spaced(cased(fc.constantFrom(...forms))));
      });
    await fc.assert(
      fc.asyncProperty(time, ([right, spelt]) =>
        means(session, windows({ from: spelt }), (body) => first(body).MONDAY[0].from, right),
      ),
      { numRuns: 30 },
    );
  });

  it("of a zone is that zone or refused", async () => {
    const session = await openSession();
    const zone = fc
      .constantFrom(...timezones)
      .chain((name) =>
        fc.tuple(fc.constant(name), spaced(cased(fc.constantFrom(name, name.replaceAll("_", " "))))),
      );
    const clock = (name: string) =>
      new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    await fc.assert(
      fc.asyncProperty(zone, ([name, spelt]) =>
        means(session, settings({ timezone: spelt }), (body) => clock(body.settings.timezone), clock(name)),
      ),
      { numRuns: 30 },
    );
  });
});
