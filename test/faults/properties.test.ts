/** Properties: whatever comes, what is said fits what happened. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../src/calls/explain.ts";
import type { Operation } from "../../src/calls/operation.ts";
import { operations } from "../../src/operations/index.ts";
import { visible } from "../../src/values/foreign.ts";
import { isObject } from "../../src/values/loose.ts";
import { Refusal } from "../../src/values/refusal.ts";
import { classify } from "../../src/woodpecker/classify.ts";
import { isHiddenError } from "../../src/woodpecker/error-body.ts";
import { ApiFailure, type FailureFacts } from "../../src/woodpecker/failure.ts";
import type { Exchange } from "../../src/woodpecker/request.ts";
import type { Data } from "../support/answer.ts";
import { sequence } from "../support/arbitrary.ts";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";
import { KEY } from "../support/upstream.ts";
import { endOf, expectNoKey, openForTest } from "./fault.ts";
import { notAgain } from "./lines.ts";
import { nameOf, writes } from "./writes.ts";

const nothing = /nothing was (changed|sent)/i;
const operationOf = (name: string) => operations.find((one) => one.name === name) as Operation;
const anyTool = fc.constantFrom(...operations.map(({ name }) => name));

const anyWrite = fc.constantFrom(
  ...operations.filter(({ effect }) => effect !== "read").map(({ name }) => name),
);

/** JSON that looks like an answer of Woodpecker often enough to get past the first look. */
const anyBody = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(
    fc.constantFrom(
      "id",
      "name",
      "status",
      "steps",
      "settings",
      "prospects",
      "email_account_ids",
      "hash",
      "code",
    ),
    fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>("2201", 2201, null, "DRAFT", [], {})),
  ),
);

describe("arguments", () => {
  it("P3 any JSON for any tool gives a result or an explained error, and no defect", async () => {
    const session = await openSession();
    const keys = operations.flatMap(({ input }) => Object.keys(input.shape));
    const likely = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    const property = fc.asyncProperty(
      anyTool,
      fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), likely),
      async (name, args) => {
        const { failed, text, data } = await session.call(name, args);
        if (failed) expect(text).toMatch(/\n[\s\S]+\nNext: /);
        else expect(isObject(data)).toBe(true);
        expect(session.events.map(({ event }) => event)).not.toContain("defect");
      },
    );
    await fc.assert(property, { numRuns: 200, seed: 3 });
  });

  it("P4 one spoilt place means the same, or is refused by its name; it never means something else", async () => {
    const session = await openSession();
    const spoil = fc.constantFrom<[string, (value: unknown) => unknown]>(
      ["as text", (value) => (typeof value === "string" ? value : JSON.stringify(value))],
      ["in a list", (value) => [value]],
      ["in an object", (value) => ({ value })],
      ["true", () => true],
      ["a half", () => 0.5],
    );
    for (const { tool, args } of writes) {
      const request = async (given: Data) => session.call(tool, { ...given, dry_run: true });
      const plain = (await request(args)).data?.request;
      const keys = Object.keys(args);
      if (keys.length === 0) continue;
      const property = fc.asyncProperty(fc.constantFrom(...keys), spoil, async (key, [, change]) => {
        const { failed, text, data } = await request({ ...args, [key]: change(args[key]) });
        if (failed) expect(text).toContain(key);
        else if (typeof args[key] === "string") expect(data.request.method).toBe(plain.method);
        else expect(data.request).toEqual(plain);
      });
      await fc.assert(property, { numRuns: 25, seed: 4 });
      expect((await request({ ...args, extra_key: 1 })).text).toContain("extra_key");
    }
    expect(session.sandbox.writes()).toEqual([]);
  });

  it("P5 what arrives is what a dry run shows, for any sequence", async () => {
    const session = await openSession({ sandbox: { seed: "empty" } });
    const property = fc.asyncProperty(sequence, async (steps) => {
      const args = { ...draft, steps };
      const shown = (await session.call("create_campaign", { ...args, dry_run: true })).data.request;
      await session.call("create_campaign", { ...args, allow_duplicate: false });
      const arrived = session.sandbox.requests.filter(({ method }) => method === "POST").at(-1);
      expect(arrived?.body).toEqual(shown.body);
      expect(`${arrived?.method} ${arrived?.path}`).toBe(`${shown.method} ${shown.path}`);
    });
    await fc.assert(property, { numRuns: 40, seed: 5 });
  });
});

