/** Rules over anything at all: they never throw, and each finding is whole. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailsTo, readable } from "../../src/forecast/emails.ts";
import { planOf } from "../../src/forecast/plan.ts";
import type { Parts } from "../../src/preflight/dossier.ts";
import { findProblems, severities } from "../../src/preflight/index.ts";
import { whyNotSending } from "../../src/preflight/not-sending.ts";
import { rules } from "../../src/preflight/rules/index.ts";
import type { Loose } from "../../src/values/loose.ts";
import { now, subject } from "./account.ts";

const piece = fc.constantFrom(
  "{{FIRST_NAME}}",
  '{{FIRST_NAME | "x"}}',
  "{{",
  "}}",
  '{{SPINTAX | "a" | "b"}}',
  "{{SPINTAX}}",
  "{a|b}",
  "<p>",
  "</p>",
  "<a href=",
  '"',
  ">",
  "<b",
  "{{UNSUBSCRIBE}}",
  "{{CLICK=https://x.example}}",
  "[Your name]",
  "http://bit.ly/a",
  "Ã¼",
  "\ud800",
  "\u0000",
  "Re:",
  "!!!",
  "&#99999999;",
  "<style>",
  "<!--",
  "word ",
  "\n",
);
const text = fc.oneof(
  fc.string(),
  fc.array(piece, { maxLength: 12 }).map((parts) => parts.join("")),
);
const junk = fc.jsonValue({ maxDepth: 2 });
const or = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 6, arbitrary: value as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: junk as fc.Arbitrary<unknown> },
  );

const version = fc.record(
  {
    subject: or(text),
    message: or(text),
    signature: or(fc.constantFrom("SENDER", "NO_SIGNATURE")),
    track_opens: or(fc.boolean()),
  },
  { requiredKeys: [] },
);
const window = fc.record(
  {
    days: or(fc.array(fc.constantFrom("MONDAY", "SATURDAY", "FUNDAY"))),
    from: or(fc.constantFrom("08:00", "24:00", "x", "")),
    to: or(fc.constantFrom("09:00", "00:00", "07:00")),
  },
  { requiredKeys: [] },
);
const step = fc.record(
  {
    type: or(fc.constantFrom("EMAIL", "LINKEDIN", "SMS")),
    wait: or(fc.record({ value: fc.integer(), range: fc.constantFrom("DAY", "HOUR", "MINUTE", "AGE") })),
    delivery_times: or(fc.array(or(window))),
    linkedin: or(
      fc.record({
        action: fc.constantFrom("INMAIL_MESSAGE", "CONNECTION_REQUEST", "x"),
        account_id: fc.constantFrom(77, 78, 79, 9),
      }),
    ),
    versions: or(fc.array(or(version), { maxLength: 6 })),
  },
  { requiredKeys: [] },
);
const view = fc.record(
  {
    name: or(text),
    mailbox_ids: or(fc.array(or(fc.constantFrom(501, 504, 505, 506, 507, 601, 9)))),
    settings: or(
      fc.record({
        timezone: or(fc.constantFrom("Europe/Berlin", "Mars", "")),
        daily_enroll: or(fc.integer()),
        gdpr_unsubscribe: fc.boolean(),
        catch_all_verification_mode: fc.constantFrom("NONE", "ONLY_VERIFY"),
      }),
    ),
    delivery_times: or(fc.array(or(window))),
    steps: or(fc.array(or(step), { maxLength: 5 })),
  },
  { requiredKeys: [] },
);
const prospects = fc.array(
  fc.dictionary(fc.constantFrom("email", "first_name", "status", "campaigns_details", "company"), junk),
  { maxLength: 4 },
);
const live = fc.record({
  status: fc.constantFrom("DRAFT", "RUNNING", "PAUSED", "COMPLETED", "ODD"),
  prospects,
});
const unreadable: Parts = Object.fromEntries(
  ["mailboxes", "linkedin", "prospects", "campaigns", "running", "standing", "bounceShield", "holidays"].map(
    (name) => [name, { unreadable: "No key." }],
  ),
);

describe("any campaign", () => {
  it("is checked without an exception, and every finding is whole", () => {
    const known = new Set(rules.map(({ name }) => name));
    const property = fc.property(
      view,
      fc.option(live, { nil: undefined }),
      fc.boolean(),
      (given, state, blind) => {
        const seen = subject(given as Loose, state as Loose | undefined, blind ? unreadable : {});
        for (const { rule, severity, path, message, remedy } of findProblems(seen)) {
          expect(known).toContain(rule);
          expect(severities).toContain(severity);
          expect([path, message, remedy].map((part) => typeof part)).toEqual(["string", "string", "string"]);
          expect(message.length).toBeLessThan(1_000);
          // What a finding counts is known; "undefined" may only be quoted.
          expect(message.replace(/"(?:[^"\\\\]|\\\\.)*"/g, "")).not.toMatch(/undefined|NaN/);
        }
        const reasons = whyNotSending(seen);
        expect(reasons === undefined).toBe(!state || state.status === "DRAFT");
      },
    );
    fc.assert(property, { numRuns: 120 });
  });

  it("can be previewed without an exception", async () => {
    const property = fc.asyncProperty(view, fc.boolean(), async (given, all) => {
      const seen = subject(given as Loose);
      const person = { email: "anna@example.com", first_name: "Anna" };
      for (const letter of emailsTo(person, seen.steps, { seed: 1, all })) {
        expect((await readable(letter)).text).toBeTypeOf("string");
      }
      expect(planOf(seen, now, undefined).assumptions.length).toBeGreaterThan(0);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it("that cannot be looked at is never in order: each rule that needs the part says so", () => {
    const seen = subject({ name: "x", mailbox_ids: [501], steps: [] }, undefined, unreadable);
    const said = findProblems(seen)
      .filter(({ severity }) => severity === "could_not_check")
      .map(({ rule }) => rule);
    const expected = rules.filter(({ needs }) => needs && !needs.includes("content")).map(({ name }) => name);
    expect(said.sort()).toEqual(expected.sort());
  });
});

describe("rules", () => {
  it("have names of their own", () => {
    const names = rules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });
});

describe("the order of steps and versions", () => {
  // These compare texts with each other, or are about the first e-mail alone.
  const ordered = new Set([
    "versions_alike",
    "step_repeats",
    "unsubscribe_missing",
    "message_short",
    "no_sender",
    "thread_mixed",
    "model",
  ]);
  const about = (texts: string[]) => {
    const versions = texts.map((message) => ({
      subject: `About ${message}`,
      message: `<p>Hi, ${message}</p>`,
    }));
    const steps = versions.map((version) => ({
      type: "EMAIL",
      wait: { value: 4, range: "DAY" },
      versions: [version],
    }));
    const one = subject({ name: "x", mailbox_ids: [501], steps });
    const other = subject({ name: "x", mailbox_ids: [501], steps: [{ type: "EMAIL", versions }] });
    return [one, other].map((seen) =>
      findProblems(seen)
        .filter(({ rule, version }) => version !== undefined && !ordered.has(rule))
        .map(({ rule, message }) => `${rule} ${message}`)
        .sort(),
    );
  };

  it("changes nothing of what is found in a text", () => {
    const property = fc.property(fc.uniqueArray(text, { minLength: 2, maxLength: 4 }), (texts) => {
      const [asSteps, asVersions] = about(texts);
      expect(about([...texts].reverse())).toEqual([asSteps, asVersions]);
      expect(asVersions).toEqual(asSteps);
    });
    fc.assert(property, { numRuns: 50 });
  });
});

describe("a live campaign and the same as a draft", () => {
  it("hear the same of their texts", () => {
    const property = fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (texts) => {
      const versions = texts.map((message) => ({ subject: "A question", message }));
      const view = { name: "x", mailbox_ids: [501], steps: [{ type: "EMAIL", versions }] };
      const said = [subject(view), subject(view, { status: "DRAFT", prospects: [] })].map((seen) =>
        findProblems(seen)
          .filter(({ version }) => version !== undefined)
          .map(({ rule, path, message }) => `${rule} ${path} ${message}`),
      );
      expect(said[0]).toEqual(said[1]);
    });
    fc.assert(property, { numRuns: 50 });
  });
});
