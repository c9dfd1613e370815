/**
 * The errors that the vendor documents for each endpoint, with the documented bodies. The tests are made from here
 * (test/calls/documented-errors.test.ts), and so is docs/documents.md.
 */
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { business, problem, v1Error } from "../support/error-bodies.ts";
import type { Changed } from "../support/failure.ts";

export interface Endpoint {
  tool: string;
  args: Data;
  /** The request that fails. */
  request: string;
}

const campaigns = "/rest/v2/campaigns";
export const endpoints = {
  create: { tool: "create_campaign", args: draft, request: `POST ${campaigns}` },
  get: { tool: "get_campaign", args: { campaign_id: 2102 }, request: `GET ${campaigns}/2102` },
  list: { tool: "list_campaigns", args: {}, request: "GET /rest/v1/campaign_list" },
  run: { tool: "run_campaign", args: { campaign_id: 2102 }, request: `POST ${campaigns}/2102/run` },
  pause: { tool: "pause_campaign", args: { campaign_id: 2101 }, request: `POST ${campaigns}/2101/pause` },
  stop: { tool: "stop_campaign", args: { campaign_id: 2101 }, request: `POST ${campaigns}/2101/stop` },
  delete: { tool: "delete_campaign", args: { campaign_id: 2104 }, request: `DELETE ${campaigns}/2104` },
} satisfies Record<string, Endpoint>;

export type Name = keyof typeof endpoints;

export interface Documented {
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

export const documented: Record<Name, Documented[]> = {
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
