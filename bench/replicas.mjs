/**
 * How busy three replicas keep the one lane of an account, and that they never use it twice at once: three processes of
 * the built program, a real Redis between them, and an upstream that takes 80 ms for a request. Needs redis-server.
 * Busy is the share of the time in which one request is under way: by the replicas' own metrics, and as the upstream sees it,
 * which is less by the way there and back. Both must be at least 95 %.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { connect, onLoopback, serve } from "./web.mjs";

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
const upstream = await onLoopback(
  createServer((_request, response) => {
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
  }),
);

const redis = spawn("redis-server", ["--port", String(PORT), "--save", "", "--appendonly", "no"], {
  stdio: "ignore",
});
redis.on("error", () => {
  console.log("redis-server is not installed; skipped");
  process.exit(0);
});
await new Promise((resolve) => setTimeout(resolve, 500));

const env = {
  WOODPECKER_API_KEY: "key-of-the-bench-1234",
  WOODPECKER_API_URL: upstream.origin,
  WOODPECKER_REDIS_URL: `redis://127.0.0.1:${PORT}`,
};
const main = ["dist/main.cjs", "--http", "--port", "0", "--metrics-port", "0"];
const sign = /metrics on (?<metrics>\S+)[\s\S]*listening on (?<url>\S+)\s/;
const replicas = await Promise.all([1, 2, 3].map(() => serve(main, env, { sign })));

let [left, refused] = [CALLS, 0];
const clientOf = async ({ url }) => {
  const client = connect(url);
  while (left-- > 0) await client.call("list_campaigns", {}).catch(() => (refused += 1));
  client.close();
};
await Promise.all([...replicas, ...replicas].map(clientOf));

let underWay = 0;
for (const { metrics } of replicas) {
  const text = await (await fetch(metrics)).text();
  for (const [, seconds] of text.matchAll(/^woodpecker_api_seconds_sum\{.*\} (\S+)$/gm))
    underWay += Number(seconds);
}
const share = (ms) => `${((100 * ms) / (last - first)).toFixed(1)} %`;

console.log(`calls ${CALLS}, refused ${refused}, most at once ${most}`);
console.log(
  `lane busy ${share(underWay * 1_000)}, as the upstream sees it ${share(busy)}, of ${Math.round(last - first)} ms`,
);
for (const { kill } of replicas) kill();
redis.kill();
upstream.close();
process.exitCode = most === 1 && refused === 0 && busy / (last - first) >= 0.95 ? 0 : 1;
