/**
 * Odd answers of writes: whatever stands in place of Woodpecker's yes, the tool ends with a result or an explained failure. It
 * never says that nothing was changed where Woodpecker accepted something. A bounded random part goes on where the table ends.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpoints } from "../documents/errors/index.ts";
import type { Data } from "../support/answer.ts";
import { expectBorne, type OddSession, oddities, openOdd, placesIn, withOddity } from "./odd.ts";

interface Write {
  name: string;
  tool: string;
  args: (n: number) => object;
  method: string;
  route: RegExp;
  first?: readonly [string, object] | undefined;
}

/** Every write of the product, as the documented errors name them. */
const writes = Object.entries(endpoints).flatMap(([name, { tool, args, request, first }]): Write[] => {
  const [method = "", path = ""] = request.split(" ");
  const route = new RegExp(`^${path.replaceAll("{id}", "[^/?]+")}$`);
  return method === "GET" ? [] : [{ name, tool, args, method, route, first }];
});

/** Numbers after those that others have used. */
let calls = 1_000;

async function written(
  session: OddSession,
  { tool, args, method, route, name }: Write,
  body: string,
): Promise<void> {
  calls += 1;
  await session.replace({ method, route, body });
  const answer = await session.agree(tool, { ...args(calls), allow_duplicate: true });
  await session.replace(undefined);
  expectBorne(session, answer, `${name} ${body.slice(0, 80)}`);
  // A yes is a yes, and what is inside an import may still say no.
  const isImport = route.source.includes("add_prospects");
  const hasLeft = !answer.text.includes("the arguments do not fit");
  if (answer.failed && hasLeft && !isImport && tool !== "stop_prospects" && !route.source.includes("reports"))
    expect(answer.text, `${name} ${body.slice(0, 80)}`).not.toMatch(/nothing was (?:changed|sent)/i);
}

describe("an odd answer to a write", () => {
  it.each(writes.map((write) => [write.name, write] as const))("is borne: %s", async (_name, write) => {
    const session = await openOdd();
    if (write.first) await session.call(...write.first);
    // Whoever may still get e-mails is looked at again a second later.
    const few = write.name === "pause_people" ? oddities.slice(0, 2) : oddities;
    for (const [, odd] of few) await written(session, write, odd);
  });
});

/** What Woodpecker says to a write that it carries out, where it says anything. */
const bodies = (session: OddSession): Record<string, unknown> => ({
  create: session.sandbox.campaign(2104),
  update: session.sandbox.campaign(2104),
  add_step: session.sandbox.campaign(2104),
  delete_step: session.sandbox.campaign(2104),
  update_version: session.sandbox.campaign(2104),
  save_people: imported,
  enrol: imported,
  order_report: { hash: "f1e2d3" },
  block_addresses: { emails: ["nobody@moulin.example"] },
});

const imported: Data = {
  prospects: [
    { email: "jean@moulin.example", id: 7, prospect: null, prospect_campaign: "DUPLICATE", status: "OK" },
  ],
  status: { status: "OK", code: "OK", msg: "OK" },
};

describe("an answer to a write in which anything is anything", () => {
  it("is borne", async () => {
    const session = await openOdd();
    const genuine = bodies(session);
    const known = writes.filter(({ name }) => name in genuine && name !== "delete_step");
    const property = fc.asyncProperty(
      fc.constantFrom(...known),
      fc.nat(),
      fc.oneof(
        fc.json({ maxDepth: 3 }),
        fc.constantFrom(...oddities.map(([, odd]) => odd)),
        fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
        fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
      ),
      async (write, at, odd) => {
        const places = placesIn(genuine[write.name]);
        const body = withOddity(genuine[write.name], places[at % places.length] ?? [], odd);
        await written(session, write, body);
      },
    );
    await fc.assert(property, { numRuns: 40, seed: 20_261_128 });
  });
});
