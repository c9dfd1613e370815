/** Every operation through a real client against the sandbox: test/operations/cases/<tool>.ts holds what is asked and what must come. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { operations } from "../../src/operations/index.ts";
import type { Case } from "../support/case.ts";
import { openSession } from "../support/session.ts";

const fileOf = (tool: string) => tool.replaceAll("_", "-");

async function casesOf(tool: string): Promise<Case[]> {
  const module = await import(`./cases/${fileOf(tool)}.ts`).catch(() => ({ cases: [] }));
  return module.cases;
}

const all = await Promise.all(
  operations.map(async ({ name }) => ({ tool: name, cases: await casesOf(name) })),
);

describe("the cases", () => {
  it.each(all.map(({ tool, cases }) => [tool, cases] as const))("show %s at work", (_tool, cases) => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it("belong to a tool, every file of them", () => {
    const files = readdirSync(new URL("./cases", import.meta.url));
    expect(all.map(({ tool }) => `${fileOf(tool)}.ts`)).toEqual(expect.arrayContaining(files));
  });
});

const shown = all.filter(({ cases }) => cases.length > 0);

describe.each(shown.map(({ tool, cases }) => [tool, cases] as const))("%s", (tool, cases) => {
  it.each(cases.map((one) => [one.says, one] as const))("%s", async (_says, one) => {
    const { arguments: args, sandbox, agrees, upstream, result, words } = one;
    const session = await openSession({ ...(sandbox && { sandbox }) });
    let answer = await session.call(tool, args);
    if (agrees) answer = await session.call(tool, { ...args, confirmation: answer.data.confirmation });

    expect(session.traffic()).toEqual(upstream);
    expect(answer).toMatchObject({ failed: false, data: result });
    for (const word of words) expect(answer.text).toContain(word);
    expect(session.events.map(({ event }) => event)).not.toContain("defect");
  });
});
