/** What `verify --record` writes down: shapes, whatever an account holds; and every record that is kept here, reviewed and replayed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knownFields, knownWords } from "../../../src/cli/verify/known.ts";
import { type Recorded, recordOf, recordText, type Shape } from "../../../src/cli/verify/record.ts";
import { atEnd } from "../../support/at-end.ts";
import { openSession } from "../../support/session.ts";
import { json, KEY, serve } from "../../support/stub.ts";
import { run } from "./support.ts";

/** Nothing of ours contains it. */
const MARK = "qzx";
const secret = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => `${MARK}${text}`);
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    secret,
    fc.integer({ min: 123_456_789 }).map((number) => number),
    fc.constantFrom("RUNNING", "", "2026-01-02T03:04:05+0100", null, true),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(secret, fc.constantFrom(...knownFields)), tie("value"), { maxKeys: 5 }),
  ),
})).value;

describe("a record", () => {
  it("has nothing of what an account holds, whatever that is", () => {
    const header = fc.dictionary(
      fc.constantFrom("content-type", "retry-after", "x-total-count", `x-${MARK}`),
      secret,
    );
    fc.assert(
      fc.property(hostile, header, secret, fc.nat(), (body, headers, step, id) => {
        const place = `/rest/v2/campaigns/${id + 7_000_000}/steps/${encodeURIComponent(step)}/versions/${MARK}`;
        const question = { method: "GET" as const, path: place, query: { search: `email=${step}` } };
        const seen = [{ question, status: 200, headers, body, ms: 1 }];
        const text = recordText(
          recordOf(seen, new Map(), { version: "0.0.0", date: "2026-01-01", sandbox: false }),
        );
        expect(text).not.toContain(MARK);
        expect(text).not.toMatch(/\d{7}/);
        expect(JSON.parse(text).exchanges).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  it("is as clean when everything the account answers is its own, and so is what is printed", async () => {
    const person = {
      id: 7_654_321,
      email: `${MARK}@one.example`,
      first_name: MARK,
      [MARK]: MARK,
      status: MARK,
    };
    const campaign = {
      id: 7_654_322,
      name: MARK,
      status: MARK,
      stats: { sent: 7_654_323, [MARK]: 1 },
      folder_name: KEY,
    };
    const answers: Record<string, unknown> = {
      prospects: [person],
      campaign_list: [campaign],
      mailboxes: [{ id: 1, type: MARK, details: { email: `${MARK}@two.example`, error: MARK } }],
      messages: { content: [{ id: MARK, body: { html: MARK }, campaign: { name: MARK }, stamp: MARK }] },
      companies: { content: [{ id: 7_654_324, name: MARK }] },
    };
    const upstream = await serve(({ url }, response) => {
      response.setHeader("x-total-count", MARK);
      response.setHeader(`x-${MARK}`, KEY);
      json(
        response,
        200,
        answers[/\w+$/.exec(url.split("?")[0] ?? "")?.[0] ?? ""] ?? { title: MARK, detail: MARK },
      );
    });
    const folder = mkdtempSync(join(tmpdir(), "record-"));
    atEnd(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "record.json");
    const { text } = await run({ ...upstream, key: KEY }, ["--record", file]);
    for (const written of [readFileSync(file, "utf8"), text.replace(file, "")])
      for (const leak of [MARK, KEY, "765432", "one.example"]) expect(written).not.toContain(leak);
  });
});

const folder = "test/outside/records";
const records = readdirSync(folder).map((file): [string, Recorded] => [
  file,
  JSON.parse(readFileSync(`${folder}/${file}`, "utf8")),
]);

const kinds = [
  "nothing",
  "null",
  "deeper",
  "empty text",
  "time",
  "digits",
  "text",
  "number",
  "boolean",
  "unknown fields",
];

function review(shape: Shape): void {
  if (typeof shape === "string") {
    const isKnown = kinds.includes(shape) || (shape.startsWith("word ") && knownWords.has(shape.slice(5)));
    expect([shape, isKnown]).toEqual([shape, true]);
  } else if (Array.isArray(shape)) shape.forEach(review);
  else
    for (const [name, inner] of Object.entries(shape)) {
      expect([name, name === "(others)" || knownFields.has(name)]).toEqual([name, true]);
      review(inner);
    }
}

const examples: Record<string, unknown> = {
  null: null,
  "empty text": "",
  time: "2026-01-02T03:04:05+0100",
  digits: "12",
  number: 12,
  boolean: true,
};

/** A value of this shape, made up. */
function made(shape: Shape): unknown {
  if (Array.isArray(shape)) return shape.map(made);
  if (typeof shape !== "string")
    return Object.fromEntries(
      Object.entries(shape)
        .filter(([name]) => name !== "(others)")
        .map(([name, inner]) => [name, made(inner)]),
    );
  return shape.startsWith("word ") ? shape.slice(5) : shape in examples ? examples[shape] : "text";
}

describe("the records that are kept", () => {
  it.each(records)("%s holds shapes only", (_file, { version, date, exchanges, findings, ...rest }) => {
    expect(Object.keys(rest)).toEqual(["sandbox"]);
    expect(`${version} ${date}`).toMatch(/^\d+\.\d+\.\d+\S* \d{4}-\d\d-\d\d$/);
    for (const [id, { verdict, saw }] of Object.entries(findings)) {
      expect(id).toMatch(/^A\d+$/);
      expect(["agrees", "differs", "could not look"]).toContain(verdict);
      expect(saw).not.toMatch(/@|https?:|\d{7}/);
    }
    for (const { method, path, query, status, headers, body, ms, times } of exchanges) {
      expect(`${method} ${path}`).toMatch(/^(?:GET|POST|PATCH|DELETE) (?:\/(?:[a-z][a-z_]*|v[12]|\{id\}))+$/);
      expect(query.every((name) => /^[a-z_]+$/.test(name))).toBe(true);
      expect([typeof (status ?? 0), typeof ms, typeof times]).toEqual(["number", "number", "number"]);
      for (const value of Object.values(headers))
        expect(["json", "other", "seconds", "number"]).toContain(value);
      review(body);
    }
  });

  it.each(records)("%s, replayed, is understood by every tool that reads", async (_file, { exchanges }) => {
    const upstream = await serve(({ method, url }, response) => {
      const path = url.split("?")[0]?.replace(/(?<=campaigns\/)\d+/, "{id}");
      const fits = exchanges.filter((one) => one.method === method && one.path === path);
      const answer = fits.find(({ status }) => status === 200) ?? fits[0];
      if (!answer) return json(response, 404, {});
      if (answer.body === "nothing") return response.writeHead(answer.status ?? 502).end();
      return json(response, answer.status ?? 502, made(answer.body));
    });
    const session = await openSession({ env: { WOODPECKER_API_URL: upstream.origin }, hurry: true });
    for (const [tool, args, route] of [
      ["list_campaigns", {}, "/rest/v1/campaign_list"],
      ["list_mailboxes", {}, "/rest/v2/mailboxes"],
      ["search_prospects", {}, "/rest/v1/prospects"],
      ["list_replies", {}, "/rest/v2/inbox/messages"],
      ["list_companies", {}, "/rest/v2/agency/companies"],
      ["get_campaign", { campaign_id: 12 }, "/rest/v2/campaigns/{id}"],
    ] as const) {
      const { failed, text } = await session.call(tool, args);
      const isThere = exchanges.some(
        ({ method, path, status }) => method === "GET" && path === route && status === 200,
      );
      expect([tool, text, failed]).toEqual([tool, text, !isThere]);
      expect(text).not.toMatch(/defect|undefined|NaN|\[object/);
    }
  });
});
