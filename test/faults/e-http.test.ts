/** docs/faults.md, E: requests over HTTP that come from elsewhere, show no key, or are no requests. */
import { afterAll, beforeAll, describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { type HttpProgram, refusesToStart, startHttp } from "../support/http-program.ts";
import { type Answered, bearer, theKey } from "../support/http-session.ts";
import { greeting, message } from "../support/json-rpc.ts";
import { waitFor } from "../support/patience.ts";
import { KEY, startUpstream, type Upstream } from "../support/upstream.ts";
import { expectNoKey, fault, preload } from "./fault.ts";
import { create } from "./lines.ts";

const TOKEN = "token-of-the-team-0123456789abcdef";
const OTHER = "another-key-00000000";
const MIB = 1024 * 1024;

let upstream: Upstream;

/** One key in the process; the same with a token; a key with each caller, and sessions. */
let plain: HttpProgram;

let locked: HttpProgram;

let many: HttpProgram;

beforeAll(async () => {
  upstream = await startUpstream();
  const WOODPECKER_API_URL = upstream.origin;
  const account = { WOODPECKER_API_URL, WOODPECKER_API_KEY: KEY, LOG_LEVEL: "debug" };
  [plain, locked, many] = await Promise.all([
    startHttp([], account),
    startHttp([], { ...account, WOODPECKER_MCP_TOKEN: TOKEN }),
    startHttp(["--sessions"], { WOODPECKER_API_URL, AUTH_MODE: "header", LOG_LEVEL: "debug" }),
  ]);
});

afterAll(async () => {
  for (const server of [plain, locked, many]) {
    await server.close();
    for (const said of [server.stderr(), server.stdout(), server.answered()]) {
      expectNoKey(said);
      expect(said).not.toMatch(/<html|node_modules|\bat .+:\d+:\d+|\.(ts|cjs):\d/i);
      expect(said).not.toContain(TOKEN);
    }
  }
  await upstream.close();
});

/** A refusal is JSON with a sentence, and nothing that a program says of itself. */
function expectRefused({ headers, text }: Answered, code = -32000): void {
  expect(headers["content-type"]).toBe("application/json");
  const { error, ...rest } = JSON.parse(text);
  expect(rest).toEqual({ jsonrpc: "2.0", id: null });
  expect(error).toEqual({ code, message: expect.stringMatching(/\w/) });
}

const list = () => message("tools/list");

describe("where a request comes from", () => {
  const foreign = [
    "https://evil.example",
    "null",
    "http://localhost.evil.example",
    "http://evil.example#localhost",
    "chrome-extension://localhost",
    "http://localhost:1@evil.example",
    "localhost",
  ];
  for (const origin of foreign) {
    fault("F111", `${origin} is refused before the body is read`, async () => {
      const answer = await plain.send({ headers: { origin }, body: "{" });
      expect(answer.status).toBe(403);
      expectRefused(answer);
    });
  }

  const hosts = [
    "evil.example",
    "127.0.0.1.evil.com",
    "localhost:1@evil.example",
    "localhost/x",
    "localhost#evil.example",
    "evil.example?localhost",
    "local\thost",
    "0x7f.1.evil.com",
  ];
  for (const host of hosts) {
    fault("F112", `${JSON.stringify(host)} is refused before the body is read`, async () => {
      const answer = await plain.send({ headers: { host }, body: "{" });
      expect(answer.status).toBe(403);
      expectRefused(answer);
    });
  }

  fault("F112", "none at all", async () => {
    expect(await plain.bytes("POST /mcp HTTP/1.1\r\nconnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await plain.bytes("POST /mcp HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe("who calls", () => {
  const shown: [string, Record<string, string>][] = [
    ["nothing", {}],
    ["a short one", bearer(TOKEN.slice(0, 8))],
    ["a wrong one", bearer(TOKEN.replace("0", "1"))],
    ["a longer one", bearer(`${TOKEN}x`)],
    ["none behind Bearer", { authorization: "Bearer" }],
    ["the token without Bearer", { authorization: TOKEN }],
  ];
  for (const [what, headers] of shown) {
    fault("F113", `${what} is refused before the body is read`, async () => {
      const answer = await locked.send({ headers, body: "{" });
      expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
      expectRefused(answer);
    });
  }

  fault("F113", "in the query it opens nothing; in the header it does", async () => {
    expect((await locked.send({ body: list() }, `/mcp?token=${TOKEN}`)).status).toBe(404);
    expect((await locked.send({ headers: bearer(TOKEN), body: list() })).status).toBe(200);
    expect((await locked.send({ headers: { authorization: `bearer ${TOKEN}` }, body: list() })).status).toBe(
      200,
    );
  });

  const without: [string, Record<string, string>][] = [
    ["none", {}],
    ["an empty one", theKey("")],
    ["one with blanks", theKey("two words here")],
    ["one in Authorization", bearer(KEY)],
    ["Woodpecker's own header", { "x-api-key": KEY }],
  ];
  for (const [what, headers] of without) {
    fault("F114", `${what}, before the body is read`, async () => {
      const answer = await many.send({ headers, body: "{" });
      expect(answer.status).toBe(401);
      expect(answer.text).toContain("x-woodpecker-api-key");
      expectRefused(answer);
    });
  }

  fault("F114", "a key in the process as well is a mistake", async () => {
    const env = { AUTH_MODE: "header", WOODPECKER_API_KEY: KEY };
    const { code, stderr } = await refusesToStart([], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^[^\n]*WOODPECKER_API_KEY must not be set\n$/);
    expectNoKey(stderr);
  });
});

describe("what is sent", () => {
  const filler = JSON.stringify({ filler: "x".repeat(MIB) }).slice(0, MIB + 1);
  const bodies: [string, Parameters<HttpProgram["send"]>[0]][] = [
    ["declared", { body: filler, headers: { "content-length": String(MIB + 1) } }],
    ["chunked", { chunks: [filler.slice(0, MIB), filler.slice(MIB)] }],
    ["5 MiB, declared", { body: "x".repeat(5 * MIB), headers: { "content-length": String(5 * MIB) } }],
    ["5 MiB, chunked", { chunks: Array(80).fill("x".repeat(MIB / 16)) }],
  ];
  for (const [what, sending] of bodies) {
    fault("F116", `${what}: the answer arrives, and so does that of the next one`, async () => {
      for (let time = 0; time < 5; time += 1) {
        const answer = await plain.send(sending);
        expect(answer.status).toBe(413);
        expectRefused(answer);
        expect((await plain.send({ body: list() })).status).toBe(200);
      }
    });
  }

  fault("F116", "one byte less is read", async () => {
    const body = list();
    expect((await plain.send({ body: body + " ".repeat(MIB - body.length) })).status).toBe(200);
  });

  fault("F117", "each is told apart", async () => {
    const post = (headers: Record<string, string>) => plain.send({ headers, body: list() });
    const answers = [
      [415, await post({ "content-type": "text/plain" })],
      [406, await post({ accept: "text/html" })],
      [406, await post({ accept: "text/plain" })],
      [405, await plain.send({ method: "PUT", body: list() })],
      [400, await post({ "mcp-protocol-version": "1999-01-01" })],
    ] as const;
    for (const [status, answer] of answers) {
      expect(answer.status).toBe(status);
      expect(answer.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(answer.text).error.message).toMatch(/\w/);
    }
    expect(answers[3][1].headers.allow).toBe("POST");
  });

  for (const body of ["{", "", "SECRET-IN-THE-BODY {", "[".repeat(500_000), '{"a":']) {
    fault("F118", JSON.stringify(body.slice(0, 30)), async () => {
      const answer = await plain.send({ body });
      expect(answer.status).toBe(400);
      expectRefused(answer, -32700);
      expect(answer.text + plain.stderr()).not.toContain("SECRET-IN-THE-BODY");
    });
  }

  for (const body of ["null", "7", '"text"', "true"]) {
    fault("F118", `${body} is JSON, and no request`, async () => {
      const answer = await plain.send({ body });
      expect(answer.status).toBe(400);
      expectRefused(answer, -32600);
    });
  }

  fault("F119", "and none of one, and none that is empty", async () => {
    const write = (name: string) =>
      message("tools/call", { name: "create_campaign", arguments: { ...draft, name } });
    const before = upstream.requests().length;
    for (const body of [`[${write("Batch 1")},${write("Batch 2")}]`, `[${write("Batch 3")}]`, "[]"]) {
      const answer = await plain.send({ body });
      expect(answer.status).toBe(400);
      expectRefused(answer, -32600);
    }
    expect(
      upstream
        .requests()
        .slice(before)
        .filter((line) => create.test(line)),
    ).toEqual([]);
  });
});

/** Begins a session; its id, or the answer that there is none. */
async function begin(server: HttpProgram, headers: Record<string, string>) {
  const answer = await server.rpc("initialize", greeting, headers);
  return { ...answer, id: String(answer.headers["mcp-session-id"] ?? "") };
}

describe("sessions", () => {
  for (const method of ["POST", "GET", "DELETE"]) {
    fault("F124", method, async () => {
      const headers = {
        ...theKey(KEY),
        "mcp-session-id": "00000000-0000-4000-8000-000000000000",
        accept: method === "GET" ? "text/event-stream" : "application/json, text/event-stream",
      };
      const answer = await many.send({ method, headers, body: method === "POST" ? list() : undefined });
      expect(answer.status).toBe(404);
      expectRefused(answer);
    });
  }

  fault("F124", "an id that the client made up is none", async () => {
    const made = "11111111-1111-4111-8111-111111111111";
    const headers = { ...theKey(KEY), "mcp-session-id": made };
    expect((await many.rpc("initialize", greeting, headers)).status).toBe(404);
    expect((await many.send({ headers, body: list() })).status).toBe(404);
  });

  fault("F125", "for every method, and its owner is not disturbed", async () => {
    const { id } = await begin(many, theKey(KEY));
    const stolen = { ...theKey(OTHER), "mcp-session-id": id };
    const stream = { ...stolen, accept: "text/event-stream" };
    const answers = [
      await many.send({ headers: stolen, body: list() }),
      await many.send({ method: "GET", headers: stream }),
      await many.send({ method: "DELETE", headers: stolen }),
    ];
    const unknown = await many.send({
      headers: { ...stolen, "mcp-session-id": "0".repeat(36) },
      body: list(),
    });
    for (const { status, text } of answers) expect([status, text]).toEqual([404, unknown.text]);
    const own = { ...theKey(KEY), "mcp-session-id": id };
    expect((await many.rpc("tools/list", {}, own)).messages[0].result.tools.length).toBeGreaterThan(5);
    expect((await many.send({ method: "DELETE", headers: own })).status).toBe(200);
    expect((await many.send({ headers: own, body: list() })).status).toBe(404);
  });

  fault("F126", "by 200 keys, one in ten ended properly", async (_open, tools) => {
    const tellHeap =
      'process.on("SIGUSR2", () => { gc(); gc(); console.error("heap " + process.memoryUsage().heapUsed); });';
    const node = ["--expose-gc", ...preload(tools, tellHeap)];
    const args = ["--auth", "header", "--sessions", "--metrics-port", "0"];
    const server = await startHttp(args, {}, { node, until: tools.atEnd });
    tools.atEnd(server.close);
    const heaps = () => Array.from(server.stderr().matchAll(/^heap (\d+)$/gm), ([, bytes]) => Number(bytes));
    const heap = async () => {
      const known = heaps().length;
      server.signal("SIGUSR2");
      await waitFor(() => expect(heaps().length).toBe(known + 1));
      return heaps().at(-1) as number;
    };
    const statuses = new Map<number, number>();
    const key = (n: number) => theKey(`tenant-key-${n % 200}`);
    async function greet(n: number): Promise<void> {
      const { status, id, headers } = await begin(server, key(n));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 503) expect(headers["retry-after"]).toMatch(/^\d+$/);
      const own = { ...key(n), "mcp-session-id": id };
      if (id && n % 10 === 0) await server.send({ method: "DELETE", headers: own });
    }
    const all = async (from: number, to: number) => {
      let next = from;
      const work = async () => {
        while (next < to) await greet(next++);
      };
      await Promise.all(Array.from({ length: 32 }, work));
    };
    await all(0, 500);
    const before = await heap();
    await all(500, 2_500);
    const growth = ((await heap()) - before) / 1e6;
    expect(growth).toBeLessThan(4);
    expect([...statuses.keys()].sort()).toEqual([200, 503]);
    const { text } = await server.send({ method: "GET" }, "/healthz");
    expect(text).toBe('{"status":"ok"}');
    const metrics = await (await fetch(server.metricsUrl)).text();
    expect(Number(/^woodpecker_sessions (\d+)$/m.exec(metrics)?.[1])).toBeLessThanOrEqual(100);
  });

  fault("F126", "at the same time by one key: ten", async (_open, tools) => {
    const server = await startHttp(["--auth", "header", "--sessions"], {}, { until: tools.atEnd });
    tools.atEnd(server.close);
    const answers = await Promise.all(Array.from({ length: 30 }, () => begin(server, theKey(KEY))));
    const open = answers.filter(({ status }) => status === 200);
    expect([open.length, answers.filter(({ status }) => status === 503).length]).toEqual([10, 20]);
    // Room again after one has ended.
    await server.send({ method: "DELETE", headers: { ...theKey(KEY), "mcp-session-id": open[0]?.id ?? "" } });
    expect((await begin(server, theKey(KEY))).status).toBe(200);
    expect((await begin(server, theKey(OTHER))).status).toBe(200);
  });
});

describe("what is not there", () => {
  fault("F127", "says what to set", async () => {
    const { code, stderr } = await refusesToStart(["--host", "0.0.0.0"], { WOODPECKER_API_KEY: KEY });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^[^\n]*set WOODPECKER_MCP_TOKEN[^\n]*\n$/);
    expect(stderr).not.toContain("listening");
    expectNoKey(stderr);
  });

  fault("F127", "header mode: a proxy with TLS has to be named", async () => {
    const { code, stderr } = await refusesToStart(["--host", "0.0.0.0", "--auth", "header"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^[^\n]*--trust-proxy-tls[^\n]*\n$/);
  });

  fault("F128", "refused by the parser, and nothing is carried out", async () => {
    const head = "POST /mcp HTTP/1.1\r\nhost: localhost\r\n";
    const before = upstream.requests(create).length;
    const both = `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await plain.bytes(both)).toMatch(/^HTTP\/1\.1 400 /);
    const long = `${head}x-long: ${"x".repeat(20_000)}\r\n\r\n`;
    expect(await plain.bytes(long)).toMatch(/^HTTP\/1\.1 431 /);
    const smuggled = `${head}transfer-encoding: xchunked\r\n\r\n`;
    expect(await plain.bytes(smuggled)).toMatch(/^HTTP\/1\.1 400 /);
    expect(upstream.requests(create)).toHaveLength(before);
  });

  const paths = [
    "/",
    "/health",
    "/mcp/../x",
    "/mcp//",
    "/mcp%2f..",
    "//mcp",
    "/metrics",
    "/healthz/..",
    "/%",
  ];
  const asOAuth = ["/authorize", "/token", "/register", "/.well-known/oauth-authorization-server"];
  for (const path of [...paths, ...asOAuth, "/.well-known/oauth-protected-resource"]) {
    fault("F129", path, async () => {
      for (const method of ["GET", "POST"]) {
        const answer = await plain.send({ method }, path);
        expect(answer.status).toBe(404);
        expectRefused(answer);
        expect(JSON.stringify(answer)).not.toMatch(/\d+\.\d+\.\d+|x-powered-by|server:/);
      }
    });
  }

  fault("F129", "/healthz says that it lives and nothing else", async () => {
    for (const server of [plain, locked, many]) {
      const { status, text, headers } = await server.send({ method: "GET" }, "/healthz");
      expect([status, text]).toEqual([200, '{"status":"ok"}']);
      expect(Object.keys(headers).sort()).toEqual(
        ["connection", "content-type", "date", "keep-alive", "transfer-encoding"]
          .filter((name) => name in headers)
          .concat("content-length" in headers ? ["content-length"] : [])
          .sort(),
      );
    }
  });
});