/** Enough for every hint. */
const input = { ...draft, campaign_id: 2102 };
const outcomes = ["rejected", "not_sent", "rate_limited", "unreadable", "unknown"] as const;

const anyFacts: fc.Arbitrary<FailureFacts> = fc.record(
  {
    outcome: fc.constantFrom(...outcomes),
    http: fc.integer({ min: 100, max: 999 }),
    code: fc.oneof(
      fc.constantFrom("VALIDATION_FAILURE", "ECONNRESET", "DOWN", "WEB_PAGE", "REDIRECT"),
      fc.string(),
    ),
    detail: fc.oneof(fc.string(), fc.constant("Nothing was changed. Do not call it again yet.")),
    seen: fc.constantFrom("The status still reads PAUSED."),
    retryAfter: fc.nat(),
  },
  { requiredKeys: ["outcome"] },
);

describe("what is said", () => {
  it("P7 nothing was changed is said if and only if it is so; not to call again if and only if it is unclear", () => {
    const property = fc.property(anyTool, anyFacts, (name, facts) => {
      const operation = operationOf(name);
      const lines = explain(new ApiFailure(facts), operation, input).split("\n");
      const [, whether = "", next = ""] = lines;
      const harmless = operation.effect === "read" || !["unknown", "unreadable"].includes(facts.outcome);
      expect(nothing.test(whether)).toBe(harmless);
      const unclear = !harmless && operation.effect !== "halt";
      expect(notAgain.test(next)).toBe(unclear);
    });
    fc.assert(property, { numRuns: 1_500, seed: 7 });
  });

  const long = fc.string({
    unit: fc.constantFrom("a", "…", "\u{1F600}", " "),
    minLength: 1,
    maxLength: 4_000,
    size: "max",
  });
  const longFailure = fc.oneof(
    fc.tuple(long, long, long).map(([what, next, changed]) => new Refusal(what, next, changed)),
    fc
      .record({ outcome: fc.constantFrom(...outcomes), detail: long, seen: long, found: fc.array(long) })
      .map((facts) => new ApiFailure(facts)),
  );

  it("keeps whether anything changed and what is next, however long the rest is, and cuts no character in two", () => {
    const property = fc.property(anyWrite, longFailure, (name, failure) => {
      const said = explain(failure, operationOf(name), input);
      expect(said.length).toBeLessThanOrEqual(2_000);
      expect(said.isWellFormed()).toBe(true);
      const [changed = "", next = ""] = said.split("\n").slice(-2);
      expect(next).toMatch(/^Next: ./);
      const { parts } = failure as Partial<Refusal>;
      if (parts) expect(parts.changed.slice(0, 500)).toBe(changed.slice(0, 500));
      else expect(changed).toMatch(/changed|carried out/);
    });
    fc.assert(property, { numRuns: 300, seed: 9, endOnFailure: true });
  });

  const anyExchange: fc.Arbitrary<Exchange> = fc.oneof(
    fc.record({
      kind: fc.constant("failed" as const),
      started: fc.boolean(),
      code: fc.string(),
      detail: fc.string(),
    }),
    fc.record({
      kind: fc.constant("answered" as const),
      status: fc.integer({ min: 100, max: 999 }),
      headers: fc.dictionary(fc.constantFrom("retry-after", "location", "date"), fc.string()),
      body: fc.oneof(
        fc.constant({ kind: "empty" as const }),
        fc.record({ kind: fc.constant("json" as const), value: anyBody }),
        fc.record({ kind: fc.constant("unreadable" as const), why: fc.string(), page: fc.boolean() }),
      ),
    }),
  );

  it("P7 every end of an exchange has one meaning, and an unclear one is never harmless", () => {
    const methods = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE" as const);
    const property = fc.property(anyExchange, methods, anyWrite, (exchange, method, name) => {
      const result = classify(exchange, method as "GET");
      if (!("failure" in result)) {
        expect(exchange.kind === "answered" && exchange.status >= 200 && exchange.status < 300).toBe(true);
        return;
      }
      expect(outcomes).toContain(result.failure.outcome);
      const maybeDone =
        exchange.kind === "failed"
          ? exchange.started
          : exchange.status >= 500 && !["rate_limited"].includes(result.failure.outcome);
      const [, whether = ""] = explain(new ApiFailure(result.failure), operationOf(name), input).split("\n");
      if (maybeDone) expect(whether).not.toMatch(nothing);
    });
    fc.assert(property, { numRuns: 1_500, seed: 77 });
  });

  it("P8 what is made visible stays so, hides nothing and loses no letter", () => {
    const parts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "{{FIRST_NAME}}",
        "<p>",
        "\u{E0041}",
        "\u202E",
        "\u200B",
        "\uD83D",
        "\0",
        "\r\n",
        "\u2066",
      ),
    );
    const property = fc.property(fc.array(parts), (given) => {
      const text = given.join("");
      const shown = visible(text);
      expect(visible(shown)).toBe(shown);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(shown.length).toBeLessThanOrEqual(text.length);
      const kept = (from: string) =>
        from.match(/(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}{}<>]/gu)?.join("") ?? "";
      expect(kept(shown)).toBe(kept(text));
    });
    fc.assert(property, { numRuns: 1_000, seed: 8 });
  });

  it("P10 no answer gives the key on, wherever and however Woodpecker quotes it", async ({
    onTestFinished,
  }) => {
    const session = await openForTest(endOf(onTestFinished))();
    const form = fc.constantFrom(
      KEY,
      encodeURIComponent(KEY),
      Buffer.from(KEY).toString("base64"),
      `${KEY.slice(0, 20)}\u200B${KEY.slice(20)}`,
    );
    const field = fc.constantFrom("message", "detail", "title", "code", "details", "type", "status");
    const around = fc.string({ maxLength: 320 });
    const status = fc.constantFrom(200, 400, 401, 403, 404, 409, 422, 500, 503);
    const property = fc.asyncProperty(
      form,
      field,
      around,
      around,
      status,
      async (key, name, before, after, http) => {
        const said = `${before}${key}${after}`;
        const body = { [name]: name === "status" ? { status: "ERROR", code: "X_Y", msg: said } : said };
        // A 200 is an error only in the form of v1.
        const answer = { status: name !== "status" && http === 200 ? 409 : http, body };
        session.upstream.fault({ at: "after_request", answer, times: 1, path: /mailboxes/ });
        const { result } = await session.call("list_mailboxes");
        expectNoKey(result);
        expect(JSON.stringify(result)).not.toContain(KEY.slice(0, 12));
      },
    );
    await fc.assert(property, { numRuns: 100, seed: 10 });
  });
});

describe("a write that was carried out", () => {
  for (const write of writes) {
    const { tool, args, line } = write;
    it(`is never told as not done, whatever stands in the 2xx: ${nameOf(write)}`, async ({
      onTestFinished,
    }) => {
      const open = openForTest(endOf(onTestFinished));
      const status = fc.constantFrom(200, 201, 202, 204);
      const property = fc.asyncProperty(anyBody, status, async (body, http) => {
        fc.pre(!isHiddenError(body) && !JSON.stringify(body).includes("E_TOO_MANY"));
        const session = await open();
        session.upstream.fault({
          at: "after_commit",
          path: line,
          answer: { status: http, body: JSON.stringify(body) },
        });
        const { failed, data, text } = await session.agree(tool, args);
        expect(session.upstream.commits()).toHaveLength(1);
        expect(text).not.toMatch(nothing);
        expect([failed, data?.outcome]).toEqual([false, "done"]);
        await session.close();
      });
      await fc.assert(property, { numRuns: 6, seed: 20 });
    });
  }
});
