/**
 * 100,000 calls over stdio against a loopback server that spoils one request in twenty. Prints how much memory the
 * process has gained after the first tenth and how many sockets it has left open; fails above 30 MB, with any left, or where a
 * person was saved twice. Ends by itself. `npm run bench:soak`, or `node bench/soak.mjs [calls]`
 */
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { open } from "./peer.mjs";
import { memoryOf } from "./process.mjs";
import { onLoopback } from "./web.mjs";

const calls = Number(process.argv[2] ?? 100_000);
const AT_ONCE = 12;
const LIMIT_MB = 30;
const LONGEST_MS = 40 * 60_000;

/** The same numbers in every run. */
let state = 1;
const random = () => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};

const campaign = (status) => ({
  id: 2101,
  name: "Soak",
  status,
  email_account_ids: [501],
  settings: { timezone: "Europe/Berlin", daily_enroll: 20 },
  steps: { id: "s", type: "START", followup: null },
});
const answers = {
  "/rest/v1/campaign_list": [{ id: 2101, name: "Soak", status: "RUNNING" }],
  "/rest/v2/mailboxes": [{ id: 501, type: "SMTP", details: { email: "a@example.com" } }],
  "/rest/v2/campaigns/2101": campaign("RUNNING"),
};

/** What happens to one request in twenty. */
const spoils = [
  ({ socket }) => socket.resetAndDestroy(),
  ({ socket }) => socket.end(),
  (response) => response.writeHead(500).end("{}"),
  (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html></html>"),
  (response) => response.writeHead(409).end('{"code":"VALIDATION_FAILURE","message":"no","details":null}'),
  ({ socket }) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
  (response) => response.writeHead(200).end("x".repeat(200_000)),
];

const seen = { requests: 0, spoilt: 0, doubled: 0, saved: new Set(), sockets: new Set() };

/** Whatever becomes of the answer, the person is there now. */
function save(request) {
  let text = "";
  request.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  request.on("end", () => {
    const [, email] = /"email":"([^"]+)"/.exec(text) ?? [];
    if (seen.saved.has(email)) seen.doubled += 1;
    seen.saved.add(email);
  });
}

const server = createServer((request, response) => {
  seen.requests += 1;
  if (request.url === "/rest/v1/add_prospects_list") save(request);
  else request.resume();
  if (random() < 0.05) {
    seen.spoilt += 1;
    return spoils[Math.floor(random() * spoils.length)](response);
  }
  const body = request.method === "GET" ? answers[request.url.split("?")[0]] : undefined;
  response.writeHead(200, { "content-type": "application/json" }).end(body && JSON.stringify(body));
});
server.on("connection", (socket) => {
  seen.sockets.add(socket);
  socket.on("error", () => undefined);
  socket.on("close", () => seen.sockets.delete(socket));
});
const upstream = await onLoopback(server);
const env = { WOODPECKER_API_URL: upstream.origin, WOODPECKER_API_KEY: "soak-key-0000" };

const kinds = [
  { name: "list_campaigns", arguments: {} },
  { name: "list_mailboxes", arguments: {} },
  { name: "get_campaign", arguments: { campaign_id: 2101 } },
  { name: "get_campaign", arguments: { campaign_id: "no id" } },
  { name: "pause_campaign", arguments: { campaign_id: 2101 } },
];

/** A write of unclear end is looked after for ten seconds, and others wait for it: one call in five hundred. */
const callOf = (number) =>
  number % 500 === 250
    ? { name: "save_prospects", arguments: { prospects: [{ email: `person${number}@soak.example` }] } }
    : kinds[number % kinds.length];

const peer = await open(["dist/main.cjs"], { env });

const started = Date.now();
const marks = [];
let [asked, failed] = [0, 0];
async function caller() {
  while (asked < calls && Date.now() - started < LONGEST_MS) {
    asked += 1;
    const number = asked;
    const result = await peer.request("tools/call", callOf(number));
    if (result.isError) failed += 1;
    if (number % (calls / 10) === 0) {
      marks.push(memoryOf(peer.pid));
      console.log(
        `${number} calls, ${Math.round(marks.at(-1))} MB, ${Math.round((Date.now() - started) / 1000)} s`,
      );
    }
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, caller));

// Kept connections are closed after four seconds without work.
await sleep(8_000);
const left = seen.sockets.size;
const growth = marks.at(-1) - marks[0];
const exit = peer.close();
const ended = await Promise.race([exit.then(() => true), sleep(5_000, false)]);
upstream.close();

console.log(
  [
    `${asked} calls, ${failed} answered with an error; ${seen.requests} requests, ${seen.spoilt} of them spoilt`,
    `${seen.saved.size} people saved, ${seen.doubled} of them twice`,
    `memory after the first tenth ${marks[0]?.toFixed(1)} MB, at the end ${marks.at(-1)?.toFixed(1)} MB: ${growth.toFixed(1)} MB more (limit ${LIMIT_MB})`,
    `sockets left open 8 s after the last call: ${left}; the process ${ended ? "ended with its input" : "did not end"}`,
  ].join("\n"),
);
process.exit(asked === calls && growth < LIMIT_MB && left === 0 && seen.doubled === 0 && ended ? 0 : 1);
