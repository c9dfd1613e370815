/**
 * The bodies that the vendor's pages show, served to the tool that tells people what is in them: every value of the body stands
 * in the text and in the structured form, but for the fields that the example names as untold.
 */
import { describe, expect, it } from "vitest";
import type { Passing } from "../support/gate.ts";
import { openSession } from "../support/session.ts";
import type { Served } from "./examples/example.ts";
import { examples } from "./examples/index.ts";

const fits = ({ request }: Served) => {
  const [method = "", path = ""] = request.split(" ");
  const route = new RegExp(`^${path.replaceAll("{id}", "[^/?]+")}(\\?|$)`);
  return (passing: Passing) => passing.method === method && route.test(passing.url);
};

/** Values with the fields that they stand in, but for what is below some of them. */
function* leaves(value: unknown, without: readonly string[] = [], field = ""): Generator<[string, string]> {
  if (value === undefined || value === null || value === "" || typeof value === "boolean") return;
  if (typeof value !== "object") yield [field, String(value)];
  else
    for (const [name, inner] of Object.entries(value)) {
      const own = Array.isArray(value) ? field : name;
      if (!without.includes(own)) yield* leaves(inner, without, own);
    }
}

/** As a text holds a value: between others, and not as a part of a longer one. */
function holds(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const around = `${text[at - 1] ?? ""}${text[at + value.length] ?? ""}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

const values = (data: unknown): string => [...leaves(data)].map(([, value]) => value).join("\n");

describe("the documented answer", () => {
  it.each(examples.map((example) => [example.about, example] as const))(
    "%s is told whole",
    async (_about, example) => {
      const { tool, args = {}, beside = [], untold = [], as = {}, agency = false } = example;
      const served = [example, ...beside].map((one) => ({ ...one, fits: fits(one) }));
      const instead = (passing: Passing) => served.find((one) => one.fits(passing));
      const session = await openSession({
        gate: { instead: (passing) => withBody(instead(passing)) },
        sandbox: { agency },
      });
      const { text, data, failed } = await session.call(tool, args);
      expect([failed, text]).toEqual([false, text]);
      const [plain, structured] = [text.replaceAll('\\"', '"'), values(data)];
      const missing = { text: new Set<string>(), data: new Set<string>() };
      for (const [field, value] of leaves(example.body, untold)) {
        for (const words of as[field] ?? [value]) {
          if (!holds(plain, words)) missing.text.add(`${field}: ${words}`);
          if (!holds(structured, words)) missing.data.add(`${field}: ${words}`);
        }
      }
      expect([[...missing.text], [...missing.data], text]).toEqual([[], [], text]);
    },
  );
});

const withBody = (one: Served | undefined) =>
  one && { status: one.status ?? 200, body: one.body, headers: one.headers ?? {} };
