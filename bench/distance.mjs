/** A loopback proxy that adds the way to Woodpecker and back, and notes when a request was under way. */
import { request as ask, createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { onLoopback } from "./web.mjs";

export async function startDistance(target, delayMs) {
  const seen = [];
  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.destroy());
  });
  async function pass(incoming, response) {
    const entry = { from: performance.now(), to: undefined, status: 0 };
    seen.push(entry);
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    await sleep(delayMs / 2);
    const { method, url } = incoming;
    const { host: _ours, ...headers } = incoming.headers;
    const outgoing = ask(`${target}${url}`, { method, headers }, async (answer) => {
      const parts = [];
      for await (const part of answer) parts.push(part);
      await sleep(delayMs / 2);
      entry.to = performance.now();
      entry.status = answer.statusCode;
      response.writeHead(answer.statusCode, answer.headers).end(Buffer.concat(parts));
    });
    outgoing.on("error", () => response.destroy());
    outgoing.end(Buffer.concat(chunks));
  }
  return { seen, ...(await onLoopback(server)) };
}

/** The share of the time, from the first request to the last answer, in which at least one request was under way. */
export function busyShare(seen) {
  const spans = seen.filter(({ to }) => to !== undefined).toSorted((a, b) => a.from - b.from);
  let [busy, end] = [0, spans[0].from];
  for (const { from, to } of spans) {
    busy += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return { share: busy / (end - spans[0].from), tookMs: end - spans[0].from };
}

export const refusals = (seen) => seen.filter(({ status }) => status === 409 || status === 429).length;
