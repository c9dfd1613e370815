/** Answers that are not JSON, and the parts of error bodies that say more: quoted as what they are, in whatever shape. */
import { describe, expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { expectExplained } from "../support/failure.ts";
import { openSession, type Session } from "../support/session.ts";

/** Answers with this from now on. */
async function answered(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<Session> {
  const session = await openSession();
  session.sandbox.failNext({ status, body, headers, times: 99 });
  return session;
}

describe("a refusal that is not JSON", () => {
  it.each([
    [429, "Too many", 'the answer reads "Too many"'],
    [503, "Service unavailable", 'the answer reads "Service unavailable"'],
    [400, "no", 'the answer reads "no"'],
    [500, "<html><head><title>Oh</title></head><body><h1>Oh</h1>no</body></html>", 'the page reads "Oh no"'],
    [
      403,
      "<!doctype html><title>Blocked</title><style>p{}</style><script>x()</script><p>Your IP &amp; you",
      'the page reads "Blocked: Your IP & you"',
    ],
  ])("(%i %s) is quoted as what it is", async (status, body, words) => {
    const session = await answered(status, body);
    const answer = await session.call("list_mailboxes");
    expectExplained(session, answer, "no");
    expect(answer.text).toContain(words);
    expect(answer.text).toContain(`HTTP ${status}`);
    expect(answer.text).not.toMatch(/Woodpecker says|valid JSON/);
  });

  it.each([401, 402, 403, 404])(
    "with status %i and a web page is not blamed on the plan or the key",
    async (status) => {
      const session = await answered(status, "<html><title>Sign in to Hotel WiFi</title></html>");
      const answer = await session.call("list_campaigns");
      expectExplained(session, answer, "no");
      expect(answer.text).toContain("a web page answered in place of Woodpecker's API");
      expect(answer.text).toContain("Sign in to Hotel WiFi");
      expect(answer.text).not.toMatch(/add-on|billing|API key is|WOODPECKER_API_KEY/);
    },
  );

  it.each([400, 422])("and empty (%i) does not send anybody to words that are not there", async (status) => {
    const session = await openSession();
    session.sandbox.failNext({ method: "POST", status, body: "", times: 9 });
    const answer = await session.call("create_campaign", draft);
    expectExplained(session, answer, "no");
    expect(answer.text).not.toContain("own words");
    expect(answer.text).toContain("gives no reason");
  });
});

describe("details of an error body", () => {
  const places = [{ field: "settings.timezone", message: "is unknown" }];
  it.each([
    ["nested", { errors: places }, "errors[0].field: settings.timezone; errors[0].message: is unknown"],
    ["a number", 17, "17"],
    ["false", { valid: false }, "valid: false"],
  ])("that are %s are quoted", async (_shape, details, words) => {
    for (const dialect of ["code", "type"]) {
      const session = await openSession();
      const body = {
        [dialect]: "INPUT_DATA_VALIDATION_FAILURE",
        message: "Input data validation failure",
        details,
      };
      session.sandbox.failNext({ method: "POST", status: 400, body });
      const answer = await session.call("create_campaign", draft);
      expectExplained(session, answer, "no");
      expect(answer.text).toContain(words);
      expect(answer.text).not.toContain("does not say which field");
    }
  });

  it.each([null, "", [], {}, [null], { a: null }])(
    "that say nothing (%j) are not quoted",
    async (details) => {
      const session = await openSession();
      const body = { code: "VALIDATION_FAILURE", message: "Validation failure", details };
      session.sandbox.failNext({ method: "POST", status: 409, body });
      const { text } = await session.call("create_campaign", draft);
      expect(text).not.toContain("its details");
    },
  );

  it("are bounded, whatever they hold", async () => {
    let deep: unknown = "core";
    for (let level = 0; level < 6_000; level += 1) deep = { a: deep };
    for (const details of [deep, "x".repeat(50_000), Array(9_000).fill("word"), { toString: "x" }]) {
      const session = await openSession();
      session.sandbox.failNext({
        method: "POST",
        status: 400,
        body: Buffer.from(nested({ code: "INPUT_DATA_VALIDATION_FAILURE", message: "No", details })),
      });
      expectExplained(session, await session.call("create_campaign", draft), "no");
    }
  });
});

/** JSON.stringify gives up at such a depth. */
function nested(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `{"code":"INPUT_DATA_VALIDATION_FAILURE","details":${'{"a":'.repeat(6_000)}1${"}".repeat(6_000)}}`;
  }
}

describe("Retry-After", () => {
  it.each([
    ["31536000", "a year or more"],
    ["1.5", "2 s"],
    ["43.2", "44 s"],
    ["7200", "2 hours"],
    ["soon", undefined],
    ["-5", undefined],
    ["99999999999999999999", undefined],
  ])("of %s is understood as what a person would say", async (header, said) => {
    const session = await answered(429, "", { "retry-after": header });
    const answer = await session.call("list_mailboxes");
    expectExplained(session, answer, "no");
    if (said) expect(answer.text).toContain(`called again in ${said}, not before`);
    else expect(answer.text).not.toContain("not before");
  });
});
