/**
 * How busy three replicas keep the one lane of an account, and that they never use it twice at once: three processes of
 * the built program, a real Redis between them, and an upstream that takes 80 ms for a request. Needs redis-server.
 * Busy is the share of the time in which one request is under way: by the replicas' own metrics, and as the upstream sees it,
 * which is less by the way there and back. Both must be at least 95 %.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { Agent, request } from "undici";

const SERVICE_MS = 80;
const CALLS = 300;
const PORT = 6390;
const row = {
  id: 1,
  name: "One",
  status: "RUNNING",
  created: "2026-01-01T00:00:00+0100",
  from_email: "a@b.example",
};

let [now, most, busy, since, first, last] = [0, 0, 0, 0, 0, 0];
const upstream = createServer((_request, response) => {
  const at = performance.now();
  first ||= at;
  now += 1;
  most = Math.max(most, now);
  if (now === 1) since = at;
  setTimeout(() => {
    now -= 1;
    last = performance.now();
    if (now === 0) busy += last - since;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify([row]));
  }, SERVICE_MS);
});
await new Promise((resolve) => upstream.listen(0, "127.0.0.1", resolve));

const redis = spawn("redis-server", ["--port", String(PORT), "--save", "", "--appendonly", "no"], {
  stdio: "ignore",
});
redis.on("error", () => {
  console.log("redis-server is not installed; skipped");
  process.exit(0);
});
await new Promise((resolve) => setTimeout(resolve, 500));

const env = {
  PATH: process.env.PATH,
  WOODPECKER_API_KEY: "key-of-the-bench-1234",
  WOODPECKER_API_URL: `http://127.0.0.1:${upstream.address().port}`,
  WOODPECKER_REDIS_URL: `redis://127.0.0.1:${PORT}`,
  WOODPECKER_LEDGER: "off",
};
const replicas = await Promise.all(
  [1, 2, 3].map(async () => {
    const child = spawn(process.execPath, ["dist/main.cjs", "--http", "--port", "0", "--metrics-port", "0"], {
      env,
    });
    let said = "";
    return new Promise((resolve) => {
      child.stderr.setEncoding("utf8").on("data", (text) => {
        said += text;
        const url = /listening on (\S+)\n/.exec(said)?.[1];
        const metrics = /metrics on (\S+)\n/.exec(said)?.[1];
        if (url && metrics) resolve({ child, url, metrics });
      });
    });
  }),
);

const dispatcher = new Agent({ connections: 16 });
const body = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "list_campaigns", arguments: {} },
});
const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
let refused = 0;
async function call(url) {
  const answer = await request(url, { method: "POST", headers, body, dispatcher });
  const { result } = await answer.body.json();
  if (result?.isError !== false && result?.structuredContent === undefined) refused += 1;
}

let left = CALLS;
const client = async (url) => {
  while (left-- > 0) await call(url);
};
await Promise.all(replicas.flatMap(({ url }) => [1, 2].map(() => client(url))));

let underWay = 0;
for (const { metrics } of replicas) {
  const text = await (await request(metrics, { dispatcher })).body.text();
  for (const [, seconds] of text.matchAll(/^woodpecker_api_seconds_sum\{.*\} (\S+)$/gm))
    underWay += Number(seconds);
}
const share = (ms) => `${((100 * ms) / (last - first)).toFixed(1)} %`;

console.log(`calls ${CALLS}, refused ${refused}, most at once ${most}`);
console.log(
  `lane busy ${share(underWay * 1_000)}, as the upstream sees it ${share(busy)}, of ${Math.round(last - first)} ms`,
);
for (const { child } of replicas) child.kill();
redis.kill();
await dispatcher.close();
upstream.close();
upstream.closeAllConnections();
process.exitCode = most === 1 && refused === 0 && busy / (last - first) >= 0.95 ? 0 : 1;
