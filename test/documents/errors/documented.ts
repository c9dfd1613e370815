/** What a documented error is made of, and those that endpoints have in common. */
import { business, problem, v1Error } from "../../support/error-bodies.ts";

/**
 * S0 run, S2 pause, S3 the list of v1, S4 get, on the developer pages; S1 the help article; R pages that others read whole;
 * O seen by others; `-` not shown for this endpoint, so it is taken to be like the others.
 */
export type Source = "S0" | "S1" | "S2" | "S3" | "S4" | "R" | "O" | "-";

export interface Documented {
  status: number;
  body: unknown;
  /** Stand in the text, beside the status. */
  says: readonly string[];
  sources: readonly Source[];
}

export interface Endpoint {
  tool: string;
  /** @param n another one each time, for what is not done twice */
  args: (n: number) => object;
  /** The request that fails: "POST /rest/v2/campaigns". */
  request: string;
  /** A call before it, in the same account. */
  first?: readonly [tool: string, args: object];
  /** The key is an agency's. */
  agency?: true;
  /** It is only a part of what the tool does: the answer is a result in which this failure is named. */
  partly?: true;
  errors: readonly Documented[];
}

/** In both dialects, since the vendor's pages disagree. */
export const either = (
  status: number,
  code: string,
  message: string,
  ...sources: readonly Source[]
): Documented[] =>
  (["code", "type"] as const).map((dialect) => ({
    status,
    body: business(dialect, code, message),
    says: [code, message],
    sources,
  }));

export const asProblem = (
  status: number,
  title: string,
  detail: string,
  sources: readonly Source[],
  says: readonly string[] = [detail],
): Documented => ({ status, body: problem(status, title, detail), says, sources });

export const v1 = (status: number, code: string, msg: string, ...sources: readonly Source[]): Documented => ({
  status,
  body: v1Error(code, msg),
  says: [code.replace("E_UNKNOWN", "E_UNNOWN"), msg],
  sources,
});

export const badKey = (...sources: readonly Source[]) =>
  asProblem(401, "Unauthorized", "Invalid api key", sources, ["WOODPECKER_API_KEY", "Invalid api key"]);
export const badId = (...sources: readonly Source[]) =>
  asProblem(400, "Bad Request", "Value of campaign_id is incorrect.", sources);
export const unknownPath = asProblem(404, "Not Found", "Requested resource does not exist", ["R"]);
export const noAddon = [
  asProblem(401, "Unauthorized", "No API addon", ["R"], ["E_NO_PERMISSION", "No API addon", "billing"]),
  asProblem(401, "Unauthorized", "Upgrade your plan", ["R"], ["E_NO_PERMISSION", "Upgrade your plan"]),
];
/** The body of this one is documented nowhere. */
export const busy: Documented = { status: 429, body: "", says: ["busy"], sources: ["S3", "R"] };
export const failure = (call: string, ...sources: readonly Source[]) =>
  either(500, "UNKNOWN", `Unknown error during ${call} call`, ...sources);

export const noCampaign = (...sources: readonly Source[]) =>
  either(404, "CAMPAIGN_NOT_EXIST", "Campaign not found", ...sources);
export const unsupported = (...sources: readonly Source[]) =>
  either(
    409,
    "API_UNSUPPORTED_CAMPAIGN_FEATURES",
    "Campaign contains currently unsupported features",
    ...sources,
  );
export const notFit = (...sources: readonly Source[]) =>
  either(409, "VALIDATION_FAILURE", "Validation failure", ...sources);
export const badData = (...sources: readonly Source[]) =>
  either(400, "INPUT_DATA_VALIDATION_FAILURE", "Input data validation failure", ...sources);
export const noFeature = (...sources: readonly Source[]) =>
  either(403, "MISSING_FEATURES", "Upgrade your plan", ...sources);

/** What every route of v1 may answer (error page and S3). */
export const ofV1 = (path: string, ...sources: readonly Source[]): Documented[] => [
  v1(400, "E_WRONG_PARAM", "Unknown param:state", ...sources),
  v1(401, "E_SESSION", "Api key is incorrect or no longer valid.", ...sources),
  v1(403, "E_NO_PERMISSION", "Api access denied.", ...sources),
  v1(403, "E_NO_PERMISSION", "You need to have an API keys addon to access our API.", ...sources),
  v1(404, "E_URL_NOT_FOUND", `URL not found: /Woodpecker${path}`, ...sources),
  v1(409, "E_TOO_MANY_REQUESTS", "Too many requests in one time", ...sources),
  v1(500, "E_UNNOWN", "Unknown error.", ...sources),
  v1(500, "E_UNKNOWN", "Unknown error.", "O"),
];
/** What every route of v2 may answer. */
export const ofV2 = (call: string): Documented[] => [badKey("R"), busy, ...failure(call, "-")];
