/**
 * 20,000 calls over HTTP, stateless, on 16 connections, of 50 accounts, against a loopback server that answers at once.
 * Prints the heap of the process (after a full collection) when it is warm (2,000 calls) and at the end; fails above 5 MB
 * more, with a call that failed, or with an answer of another account. Ends by itself. `node bench/http-soak.mjs [calls] [2025|2026]`
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const calls = Number(process.argv[2] ?? 20_000);
const era = process.argv[3] ?? "2025";
const CONNECTIONS = 16;
const ACCOUNTS = 50;
const WARM = 2_000;
const LIMIT_MB = 5;
const LONGEST_MS = 10 * 60_000;

/** What a client of 2026-07-28 says of itself in each request. */
const envelope = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "soak", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

/** The key itself is taken out of every answer. */
const markOf = (key) => `Campaign of account ${key.slice(-4)}`;

const upstream = createServer((message, response) => {
  message.resume();
  const list = [{ id: 2101, name: markOf(message.headers["x-api-key"]), status: "RUNNING" }];
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list));
});
await new Promise((resolve) => upstream.listen(0, "127.0.0.1", resolve));

const folder = mkdtempSync(join(tmpdir(), "http-soak-"));
const tellHeap = join(folder, "heap.cjs");
// A web request, as each call of 2026 makes one, is freed in two parts: what it leaves to a finaliser goes only after a turn
// of the event loop, with the next collection.
writeFileSync(
  tellHeap,
  `process.on("message", () => {
    gc();
    setTimeout(() => {
      gc();
      process.send(process.memoryUsage().heapUsed / 1e6);
    }, 300);
  });`,
);
const args = [
  "--expose-gc",
  "--require",
  tellHeap,
  "dist/main.cjs",
  "--http",
  "--auth",
  "header",
  "--port",
  "0",
];
const server = spawn(process.execPath, args, {
  env: {
    PATH: process.env.PATH,
    WOODPECKER_API_URL: `http://127.0.0.1:${upstream.address().port}`,
    WOODPECKER_LEDGER: "off",
  },
  stdio: ["ignore", "ignore", "pipe", "ipc"],
});
const url = await new Promise((resolve, reject) => {
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (chunk) => {
    said += chunk;
    const [, found] = /^listening on (\S+)$/m.exec(said) ?? [];
    if (found) resolve(found);
  });
  server.once("exit", () => reject(new Error(said)));
});
const heap = () =>
  new Promise((resolve) => {
    server.once("message", resolve);
    server.send("heap");
  });

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
function call(number) {
  const key = `soak-key-${String(number % ACCOUNTS).padStart(4, "0")}`;
  const headers = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "x-woodpecker-api-key": key,
    ...(era === "2026" && {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": "list_campaigns",
    }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text.includes(markOf(key)) && !text.includes('"isError":true')));
    });
    sent.on("error", reject);
    const params = { name: "list_campaigns", arguments: {}, ...(era === "2026" && { _meta: envelope }) };
    sent.end(JSON.stringify({ jsonrpc: "2.0", id: number, method: "tools/call", params }));
  });
}

const started = Date.now();
let [asked, failed] = [0, 0];
async function until(last) {
  const worker = async () => {
    while (asked < last && Date.now() - started < LONGEST_MS) {
      asked += 1;
      if (!(await call(asked).catch(() => false))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return heap();
}

const before = await until(Math.min(WARM, calls));
console.log(`the era of ${era}`);
console.log(`${asked} calls: ${before.toFixed(1)} MB`);
const after = await until(calls);
const seconds = (Date.now() - started) / 1_000;
const growth = after - before;
console.log(`${asked} calls: ${after.toFixed(1)} MB, ${growth.toFixed(1)} MB more (limit ${LIMIT_MB})`);
console.log(`${failed} failed; ${Math.round(asked / seconds)} calls a second`);

agent.destroy();
server.kill("SIGTERM");
const ended = await new Promise((resolve) => {
  server.once("exit", () => resolve(true));
  setTimeout(() => resolve(false), 5_000).unref();
});
upstream.closeAllConnections();
upstream.close();
rmSync(folder, { recursive: true, force: true });
if (!ended) console.log("the process did not end");
process.exit(asked === calls && failed === 0 && growth < LIMIT_MB && ended ? 0 : 1);
