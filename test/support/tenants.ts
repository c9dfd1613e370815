/**
 * Several Woodpecker accounts behind one address, as the real API has them: a small server that passes each request to
 * the sandbox of the key it came with. Every request is kept with the headers with which it arrived.
 */
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import type { AddressInfo } from "node:net";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.ts";

export interface Arrived {
  key: string;
  /** "GET /rest/v1/campaign_list" */
  line: string;
  headers: IncomingHttpHeaders;
  /** Names the connection. */
  connection: number;
}

export interface Tenants {
  origin: string;
  arrived: Arrived[];
  sandbox(key: string): Sandbox;
  /** "POST /rest/v2/campaigns" for every write that was carried out for the key. */
  writes(key: string): string[];
  /** Requests of the key that match wait until `release` is called. */
  hold(key: string, line?: RegExp): { release(): void };
  close(): Promise<void>;
}

/** What is answered at once in place of the sandbox. */
export type Instead = (key: string, line: string) => object | undefined;

export async function startTenants(keys: readonly string[], instead?: Instead): Promise<Tenants> {
  const sandboxes = new Map<string, Sandbox>();
  for (const key of keys) sandboxes.set(key, await startSandbox());
  const arrived: Arrived[] = [];
  const holds = new Set<{ key: string; line: RegExp; released: Promise<void> }>();
  const sandbox = (key: string) => {
    const found = sandboxes.get(key);
    if (!found) throw new Error(`no tenant ${key}`);
    return found;
  };
  let connections = 0;
  const numbers = new WeakMap<object, number>();

  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers, socket } = request;
    const key = String(headers["x-api-key"]);
    const line = `${method} ${url}`;
    arrived.push({ key, line, headers, connection: numbers.get(socket) ?? 0 });
    const body = await bodyOf(request);
    for (const hold of [...holds]) if (hold.key === key && hold.line.test(line)) await hold.released;
    const own = sandboxes.get(key);
    // Every answer quotes the key, so that whatever shows what it should not is found out.
    response.setHeader("x-echo", key);
    const known = instead?.(key, line);
    if (known) {
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(known));
    }
    if (!own) {
      response.writeHead(401, { "content-type": "application/json" });
      return response.end(
        JSON.stringify({ status: { status: "ERROR", code: "E_SESSION", msg: `no ${key}` } }),
      );
    }
    const onward = httpRequest(`${own.origin}${url}`, {
      method,
      headers: { ...headers, host: new URL(own.origin).host, "x-api-key": own.key },
    });
    onward.on("error", () => response.destroy());
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    return onward.end(body);
  });
  server.on("connection", (socket) => void numbers.set(socket, ++connections));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    sandbox,
    writes: (key) =>
      sandbox(key)
        .writes()
        .map(({ method, path }) => `${method} ${path}`),
    hold(key, line = /./) {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const entry = { key, line, released };
      holds.add(entry);
      return {
        release() {
          holds.delete(entry);
          release();
        },
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const own of sandboxes.values()) await own.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
