/**
 * What others saw, with one field missing, null or of another type, and every tool with the answer of another endpoint: no
 * crash, no half words, and never "nothing was changed" over a write that was accepted.
 */
import { describe, expect, it } from "vitest";
import { isObject } from "../../src/values/loose.ts";
import type { Passing } from "../support/gate.ts";
import { openSession, type Session } from "../support/session.ts";
import { type Call, callOf, factsIn, type Served } from "./facts.ts";

interface Fact {
  serve: Served[];
  call: Call;
}

/** Each place in a value, as the way to it. */
function* places(value: unknown, way: (string | number)[] = []): Generator<(string | number)[]> {
  if (way.length > 0) yield way;
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* places(one, [...way, index]);
  else if (isObject(value))
    for (const [name, one] of Object.entries(value)) yield* places(one, [...way, name]);
}

const REMOVED = Symbol("removed");

function changed(value: unknown, [first, ...rest]: (string | number)[], to: unknown): unknown {
  if (first === undefined) return to;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  const inner = changed(copy[first], rest, to);
  if (inner === REMOVED) delete copy[first];
  else copy[first] = inner;
  return Array.isArray(copy) ? copy.filter(() => true) : copy;
}

const otherType = (value: unknown) =>
  typeof value === "string"
    ? 7
    : typeof value === "number"
      ? { a: "b" }
      : Array.isArray(value)
        ? "text"
        : ["text"];

/** A refusal of all: a total or rows that say ERROR, and no row that says otherwise. */
const isAccepted = ({ method, status, body }: Pick<Served, "method" | "status" | "body">) => {
  const { prospects, status: total } = isObject(body) ? body : {};
  const words = (Array.isArray(prospects) ? prospects : []).map((row) => isObject(row) && row.status);
  const refused = (isObject(total) && total.status === "ERROR") || words.includes("ERROR");
  return method !== "GET" && status < 300 && (!refused || words.includes("OK"));
};

const valueAt = (value: unknown, way: (string | number)[]) =>
  way.reduce<unknown>((inner, name) => (inner as Record<string | number, unknown>)[name], value);

function expectProper(
  session: Session,
  { text, failed }: { text: string; failed: boolean },
  of: unknown,
): void {
  const bad = /undefined|\bNaN\b|\[object |TypeError|Cannot read|is not a function|defect/.exec(text)?.[0];
  expect([of, bad, session.events.filter(({ event }) => event === "defect")]).toEqual([of, undefined, []]);
  if (failed)
    expect([of, text]).toEqual([
      of,
      expect.stringMatching(/\n?(?:Nothing was|It may or may not|.*changed|.*carried out)/),
    ]);
}

describe("what others saw, changed at each place", () => {
  it.each(factsIn<Fact>("answers"))("%s", async (_name, { serve, call }) => {
    let served: { fits: RegExp; method: string; status: number; body: unknown; left: number }[] = [];
    const instead = ({ method, url }: Passing) => {
      const path = url.split("?")[0] ?? "";
      const found = served.find((one) => one.left > 0 && one.method === method && one.fits.test(path));
      if (found) found.left -= 1;
      return found;
    };
    const session = await openSession({ gate: { instead } });
    const [tool, args] = callOf(call);
    const last = serve.length - 1;
    for (const way of places(serve[last]?.body)) {
      for (const to of [REMOVED, null, otherType(valueAt(serve[last]?.body, way))]) {
        served = serve.map(({ method, path, status, body, times = 9 }, index) => ({
          method,
          left: times,
          status,
          fits: new RegExp(path),
          body: index === last ? changed(body, way, to) : body,
        }));
        const answer = await session.call(tool, {
          ...args,
          ...(tool === "create_campaign" && { name: `Outside ${way} ${typeof to}`.slice(0, 80) }),
        });
        const of = [way.join("."), to === REMOVED ? "missing" : to];
        expectProper(session, answer, of);
        const isDenied = /nothing was (?:changed|sent)/i.test(answer.text);
        if (answer.failed && served.some(isAccepted))
          expect([of, answer.text, isDenied]).toEqual([of, answer.text, false]);
      }
    }
  });
});

const routes = [
  "/v1/campaign_list",
  "/v1/prospects",
  "/v2/mailboxes",
  "/v2/linkedin_accounts",
  "/v2/inbox/messages?per_page=2",
  "/v2/campaigns/2104",
  "/v2/campaigns/2104/bounce_shield/threshold",
];

const tools: [string, object][] = [
  ["list_campaigns", {}],
  ["get_campaign", { campaign_id: 2104 }],
  ["check_campaign", { campaign_id: 2104 }],
  ["preview_campaign", { campaign_id: 2104 }],
  ["get_campaign_statistics", { campaign_id: 2104 }],
  ["search_prospects", {}],
  ["list_replies", {}],
  ["list_mailboxes", {}],
  ["list_linkedin_accounts", {}],
  ["run_campaign", { campaign_id: 2104 }],
  ["delete_campaign", { campaign_id: 2104 }],
  ["update_campaign", { campaign_id: 2104, settings: { daily_enroll: 3 }, dry_run: true }],
  [
    "add_campaign_step",
    { campaign_id: 2104, step: { type: "EMAIL", versions: [{ message: "<p>x</p>" }] }, dry_run: true },
  ],
  ["pause_all_campaigns", { dry_run: true }],
];

describe("the answer of another endpoint", () => {
  it.each(routes)("%s in place of every other", async (route) => {
    let body: unknown;
    const session = await openSession({
      gate: {
        instead: ({ method }) => (method === "GET" && body !== undefined ? { status: 200, body } : undefined),
      },
    });
    const { origin, key } = session.sandbox;
    body = await (await fetch(`${origin}/rest${route}`, { headers: { "x-api-key": key } })).json();
    for (const [tool, args] of tools) expectProper(session, await session.call(tool, args), tool);
    expect(session.attempted()).toEqual([]);
  });
});
