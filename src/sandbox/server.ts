/** The HTTP server: takes a request in, through prepared failures, key, company and queue, and writes the answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { controlAnswer, isControl } from "./advance.ts";
import { readBody } from "./body.ts";
import type { Clock } from "./clock/clock.ts";
import { type Answer, documented, type Failures, failureAnswer } from "./failures.ts";
import type { Lanes } from "./queue.ts";
import { noPermission, overload, type Reply, unauthorised } from "./reply.ts";
import type { RequestLog } from "./request-log.ts";
import { dispatch, findRoute, type Incoming, isV1, type Setup } from "./router.ts";
import { ROUTES } from "./routes.ts";
import type { SandboxRequest } from "./types.ts";
import { companyOf } from "./world.ts";

interface ServerParts {
  key: string;
  setup: Setup;
  clock: Clock;
  log: RequestLog;
  failures: Failures;
  lanes: Lanes;
}

export function createSandboxServer(parts: ServerParts): Server {
  return createServer((message, response) => {
    serve(parts, message, response).catch(() => response.destroy());
  });
}

async function serve(parts: ServerParts, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = requestFrom(message);
  const control = isControl(request.path);
  if (!control) parts.log.add(request);
  const body = await readBody(message);
  request.body = "json" in body ? body.json : body.text || undefined;
  const { method, path, query } = request;
  const incoming = { method, path, query, body, contentType: request.headers["content-type"] ?? "" };
  if (control) {
    const authorised = request.headers["x-api-key"] === parts.key;
    return send(response, controlAnswer(authorised, incoming, parts.clock, parts.setup.world));
  }
  const answer = await answerTo(parts, request, incoming);
  if (!answer) return void message.socket.destroy();
  request.status = answer.status;
  send(response, answer);
}

async function answerTo(parts: ServerParts, request: SandboxRequest, incoming: Incoming): Promise<Answer> {
  const failure = parts.failures.take(request);
  const standard = (status: number) => standardAnswer(parts, request, status);
  if (failure && failure.after !== "commit") return failureAnswer(failure, standard);
  const answer = await carryOut(parts, request, incoming);
  return failure ? failureAnswer(failure, standard) : answer;
}

async function carryOut(parts: ServerParts, request: SandboxRequest, incoming: Incoming): Promise<Reply> {
  const { key, setup, log, lanes } = parts;
  const { world, now } = setup;
  const v1 = isV1(request.path);
  if (request.headers["x-api-key"] !== key) return unauthorised(v1, now());
  const header = request.headers["x-company-id"];
  const company = companyOf(world, header);
  if (company === "unknown") return noPermission(v1, now());

  // An agency's clients queue apart from each other and from the headquarters that owns the key.
  const account = `${key}/${header ?? ""}`;
  if (!(await lanes.enter(account))) return overload(v1, now());
  let result: Reply;
  try {
    const state = company?.state ?? world.own;
    result = serialised(dispatch(ROUTES, incoming, { ...setup, state, company }));
  } catch {
    result = standardAnswer(parts, request, 500);
  }
  if (result.status >= 200 && result.status < 300) log.carriedOut(request);
  // The effect comes before the wait: a client that gives up early cannot conclude that nothing happened.
  await lanes.leave(account);
  return result;
}

function standardAnswer({ setup }: ServerParts, { method, path }: SandboxRequest, status: number): Reply {
  const call = findRoute(ROUTES, method, path)?.call ?? "unknown";
  return documented(status, isV1(path), call, setup.dialect, setup.now());
}

/** Written out at once: while the request is held, another may change what the body is made of. */
function serialised({ status, body, headers }: Reply): Reply {
  if (body === undefined) return { status, headers };
  return { status, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}

function requestFrom(message: IncomingMessage): SandboxRequest {
  const [path = "", ...query] = (message.url ?? "").split("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  return { method: message.method ?? "", path, query: query.join("?"), headers, body: undefined, status: 0 };
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (body === undefined || body === "" || status === 204) {
    response.writeHead(status, status === 204 ? headers : { "content-length": "0", ...headers }).end();
    return;
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json";
  response
    .writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text), ...headers })
    .end(text);
}
