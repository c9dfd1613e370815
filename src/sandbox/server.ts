import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readBody } from "./body.ts";
import { documented, type Failures } from "./failures.ts";
import type { Lanes } from "./lanes.ts";
import type { SandboxRequest } from "./options.ts";
import type { RequestLog } from "./record.ts";
import { overload, type Reply, unauthorised } from "./reply.ts";
import { type Call, dispatch, findRoute, type Incoming, isV1 } from "./router.ts";
import { ROUTES } from "./routes.ts";

export interface ServerParts {
  key: string;
  context: Omit<Call, "params" | "query" | "body">;
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
  const request = describe(message);
  parts.log.add(request);
  const body = await readBody(message);
  request.body = "json" in body ? body.json : body.text || undefined;
  const { method, path, query } = request;
  const incoming = { method, path, query, body, contentType: request.headers["content-type"] ?? "" };
  await answer(parts, request, incoming, (reply) => {
    request.status = reply.status;
    send(response, reply);
  });
}

async function answer(
  parts: ServerParts,
  request: SandboxRequest,
  incoming: Incoming,
  reply: (reply: Reply) => void,
): Promise<void> {
  const { key, context, log, failures, lanes } = parts;
  const v1 = isV1(request.path);
  const call = findRoute(ROUTES, request.method, request.path)?.call ?? "unknown";

  const failure = failures.take(request);
  if (failure) {
    const standard = documented(failure.status, v1, call, context.dialect, context.now());
    const body = failure.body === undefined ? standard.body : failure.body;
    return reply({ status: failure.status, body, headers: failure.headers });
  }
  if (request.headers["x-api-key"] !== key) return reply(unauthorised(v1, context.now()));

  // An agency's clients queue apart from each other and from the headquarters that owns the key.
  const account = `${key}/${request.headers["x-company-id"] ?? ""}`;
  if (!(await lanes.enter(account))) return reply(overload(v1, context.now()));
  let result: Reply;
  try {
    result = written(dispatch(ROUTES, incoming, context));
  } catch {
    result = documented(500, v1, call, context.dialect, context.now());
  }
  log.handled(request);
  request.status = result.status;
  // The effect comes before the wait: a client that gives up early cannot conclude that nothing happened.
  await lanes.leave(account);
  reply(result);
}

/** Written out at once: while the request is held, another may change what the body is made of. */
function written({ status, body, headers }: Reply): Reply {
  if (body === undefined) return { status, headers };
  return { status, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}

function describe(message: IncomingMessage): SandboxRequest {
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
