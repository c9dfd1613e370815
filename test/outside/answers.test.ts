/**
 * What other people saw of Woodpecker's API, served to the product over a real socket. Each file of answers/ is one fact:
 * where it comes from, what it says, the answers (content made up), and what a tool has to make of it.
 */
import { describe, expect, it } from "vitest";
import { openSession } from "../support/session.ts";
import { type Call, callOf, factsIn, type Served } from "./facts.ts";

interface Fact {
  source: string;
  says: string;
  serve: Served[];
  call: Call;
  failed: boolean;
  data?: object;
  text?: string[];
  notText?: string[];
  /** Fields that no person in the answer has. */
  absent?: string[];
  /** All that reached the account. */
  traffic?: string[];
}

describe("what others saw", () => {
  it.each(factsIn<Fact>("answers"))("%s", async (_name, fact) => {
    expect(fact.source).not.toBe("");
    const session = await openSession();
    for (const { path, ...answer } of fact.serve)
      session.sandbox.failNext({ times: 9, ...answer, path: new RegExp(path) });
    const { failed, data, text } = await session.call(...callOf(fact.call));
    expect([failed, text]).toEqual([fact.failed, text]);
    if (fact.data) expect(data).toMatchObject(fact.data);
    for (const words of fact.text ?? []) expect(text).toContain(words);
    for (const words of fact.notText ?? []) expect(text).not.toContain(words);
    for (const field of fact.absent ?? [])
      for (const row of data.prospects) expect(row).not.toHaveProperty(field);
    if (fact.traffic) expect(session.traffic()).toEqual(fact.traffic);
  });
});
