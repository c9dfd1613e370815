/**
 * 20,000 calls over HTTP, stateless, on 16 connections, of 50 accounts, against a loopback server that answers at once.
 * Prints the heap of the process (after a full collection) when it is warm (2,000 calls) and at the end; fails above 5 MB
 * more, with a call that failed, or with an answer of another account. Ends by itself. `node bench/http-soak.mjs [calls] [2025|2026]`
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, onLoopback, serve } from "./web.mjs";

const calls = Number(process.argv[2] ?? 20_000);
const era = process.argv[3] ?? "2025";
const CONNECTIONS = 16;
const ACCOUNTS = 50;
const WARM = 2_000;
const LIMIT_MB = 5;
const LONGEST_MS = 10 * 60_000;

/** The key itself is taken out of every answer. */
const markOf = (key) => `Campaign of account ${key.slice(-4)}`;

const upstream = await onLoopback(
  createServer((message, response) => {
    message.resume();
    const list = [{ id: 2101, name: markOf(message.headers["x-api-key"]), status: "RUNNING" }];
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list));
  }),
);

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
const main = ["dist/main.cjs", "--http", "--auth", "header", "--port", "0"];
const { child: server, url } = await serve(
  ["--expose-gc", "--require", tellHeap, ...main],
  { WOODPECKER_API_URL: upstream.origin },
  { ipc: "ipc" },
);
const heap = () =>
  new Promise((resolve) => {
    server.once("message", resolve);
    server.send("heap");
  });

const client = connect(url, CONNECTIONS, era);
async function isGood(number) {
  const key = `soak-key-${String(number % ACCOUNTS).padStart(4, "0")}`;
  const text = await client.call("list_campaigns", {}, { "x-woodpecker-api-key": key }).catch(() => "");
  return text.includes(markOf(key));
}

const started = Date.now();
let [asked, failed] = [0, 0];
async function until(last) {
  const worker = async () => {
    while (asked < last && Date.now() - started < LONGEST_MS) {
      asked += 1;
      if (!(await isGood(asked))) failed += 1;
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

client.close();
server.kill("SIGTERM");
const ended = await new Promise((resolve) => {
  server.once("exit", () => resolve(true));
  setTimeout(() => resolve(false), 5_000).unref();
});
upstream.close();
rmSync(folder, { recursive: true, force: true });
if (!ended) console.log("the process did not end");
process.exit(asked === calls && failed === 0 && growth < LIMIT_MB && ended ? 0 : 1);
