/** The errors that the vendor documents for each endpoint, with the documented bodies, as a person gets to read them. */
import { describe, expect, it } from "vitest";
import { documented, endpoints, type Name } from "../documents/errors.ts";
import { draft } from "../support/draft.ts";
import { attempts, expectExplained } from "../support/failure.ts";
import { openSession } from "../support/session.ts";

const [METHOD, PATH] = [0, 1];
const split = (request: string) => request.split(" ") as [string, string];
const shape = (body: unknown) => Object.keys(body as object)[0];

describe.each(Object.entries(documented))("%s", (name, errors) => {
  const { tool, args, request } = endpoints[name as Name];
  const rows = errors.map((error) => [error.status, error.says[0], shape(error.body), error] as const);

  it.each(rows)("%i %s (in the form with %s) is explained", async (_status, _code, _shape, error) => {
    const session = await openSession();
    session.sandbox.failNext({
      method: split(request)[METHOD],
      path: new RegExp(`${split(request)[PATH]}$`),
      times: 9,
      status: error.status,
      body: error.body,
    });
    const answer = await session.agree(tool, args);
    expectExplained(session, answer, error.changed ?? "no");
    for (const words of [...error.says, `HTTP ${error.status}`]) expect(answer.text).toContain(words);
    expect(attempts(session, request)).toBe(error.attempts ?? 1);
    expect(session.sandbox.writes()).toEqual([]);
  });
});

describe("an id that does not exist", () => {
  it.each(["get", "run", "pause", "stop", "delete"] as const)(
    "is said by %s, after one look",
    async (name) => {
      const session = await openSession();
      const answer = await session.call(endpoints[name].tool, { campaign_id: 999 });
      expectExplained(session, answer, "no");
      expect(answer.text).toContain("CAMPAIGN_NOT_EXIST");
      expect(answer.text).toContain("list_campaigns");
      expect(session.traffic()).toEqual(["GET /rest/v2/campaigns/999"]);
    },
  );
});

describe("an account without the feature", () => {
  it.each(["create", "run"] as const)("is told so by %s", async (name) => {
    const session = await openSession({ sandbox: { features: false, dialect: "type" } });
    const answer = await session.agree(endpoints[name].tool, endpoints[name].args);
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("MISSING_FEATURES");
    expect(session.sandbox.writes()).toEqual([]);
  });
});

describe("a draft that Woodpecker refuses without saying why", () => {
  it("comes with what was found in it", async () => {
    const session = await openSession();
    const steps = [{ type: "EMAIL", versions: [{ subject: "Hi", message: "{{FIRST_NAM}}" }] }];
    const answer = await session.call("create_campaign", { ...draft, steps });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("INPUT_DATA_VALIDATION_FAILURE");
    expect(answer.text).toContain('"{{FIRST_NAM}}" is not a Woodpecker snippet');
    expect(answer.text).toContain("{{FIRST_NAME}}");
  });

  it("because of a broken mailbox comes with where to look", async () => {
    const session = await openSession();
    const answer = await session.call("create_campaign", { ...draft, mailbox_ids: [504] });
    expectExplained(session, answer, "no");
    expect(answer.text).toContain("VALIDATION_FAILURE");
    expect(answer.text).toContain("list_mailboxes");
  });
});
