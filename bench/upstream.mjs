/**
 * An instant Woodpecker on loopback: fixed answers, no work, so that what is left of a call's time is ours. A process of its
 * own, or it would take turns with the client that measures.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { serve } from "./web.mjs";

const answers = {
  "/rest/v1/campaign_list": [1, 2, 3, 4, 5, 6].map((n) => ({
    id: 2100 + n,
    name: `Campaign ${n}`,
    status: "RUNNING",
  })),
  "/rest/v2/mailboxes": [
    { id: 501, type: "SMTP", details: { email: "nora@northwind.example", in_slot: true } },
  ],
};

export async function startUpstream() {
  const { url, kill } = await serve([fileURLToPath(import.meta.url)]);
  return { origin: url, env: { WOODPECKER_API_URL: url, WOODPECKER_API_KEY: "bench-key-0000" }, close: kill };
}

function listen() {
  const bodies = Object.fromEntries(
    Object.entries(answers).map(([path, body]) => [path, JSON.stringify(body)]),
  );
  const server = createServer((request, response) => {
    request.resume();
    const body = bodies[request.url.split("?")[0]] ?? "[]";
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => {
    process.stderr.write(`listening on http://127.0.0.1:${server.address().port}\n`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) listen();
