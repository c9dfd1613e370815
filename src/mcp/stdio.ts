/** MCP over stdio. The process ends when its client does, by whichever sign comes first. */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { opensModern } from "./opening.ts";
import { createServer } from "./server.ts";
import type { ServingOptions } from "./serving.ts";
import { createShutdown, onSignals, type Process, type Shutdown } from "./shutdown.ts";
import { createWire } from "./wire.ts";

const PARENT_POLL_MS = 5_000;

export async function serveStdio(serving: ServingOptions, process_: Process): Promise<void> {
  // stdout carries the protocol and nothing else, whatever a dependency may want to say.
  const { error } = globalThis.console;
  Object.assign(globalThis.console, { log: error, info: error, debug: error });
  const shutdown = createShutdown(process_);
  process.stdin.on("end", () => shutdown(0, "stdin ended"));
  process.stdin.on("close", () => shutdown(0, "stdin closed"));
  process.stdin.on("error", () => shutdown(0, "stdin failed"));
  process.stdout.on("error", () => shutdown(0, "stdout failed"));
  process.stderr.on("error", () => undefined);
  onSignals(shutdown);
  watchParent(shutdown);

  const transport = createWire(process);
  const server = createServer(serving);
  await server.connect(transport);
  chooseEra(transport, serving);
  refuseDuplicates(transport);
  server.onclose = () => shutdown(1, "a message was larger than 8 MiB");
}

/**
 * A client opens in one of the two eras. One that opened with the handshake stays there; one that only looked what the other era
 * holds may still turn to the handshake.
 */
function chooseEra(transport: Transport, serving: ServingOptions): void {
  const deliver = transport.onmessage;
  let modern: Promise<(message: object) => void> | undefined;
  let before = false;
  transport.onmessage = (message) => {
    if (before || !(modern || opensModern(message)) || isHandshake(message)) {
      before = true;
      deliver?.(message);
      return;
    }
    modern ??= import("./modern/over-stdio.ts").then(({ openModern }) =>
      openModern(serving, transport.send.bind(transport)),
    );
    modern.then((take) => take(message)).catch((error: Error) => transport.onerror?.(error));
  };
}

const isHandshake = (message: object) =>
  "method" in message && message.method === "initialize" && !opensModern(message);

/** Two requests with one id in flight: the second is refused, or nobody could tell their answers apart. */
function refuseDuplicates(transport: Transport): void {
  const running = new Set<string | number>();
  const deliver = transport.onmessage;
  const send = transport.send.bind(transport);
  transport.onmessage = (message) => {
    if ("method" in message && message.method === "notifications/cancelled") {
      running.delete((message.params as { requestId?: string | number } | undefined)?.requestId ?? "");
    }
    if ("method" in message && "id" in message) {
      const { id } = message;
      if (running.has(id)) {
        const error = { code: -32600, message: "A request with this id is still being answered." };
        send({ jsonrpc: "2.0", id, error }).catch(() => undefined);
        return;
      }
      running.add(id);
    }
    deliver?.(message);
  };
  transport.send = (message) => {
    if ("id" in message && !("method" in message) && message.id !== undefined) running.delete(message.id);
    return send(message);
  };
}

/** A killed client closes nothing on some systems; its process id then changes to that of init. */
function watchParent(shutdown: Shutdown): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) shutdown(0, "parent is gone");
  }, PARENT_POLL_MS);
  timer.unref();
}
