/** Values that no document knows, and where to put them into an answer; sessions whose answers can be replaced. */
import { expect } from "vitest";
import type { Answer } from "../support/answer.ts";
import type { Passing } from "../support/gate.ts";
import { openSession, type Session } from "../support/session.ts";

const deep = `${'{"a":'.repeat(6_000)}1${"}".repeat(6_000)}`;

/** As JSON text, since some of it no value here could hold. */
export const oddities: [string, string][] = [
  ["null", "null"],
  ["a number beyond all times", "1e20"],
  ["a negative number", "-1"],
  ["no text", '""'],
  ["half a character", '"\\ud800"'],
  ["an object that cannot be a text", '{"toString":"x","valueOf":1}'],
  ["an object with odd names", '{"__proto__":{"a":1},"constructor":null,"":[]}'],
  ["a list", "[[[]]]"],
  ["true", "true"],
  ["something nested 6,000 deep", deep],
  ["a long text", JSON.stringify("x".repeat(60_000))],
];

const MARK = "\u0001odd\u0001";

/** Every place of a value, but not more than some of each list: they are alike. */
export function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [at];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, 1).map((entry, index) => [index, entry])
    : Object.entries(value);
  return [at, ...entries.flatMap(([name, entry]) => placesIn(entry, [...at, name]))];
}

export function withOddity(value: unknown, place: readonly (string | number)[], odd: string): string {
  const copy = structuredClone(value);
  if (place.length === 0) return odd;
  let holder = copy as Record<string | number, unknown>;
  for (const name of place.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>;
  holder[place.at(-1) as string] = MARK;
  return JSON.stringify(copy).replace(JSON.stringify(MARK), () => odd);
}

export interface Replaced {
  method: string;
  route: RegExp;
  body: string;
}

export interface OddSession extends Session {
  /** From now on this request is answered so; nothing: as usual. */
  replace(what: Replaced | undefined): Promise<void>;
}

export async function openOdd(until?: Parameters<typeof openSession>[1]): Promise<OddSession> {
  let replaced: Replaced | undefined;
  const fits = ({ method, url }: Passing) =>
    replaced !== undefined && method === replaced.method && replaced.route.test(url.split("?")[0] ?? "");
  const instead = (request: Passing) => (fits(request) ? { status: 200, body: replaced?.body } : undefined);
  const session = await openSession({ gate: { instead } }, until);
  return {
    ...session,
    async replace(what) {
      replaced = undefined;
      // What goes well between them keeps the server from thinking that Woodpecker is down.
      if (what) await session.api.forCall({}).get("/rest/v2/mailboxes");
      replaced = what;
    },
  };
}

const depthOf = (value: unknown): number =>
  value === null || typeof value !== "object" ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf));

/** A result or an explained failure, and never a defect of this server. */
export function expectBorne({ events }: Session, { text, data }: Answer, where: string): void {
  const of = `${where}: ${text.slice(0, 400)}`;
  expect(text, of).not.toContain("a defect in this server");
  expect(
    events.map(({ event }) => event),
    of,
  ).not.toContain("defect");
  expect(depthOf(data ?? {}), of).toBeLessThan(40);
}
