/** An instant Woodpecker on loopback: fixed answers, no work, so that what is left of a call's time is ours. */
import { createServer } from "node:http";

export const LIST = "/rest/v1/campaign_list";
const answers = {
  [LIST]: [1, 2, 3, 4, 5, 6].map((n) => ({ id: 2100 + n, name: `Campaign ${n}`, status: "RUNNING" })),
  "/rest/v2/mailboxes": [
    { id: 501, type: "SMTP", details: { email: "nora@northwind.example", in_slot: true } },
  ],
};
const bodies = Object.fromEntries(
  Object.entries(answers).map(([path, body]) => [path, JSON.stringify(body)]),
);

export async function startUpstream() {
  const server = createServer((request, response) => {
    request.resume();
    const body = bodies[request.url.split("?")[0]] ?? "[]";
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const env = { WOODPECKER_API_URL: origin, WOODPECKER_API_KEY: "bench-key-0000" };
  return {
    origin,
    env,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
