/** What other people saw of Woodpecker's API, asked of the sandbox: each file of sandbox/ is one fact with its source. */
import { describe, expect, it } from "vitest";
import { call, start } from "../sandbox/helpers.ts";
import { factsIn } from "./facts.ts";

interface Fact {
  source: string;
  /** Asked first, each with a body or without. */
  before?: [string, object?][];
  ask: string;
  body?: object;
  status: number;
  answer?: object;
}

describe("the sandbox answers as others saw it", () => {
  it.each(factsIn<Fact>("sandbox"))(
    "%s",
    async (_name, { source, before = [], ask, body: sent, status, answer }) => {
      expect(source).not.toBe("");
      const sandbox = await start();
      for (const [first, with_] of before)
        expect((await call(sandbox, first, with_)).status).toBeLessThan(300);
      const given = await call(sandbox, ask, sent);
      expect([given.status, given.text]).toEqual([status, given.text]);
      if (answer) expect(given.body).toMatchObject(answer);
    },
  );
});
