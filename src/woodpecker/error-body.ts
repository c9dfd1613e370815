/**
 * Reads the four error bodies of the Woodpecker API, and a text, a list or a list of errors in their place:
 *   problem  {title, status: 401, detail, timestamp}        v2: 401, malformed path or body, unknown route
 *   code     {code, message, details}                       v2 business errors, developer pages
 *   type     {type, message, details}                       the same in the help article; 500 everywhere
 *   v1       {status: {status: "ERROR", code, msg}}         v1; may come inside a 200
 */
import { cut, visible } from "../values/foreign.ts";
import { asObject, asString, type Loose } from "../values/loose.ts";
import { sayDetails } from "./details.ts";
import { isAboutPlan } from "./meanings.ts";

interface UpstreamError {
  code?: string;
  detail?: string;
  details?: string;
}

/** More than is ever shown, so that cutting comes after cleaning. */
const MAX_DETAIL = 10_000;

export function readError(body: unknown): UpstreamError {
  const { code, type, message, title, detail, details, status, error, errors } = fieldsOf(body);
  const v1 = asObject(status);
  const words = asString(v1.msg) ?? asString(message) ?? asString(detail);
  const [one] = [errors, error].flat().map(asObject);
  const label = [v1.code, code, type, one?.code, one?.type]
    .map(asString)
    .find((given) => given !== undefined);
  const known = knownCode(label ?? codeOfTitle(asString(title), words));
  // What stands where a code should be but is not one is only quoted.
  const shown = known ? words : (words ?? label);
  const isText = (value: unknown) => typeof value === "string";
  const rest = [details, ...[v1.msg, message, detail].filter((value) => !isText(value)), error, errors];
  const more = rest.flatMap((value) => sayDetails(value) ?? []).join("; ");
  return {
    ...(more !== "" && { details: more }),
    code: known,
    detail: shown === undefined ? undefined : visible(cut(shown, MAX_DETAIL)),
  };
}

/** Some servers answer with a bare text, or with a list of errors. */
const fieldsOf = (body: unknown): Loose =>
  typeof body === "string" ? { message: body } : Array.isArray(body) ? { errors: body } : asObject(body);

/** A v1 answer can be an error although its HTTP status is 200. */
export function isHiddenError(body: unknown): boolean {
  return asString(asObject(asObject(body).status).status) === "ERROR";
}

/** Codes come with a number in front ("WCNF001 / API_UNSUPPORTED_CAMPAIGN_FEATURES"), shortened, or misspelt (E_UNNOWN). */
function knownCode(code: string | undefined): string | undefined {
  if (!code) return undefined;
  const bare = code.split("/").at(-1)?.trim() ?? code;
  if (bare.startsWith("API_UNSUPPORTED_CAMPAIGN")) return "API_UNSUPPORTED_CAMPAIGN_FEATURES";
  if (!/^[A-Z][A-Z0-9_]{1,59}$/.test(bare)) return undefined;
  return bare === "E_UNKNOWN" ? "E_UNNOWN" : bare;
}

/** The problem form has no code; its title says little, its detail may say what the v1 code would. */
function codeOfTitle(title: string | undefined, detail: string | undefined): string | undefined {
  if (title === "Unauthorized" && /api key/i.test(detail ?? "")) return "E_SESSION";
  if (isAboutPlan(detail)) return "E_NO_PERMISSION";
  return undefined;
}
