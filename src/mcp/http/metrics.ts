/** What an operator may want to watch, for Prometheus and the like: counts and times, no names, no keys, no accounts. */
import { createServer } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { hostInUrl } from "../../values/address.ts";
import type { Watch } from "../../woodpecker/attempts.ts";
import { listen } from "./listen.ts";

interface Metrics {
  watch: Watch;
  called: (tool: string, outcome: string, ms: number) => void;
  /** Serves them at /metrics. */
  listen(host: string, port: number): Promise<{ url: string; close(): Promise<void> }>;
}

export function createMetrics(sessions: () => number): Metrics {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  const registers = [registry];
  const buckets = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 15, 50];
  const named = (name: string, help: string, labelNames: string[] = []) => ({
    name: `woodpecker_${name}`,
    help,
    labelNames,
    registers,
  });
  const calls = new Counter(named("calls", "Tool calls.", ["tool", "outcome"]));
  const took = new Histogram({ ...named("call_seconds", "How long tool calls took.", ["tool"]), buckets });
  const waits = new Histogram({
    ...named("lane_wait_seconds", "How long requests waited for their turn."),
    buckets,
  });
  const exchanges = new Histogram({
    ...named("api_seconds", "How long Woodpecker's API took.", ["method", "status"]),
    buckets,
  });
  new Gauge({
    ...named("sessions", "Open MCP sessions."),
    collect() {
      this.set(sessions());
    },
  });
  collectDefaultMetrics({ register: registry });

  return {
    watch: {
      waited: (ms) => waits.observe(ms / 1_000),
      exchanged: (method, end, ms) =>
        exchanges.observe({ method, status: end.kind === "answered" ? end.status : "none" }, ms / 1_000),
    },
    called(tool, outcome, ms) {
      calls.inc({ tool, outcome });
      took.observe({ tool }, ms / 1_000);
    },
    async listen(host, port) {
      const server = createServer((request, response) => {
        if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404).end();
        registry
          .metrics()
          .then((text) => response.writeHead(200, { "content-type": registry.contentType }).end(text))
          .catch(() => response.writeHead(500).end());
      });
      const bound = await listen(server, host, port);
      return {
        url: `http://${hostInUrl(host)}:${bound}/metrics`,
        close: () =>
          new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      };
    },
  };
}
