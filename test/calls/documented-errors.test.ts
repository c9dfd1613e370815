/** The errors that the vendor documents for each endpoint, with the documented bodies, as a person gets to read them. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { attempts, business, type Changed, expectExplained, problem, v1Error } from "../support/failure.ts";
import { openSession } from "../support/session.ts";

interface Endpoint {
  tool: string;
  args: Data;
  /** The request that fails. */
  request: string;
}

const campaigns = "/rest/v2/campaigns";
const endpoints = {
  create: { tool: "create_campaign", args: draft, request: `POST ${campaigns}` },
  get: { tool: "get_campaign", args: { campaign_id: 2102 }, request: `GET ${campaigns}/2102` },
  list: { tool: "list_campaigns", args: {}, request: "GET /rest/v1/campaign_list" },
  run: { tool: "run_campaign", args: { campaign_id: 2102 }, request: `POST ${campaigns}/2102/run` },
  pause: { tool: "pause_campaign", args: { campaign_id: 2101 }, request: `POST ${campaigns}/2101/pause` },
  stop: { tool: "stop_campaign", args: { campaign_id: 2101 }, request: `POST ${campaigns}/2101/stop` },
  delete: { tool: "delete_campaign", args: { campaign_id: 2104 }, request: `DELETE ${campaigns}/2104` },
} satisfies Record<string, Endpoint>;

type Name = keyof typeof endpoints;

interface Documented {
  status: number;
  body: unknown;
  /** Stand in the text, beside the status. */
  says: string[];
  changed?: Changed;
  attempts?: number;
}

const badKey: Documented = {
  status: 401,
  body: problem(401, "Unauthorized", "Invalid api key"),
  says: ["WOODPECKER_API_KEY", "Invalid api key"],
};
const badId: Documented = {
  status: 400,
  body: problem(400, "Bad Request", "Value of campaign_id is incorrect."),
  says: ["Value of campaign_id is incorrect."],
};
/** In both dialects, since the vendor's pages disagree. */
const either = (
  status: number,
  code: string,
  message: string,
  more: Partial<Documented> = {},
): Documented[] =>
  (["code", "type"] as const).map((dialect) => ({
    status,
    body: business(dialect, code, message),
    says: [code, message],
    ...more,
  }));
const noPlan = either(403, "MISSING_FEATURES", "Upgrade your plan");
const noCampaign = either(404, "CAMPAIGN_NOT_EXIST", "Campaign not found");
const unsupported = either(
  409,
  "API_UNSUPPORTED_CAMPAIGN_FEATURES",
  "Campaign contains currently unsupported features",
);
const notFit = either(409, "VALIDATION_FAILURE", "Validation failure");
const unknown = (call: string, more: Partial<Documented>) =>
  either(500, "UNKNOWN", `Unknown error during ${call} call`, more);
const v1 = (status: number, code: string, msg: string, more: Partial<Documented> = {}): Documented => ({
  status,
  body: v1Error(code, msg),
  says: [code, msg],
  ...more,
});

const documented: Record<Name, Documented[]> = {
  create: [
    ...either(400, "INPUT_DATA_VALIDATION_FAILURE", "Input data validation failure"),
    badKey,
    ...noPlan,
    ...notFit,
    ...unknown("create campaign", { changed: "unclear" }),
  ],
  get: [badKey, ...noCampaign, ...unknown("get campaign", { attempts: 3 })],
  list: [
    v1(400, "E_WRONG_PARAM", "Wrong param [status]=active"),
    v1(400, "E_WRONG_PARAM", "Unknown param:state"),
    v1(401, "E_SESSION", "Api key is incorrect or no longer valid."),
    v1(403, "E_NO_PERMISSION", "Api access denied."),
    v1(403, "E_NO_PERMISSION", "You need to have an API keys addon to access our API."),
    v1(404, "E_URL_NOT_FOUND", "URL not found: /Woodpecker/rest/v1/campaign_list"),
    v1(409, "E_TOO_MANY_REQUESTS", "Too many requests in one time", { attempts: 3 }),
    v1(500, "E_UNNOWN", "Unknown error.", { attempts: 3 }),
  ],
  run: [
    badId,
    badKey,
    ...noPlan,
    ...noCampaign,
    ...notFit,
    ...unsupported,
    ...unknown("run campaign", { changed: "unclear" }),
  ],
  pause: [badId, badKey, ...noCampaign, ...unknown("pause campaign", { changed: "unclear", attempts: 3 })],
  stop: [badId, badKey, ...noCampaign, ...unknown("stop campaign", { changed: "unclear", attempts: 3 })],
  delete: [
    badKey,
    ...noCampaign,
    ...either(409, "CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW", "Campaign related to active workflow"),
    ...unknown("delete campaign", { changed: "unclear" }),
  ],
};

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
      expect(session.traffic()).toEqual([`GET ${campaigns}/999`]);
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
