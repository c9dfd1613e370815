/** Finds the route of a request, checks what is true of all routes, and calls the handler. */
import { business, incorrect, problem, Refusal, type Reply, v1Error } from "./reply.ts";
import type { State, StoredCampaign } from "./state.ts";
import type { Forms } from "./types.ts";
import type { Company, World } from "./world.ts";

/** What is the same for every request. */
export interface Setup extends Forms {
  world: World;
  features: boolean;
  now: () => Date;
}

export interface Context extends Setup {
  /** The account the request acts in, and the client it belongs to where that is not the key's own. */
  state: State;
  company: Company | undefined;
}

export interface Call extends Context {
  /** Path and query as they were sent. */
  target: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

export interface Route {
  method: string;
  /** Segments in braces are parameters. */
  pattern: string;
  /** As the API names the operation in its unknown errors. */
  call: string;
  /** The route needs a JSON body. */
  takesBody?: boolean;
  /** @throws Refusal */
  handler(call: Call): Reply;
}

export interface Incoming {
  method: string;
  path: string;
  query: string;
  contentType: string;
  body: { json?: unknown; fault?: "none" | "malformed" | "too large" };
}

export const isV1 = (path: string): boolean => path.startsWith("/rest/v1/");

function match(pattern: string, path: string): Record<string, string> | undefined {
  const found = new RegExp(`^${pattern.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(path);
  return found ? { ...found.groups } : undefined;
}

export function findRoute(routes: readonly Route[], method: string, path: string): Route | undefined {
  return routes.find((route) => route.method === method && match(route.pattern, path));
}

export function dispatch(routes: readonly Route[], incoming: Incoming, context: Context): Reply {
  const { method, path, body } = incoming;
  const now = context.now();
  const route = findRoute(routes, method, path);
  if (!route) return noRoute(routes, path, now);
  const fault = bodyFault(route, incoming);
  if (fault) {
    const [status, detail] = fault;
    return isV1(path) ? v1Error(status, "E_WRONG_PARAM", detail) : problem(status, detail, now);
  }
  const params = match(route.pattern, path) ?? {};
  const target = incoming.query === "" ? path : `${path}?${incoming.query}`;
  const query = new URLSearchParams(incoming.query);
  try {
    return route.handler({ ...context, target, params, query, body: body.json });
  } catch (error) {
    if (error instanceof Refusal) return error.said(context.dialect, now);
    throw error;
  }
}

function bodyFault({ takesBody }: Route, { contentType, body }: Incoming): [number, string] | undefined {
  if (body.fault === "too large") return [413, "Request body is too large"];
  if (!takesBody) return undefined;
  // Undocumented beyond "shape A": the pages name the header as required, so its absence is refused.
  if (!/^application\/json\b/i.test(contentType)) return [415, "Content-Type must be application/json"];
  return body.fault && [400, "Request body is missing or is not valid JSON"];
}

function noRoute(routes: readonly Route[], path: string, now: Date): Reply {
  // v1 has no documented answer to a wrong method, and every v1 error has the v1 shape.
  if (isV1(path)) return v1Error(404, "E_URL_NOT_FOUND", `URL not found: /Woodpecker${path}`);
  const allowed = routes.filter((route) => match(route.pattern, path)).map((route) => route.method);
  if (allowed.length === 0) return problem(404, "Requested resource does not exist", now);
  return { ...problem(405, "Method not allowed", now), headers: { allow: allowed.join(", ") } };
}

/** The campaign a v2 path names. */
export function findCampaign({ state, params }: Call): StoredCampaign {
  const text = params.campaign_id ?? "";
  const id = Number(text);
  // The help article's route only matches digits; the newer pages document this 400 for run and pause.
  if (!/^\d+$/.test(text) || id < 1 || !Number.isSafeInteger(id)) throw incorrect("campaign_id");
  const found = state.campaigns.get(id);
  if (!found) throw business("CAMPAIGN_NOT_EXIST");
  return found;
}
