/** MCP over stdio. The process ends when its client does, by whichever sign comes first. */
import { asObject } from "../values/loose.ts";
import { chooseEra } from "./eras.ts";
import type { ServingOptions } from "./serving.ts";
import { createShutdown, onSignals, type Process, type Shutdown } from "./shutdown.ts";
import { createWire, type Wire } from "./wire.ts";

const PARENT_POLL_MS = 5_000;

export function serveStdio(serving: ServingOptions, process_: Process): void {
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

  const wire = createWire(process, {
    read: (message) => take(message),
    failed: (error) => serving.log("debug", "protocol", { kind: error.name }),
    tooLarge: () => shutdown(1, "a message was larger than 8 MiB"),
  });
  const take = refuseDuplicates(wire, chooseEra(wire, serving));
}

type Take = (message: unknown) => void;

/** Two requests with one id in flight: the second is refused, or nobody could tell their answers apart. */
function refuseDuplicates(wire: Wire, take: Take): Take {
  const running = new Set<unknown>();
  const send = wire.send.bind(wire);
  wire.send = (message) => {
    if ("id" in message && !("method" in message)) running.delete(message.id);
    return send(message);
  };
  return (message) => {
    const { id, method, params } = asObject(message);
    if (method === "notifications/cancelled") running.delete(asObject(params).requestId);
    if (method !== undefined && (typeof id === "string" || typeof id === "number")) {
      if (running.has(id)) {
        const error = { code: -32600, message: "A request with this id is still being answered." };
        send({ jsonrpc: "2.0", id, error }).catch(() => undefined);
        return;
      }
      running.add(id);
    }
    take(message);
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
