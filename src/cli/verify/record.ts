/**
 * What may be written down of an account: which known fields came, of what kind, with which status and how fast. A text,
 * a number, a name of a field or a header that is not on the list of known ones never gets into a record.
 */
import { isObject } from "../../values/loose.ts";
import { routeOf, type Seen } from "../../woodpecker/probing.ts";
import { knownFields, knownWords } from "./known.ts";
import type { LookedAt } from "./probe.ts";

export type Shape = string | { [field: string]: Shape } | Shape[];

export interface RecordedExchange {
  method: string;
  /** With {id} in place of every id. */
  path: string;
  /** Names of its parameters. */
  query: string[];
  status: number | null;
  headers: Record<string, string>;
  body: Shape;
  /** The slowest of all that were answered like this. */
  ms: number;
  times: number;
}

export interface Recorded {
  version: string;
  date: string;
  sandbox: boolean;
  findings: Record<string, LookedAt>;
  exchanges: RecordedExchange[];
}

export function recordOf(
  seen: readonly Seen[],
  findings: ReadonlyMap<string, LookedAt>,
  about: Pick<Recorded, "version" | "date" | "sandbox">,
): Recorded {
  const known = new Map<string, RecordedExchange>();
  for (const { question, status = null, headers, ms, body } of seen) {
    const { method, path, query = {} } = question;
    const asked = { method, path: routeOf(path), query: Object.keys(query).sort() };
    const exchange = { ...asked, status, headers: headersOf(headers), body: shapeOf(body) };
    const key = JSON.stringify(exchange);
    const { ms: slowest = 0, times = 0 } = known.get(key) ?? {};
    known.set(key, { ...exchange, ms: Math.max(ms, slowest), times: times + 1 });
  }
  const sorted = [...findings].sort(([a], [b]) => a.localeCompare(b));
  return { ...about, findings: Object.fromEntries(sorted), exchanges: [...known.values()] };
}

/** One exchange a line, for whoever looks through it. */
export function recordText({ exchanges, ...rest }: Recorded): string {
  const head = JSON.stringify(rest, null, 1).slice(0, -2);
  const lines = exchanges.map((one) => `  ${JSON.stringify(one)}`);
  return `${head},\n "exchanges": [\n${lines.join(",\n")}\n ]\n}\n`;
}

function headersOf(headers: Record<string, string>): Record<string, string> {
  const type = headers["content-type"];
  const wait = headers["retry-after"];
  return {
    ...(type !== undefined && { "content-type": /json/.test(type) ? "json" : "other" }),
    ...(wait !== undefined && { "retry-after": /^\d{1,4}$/.test(wait) ? "seconds" : "other" }),
    ...(headers["x-total-count"] !== undefined && { "x-total-count": "number" }),
  };
}

const MOST_SHAPES = 5;

export function shapeOf(value: unknown, depth = 0): Shape {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (depth > 40) return "deeper";
  if (Array.isArray(value)) {
    const shapes = new Map(
      value.map((one) => shapeOf(one, depth + 1)).map((shape) => [JSON.stringify(shape), shape]),
    );
    return [...shapes.values()].slice(0, MOST_SHAPES);
  }
  if (isObject(value)) {
    const known = Object.entries(value).filter(([name]) => knownFields.has(name));
    const others = Object.keys(value).length - known.length;
    return Object.fromEntries([
      ...known.map(([name, inner]) => [name, shapeOf(inner, depth + 1)]),
      ...(others > 0 ? [["(others)", "unknown fields"]] : []),
    ]);
  }
  return typeof value === "string" ? kindOfText(value) : typeof value;
}

function kindOfText(text: string): Shape {
  if (text === "") return "empty text";
  if (knownWords.has(text)) return `word ${text}`;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?$/.test(text)) return "time";
  if (/^\d+$/.test(text)) return "digits";
  return "text";
}
