/** What an operator may want to watch, for Prometheus and the like: counts and times, no keys and no people; of accounts the name in the operator's file. */
import { createServer } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { hostInUrl } from "../../values/address.ts";
import type { Watch } from "../../woodpecker/attempts.ts";
import { listen } from "./listen.ts";

interface Metrics {
  watch: (handle?: string) => Watch;
  called: (tool: string, outcome: string, ms: number, handle?: string) => void;
  /** Serves them at /metrics. */
  listen(host: string, port: number): Promise<{ url: string; close(): Promise<void> }>;
}

export function createMetrics(sessions: () => number): Metrics {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  const named = (name: string, help: string, labelNames: string[] = []) => ({
    name: `woodpecker_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  const buckets = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 15, 50];
  const seconds = (name: string, help: string, labelNames: string[]) =>
    new Histogram({ ...named(`${name}_seconds`, help, labelNames), buckets });
  const calls = new Counter(named("calls", "Tool calls.", ["tool", "outcome", "account"]));
  const took = seconds("call", "How long tool calls took.", ["tool", "account"]);
  const waits = seconds("lane_wait", "How long requests waited for their turn.", ["account"]);
  const exchanges = seconds("api", "How long Woodpecker's API took.", ["method", "status", "account"]);
  new Gauge({
    ...named("sessions", "Open MCP sessions."),
    collect() {
      this.set(sessions());
    },
  });
  collectDefaultMetrics({ register: registry });

  /** Without a name there is no such label. */
  const of = (account?: string) => account !== undefined && { account };
  return {
    watch: (handle) => ({
      waited: (ms) => waits.observe({ ...of(handle) }, ms / 1_000),
      exchanged: (method, end, ms) => {
        const status = end.kind === "answered" ? end.status : "none";
        exchanges.observe({ method, status, ...of(handle) }, ms / 1_000);
      },
    }),
    called(tool, outcome, ms, handle) {
      calls.inc({ tool, outcome, ...of(handle) });
      took.observe({ tool, ...of(handle) }, ms / 1_000);
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
