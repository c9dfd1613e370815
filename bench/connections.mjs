/**
 * 10,000 connections to one HTTP server, a few hundred at a time, each of which asks for nothing or begins a request that it never
 * ends. Fails where the server keeps more open than its limit, does not answer a proper call in between, or has taken more
 * than 30 MB more at the end than at the half. Ends by itself. `node bench/connections.mjs [connections]`
 */
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { memoryOf } from "./process.mjs";
import { connect as clientOf, serve } from "./web.mjs";

const total = Number(process.argv[2] ?? 10_000);
const AT_ONCE = 500;
/** src/mcp/http/connections.ts */
const MOST_OPEN = 400;
const LIMIT_MB = 30;

const server = await serve(["dist/main.cjs", "--http", "--port", "0", "--sandbox"]);
const { hostname, port } = new URL(server.url);
const asks = async () => {
  const client = clientOf(server.url);
  try {
    await client.call("list_campaigns", {});
    return true;
  } catch {
    return false;
  } finally {
    client.close();
  }
};

const open = new Set();
function another(number) {
  const socket = connect(Number(port), hostname);
  open.add(socket);
  socket.on("error", () => undefined);
  socket.on("close", () => open.delete(socket));
  if (number % 2 === 0) socket.write("POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{");
  socket.resume();
}

await asks();
let half;
let [made, most, unanswered] = [0, 0, 0];
while (made < total) {
  for (let count = 0; count < AT_ONCE && made < total; count += 1) another(made++);
  await sleep(300);
  most = Math.max(most, open.size);
  // Half of them are in the middle of a request; what asks for nothing makes room.
  for (const socket of [...open].slice(0, AT_ONCE / 2)) socket.destroy();
  await sleep(50);
  if (!(await asks())) unanswered += 1;
  if (made >= total / 2) half ??= memoryOf(server.pid);
}
for (const socket of open) socket.destroy();
await sleep(1_000);
const answers = await asks();
const growth = memoryOf(server.pid) - half;
console.log(
  `${made} connections: at most ${most} open at once (limit ${MOST_OPEN}), ${unanswered} proper calls unanswered meanwhile; afterwards it ${answers ? "answers" : "does not answer"}, with ${growth.toFixed(1)} MB more than at the half (limit ${LIMIT_MB})`,
);
server.kill();
process.exit(most <= MOST_OPEN && unanswered === 0 && answers && growth < LIMIT_MB ? 0 : 1);
