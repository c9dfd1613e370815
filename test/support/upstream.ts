/**
 * Woodpecker behind a bad network: a real server on a loopback port that passes every request to a sandbox and, where
 * it was told to, breaks the exchange at a chosen moment. What was carried out is counted by the sandbox.
 */
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";

/**
 * after_accept   the connection is there, nothing of the request was read
 * after_request  the request was read, and is not carried out
 * after_commit   it was carried out, and not a byte of the answer is sent
 * mid_headers    carried out, half of the answer's head is sent
 * mid_body       carried out, the head and half of the body are sent
 * after_body     carried out and answered in full
 */
type Moment = "after_accept" | "after_request" | "after_commit" | "mid_headers" | "mid_body" | "after_body";

export interface Fault {
  at: Moment;
  method?: string;
  path?: RegExp;
  /** Default 1. */
  times?: number;
  /** Let this many matching ones pass first. */
  skip?: number;
  /** What follows; by default a half answer is closed, anything else is reset. */
  end?: "reset" | "close" | "silence";
  /** Sent in place of the answer, in good form. */
  answer?: { status?: number; headers?: Record<string, string>; body?: unknown };
  /** Sent in place of the answer, byte for byte; the connection is closed behind it unless `end` says otherwise. */
  raw?: string | Buffer;
  /** Sent at once, before `raw`. */
  first?: string;
  /** Milliseconds between the bytes of what is sent after that. */
  drip?: number;
  /** Between reading the request and carrying it out, this is waited for. */
  until?: Promise<unknown>;
}

export interface Upstream {
  origin: string;
  port: number;
  /** The one accepted x-api-key: odd enough to be found wherever it turns up. */
  key: string;
  sandbox: Sandbox;
  fault(fault: Fault): void;
  /** "POST /rest/v2/campaigns" for every request that arrived in full, in order. */
  requests(line?: RegExp): string[];
  /** When they arrived. */
  times: number[];
  /** The requests other than GET that were carried out. */
  commits(): string[];
  connections(): number;
  /** Connections that are open now. */
  open(): number;
  /** Most requests that were under way at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** With every kind of character that some encoding changes. */
export const KEY = "Canary+key/5f3a==.d41d8cd98f00b204e9800998ecf8427e";

export async function startUpstream(options: SandboxOptions = {}): Promise<Upstream> {
  const sandbox = await startSandbox(options);
  const agent = new Agent({ keepAlive: false });
  const prepared: { fault: Fault; skip: number; left: number }[] = [];
  const lines: string[] = [];
  const times: number[] = [];
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let [connections, now, most] = [0, 0, 0];

  function take(matches: (fault: Fault) => boolean): Fault | undefined {
    for (const entry of prepared) {
      if (entry.left <= 0 || !matches(entry.fault)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }

  function carryOut({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const { "x-api-key": key, connection: _connection, ...rest } = headers;
    return new Promise((resolve, reject) => {
      const options = {
        method,
        agent,
        headers: { ...rest, "x-api-key": key === KEY ? sandbox.key : "wrong-key" },
      };
      const passed = httpRequest(`${sandbox.origin}${url}`, options, async (answer) => {
        const received = { "content-type": answer.headers["content-type"] ?? "" };
        const total = answer.headers["x-total-count"];
        resolve({
          status: answer.statusCode ?? 0,
          headers: {
            ...(received["content-type"] && received),
            ...(total && { "x-total-count": String(total) }),
          },
          body: await collect(answer),
        });
      });
      passed.on("error", reject);
      passed.end(body);
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await collect(request);
    const line = `${request.method} ${request.url}`;
    lines.push(line);
    times.push(Date.now());
    now += 1;
    most = Math.max(most, now);
    response.once("close", () => {
      now -= 1;
    });

    const fault = take(
      ({ at, method, path }) =>
        at !== "after_accept" && (!method || method === request.method) && (!path || path.test(line)),
    );
    if (!fault) return send(response, await carryOut(request, body));
    await fault.until;
    const real = fault.at === "after_request" ? undefined : await carryOut(request, body);
    const { answer } = fault;
    const given = answer && {
      status: answer.status ?? 200,
      headers: answer.headers ?? {},
      body: bytes(answer.body),
    };
    await breakOff(request.socket, response, fault, given ?? real);
  }

  /** Sends as much of the answer as the moment allows, and ends the connection as the fault says. */
  async function breakOff(
    socket: Socket,
    response: ServerResponse,
    { at, first, raw, answer, drip, end }: Fault,
    given: Answer | undefined,
  ): Promise<void> {
    const whole = at === "after_request" || at === "after_commit";
    if (whole && answer && raw === undefined && drip === undefined && end === undefined)
      return send(response, given as Answer);
    const head = given ? headOf(given) : Buffer.alloc(0);
    const body = given?.body ?? Buffer.alloc(0);
    const part = {
      after_accept: Buffer.alloc(0),
      after_request: answer ? Buffer.concat([head, body]) : Buffer.alloc(0),
      after_commit: answer ? Buffer.concat([head, body]) : Buffer.alloc(0),
      mid_headers: head.subarray(0, Math.floor(head.length / 2)),
      mid_body: Buffer.concat([head, body.subarray(0, Math.floor(body.length / 2))]),
      after_body: Buffer.concat([head, body]),
    }[at];
    const sent = raw === undefined ? part : Buffer.from(raw);
    if (first) await write(socket, Buffer.from(first), undefined);
    await write(socket, sent, drip);
    const how = end ?? (sent.length > 0 ? "close" : "reset");
    if (how === "reset") socket.resetAndDestroy();
    if (how === "close") socket.end(() => socket.destroy());
  }

  async function write(socket: Socket, data: Buffer, drip: number | undefined): Promise<void> {
    if (data.length === 0) return;
    const parts = drip === undefined ? [data] : [...data].map((byte) => Buffer.from([byte]));
    for (const part of parts) {
      if (socket.destroyed) return;
      await new Promise<void>((resolve) => socket.write(part, () => resolve()));
      if (drip !== undefined) await sleep(drip, undefined, { signal: closing.signal });
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    if (take(({ at }) => at === "after_accept")) socket.resetAndDestroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    key: KEY,
    sandbox,
    fault: (fault) => void prepared.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    requests: (line = /./) => lines.filter((one) => line.test(one)),
    times,
    commits: () => sandbox.writes().map(({ method, path }) => `${method} ${path}`),
    connections: () => connections,
    open: () => sockets.size,
    mostAtOnce: () => most,
    async close() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
      await sandbox.close();
    },
  };
}

/** Lets what waits for it go on when it is told to. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const opens: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => opens.push(resolve));
  return { opened, open: () => opens[0]?.() };
}

/** Every answer quotes the key in a header, so that whatever shows headers is found out. */
function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const length = status === 204 ? {} : { "content-length": String(body.length) };
  response.writeHead(status, { ...length, "x-echo": KEY, ...headers }).end(body);
}

function headOf({ status, headers, body }: Answer): Buffer {
  const fields = { "content-length": String(body.length), "x-echo": KEY, ...headers };
  const rows = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`HTTP/1.1 ${status} Answer\r\n${rows.join("\r\n")}\r\n\r\n`, "latin1");
}

function bytes(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

async function collect(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
