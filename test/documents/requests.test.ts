/** What leaves for Woodpecker has the form that its pages show, and the sandbox, a reading of its own, takes it. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { lineOf } from "../support/sandbox.ts";
import { openSession, type Session } from "../support/session.ts";
import { requestExamples } from "./examples/requests.ts";

/** Of the campaign as it was before. */
function lastStep(session: Session): string {
  let step = (session.sandbox.campaign(2104) as Data).steps;
  while (step.followup) step = step.followup;
  return step.id;
}

describe("the documented request", () => {
  it.each(requestExamples.map((example) => [example.about, example] as const))(
    "%s",
    async (_about, example) => {
      const { tool, args, request, body, first } = example;
      const session = await openSession();
      if (first) await session.call(...first);
      const last = lastStep(session);
      const { failed, text } = await session.agree(tool, args);
      expect([failed, text]).toEqual([false, text]);
      const route = new RegExp(`^${request.replaceAll("?", "\\?").replaceAll("{id}", "[^/]+")}$`);
      const sent = session.sandbox.requests.filter((one) => route.test(decodeURIComponent(lineOf(one))));
      expect(sent.map((one) => one.status)).toEqual([
        expect.toSatisfy((status: number) => status >= 200 && status < 300),
      ]);
      const expected =
        body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace("{last}", last));
      expect(sent[0]?.body).toEqual(expected);
    },
  );
});
