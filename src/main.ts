/** The process: reads its settings and becomes a stdio server, an HTTP server, the sandbox, the demo or the doctor. */

import { openCalls, type Watched } from "./accounts/lazy.ts";
import { startFailure } from "./cli/start-failure.ts";
import { createLog, say } from "./log.ts";
import { servingFor } from "./mcp/serving-for.ts";
import { createShutdown, onSignals } from "./mcp/shutdown.ts";
import { serveStdio } from "./mcp/stdio.ts";
import { checkHttp } from "./settings/check-http.ts";
import { helpText } from "./settings/help.ts";
import { readSettings, type Settings } from "./settings/index.ts";
import { version } from "./version.ts";

async function main(): Promise<void> {
  // Whoever reads our output may leave; that is not an error of ours.
  process.stdout.on("error", () => process.exit(0));
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings.help) return print(helpText());
  if (settings.version) return print(version);
  if (settings.command === "demo") return (await import("./cli/demo.ts")).playDemo();
  if (settings.command === "sandbox") return serveSandbox(settings);
  if (settings.command === "doctor") {
    process.exitCode = await (await import("./cli/doctor/index.ts")).examine(settings, print);
    return;
  }
  if (settings.command === "verify") {
    process.exitCode = await (await import("./cli/verify/index.ts")).verify(settings, print);
    return;
  }
  if (settings.command === "ledger") {
    const { show, verify } = await import("./cli/ledger.ts");
    process.exitCode =
      settings.operands[0] === "show" ? await show(settings, print) : verify(settings, print);
    return;
  }
  if (settings.command === "approve") {
    process.exitCode = await (await import("./cli/approve.ts")).approve(settings, print);
    return;
  }
  if (["list", "export", "apply", "import"].includes(settings.command)) {
    process.exitCode = await (await import("./cli/files/index.ts")).run(settings, print);
    return;
  }
  await serve(settings);
}

async function serve(settings: Settings): Promise<void> {
  const log = createLog(settings.logLevel);
  const { published } = await import("./mcp/tools/published.ts");
  const calls = openCalls(settings, log);
  const { ready, idle, close, watch } = calls;
  const serving = servingFor(settings, calls, log, published);
  if (!settings.http) return serveStdio(serving(), { idle, close, log });

  checkHttp(settings);
  const service = await (await import("./mcp/http/index.ts")).serveHttp({ settings, serving, ready, log });
  const metrics = await serveMetrics(settings, watch, service.sessions);
  if (service.names.length > 0) say(`accounts at /mcp/<name>: ${service.names.join(", ")}`);
  say(`listening on ${service.url}`);
  const closeAll = () => Promise.all([service.close(), metrics?.close()]).then(close);
  onSignals(createShutdown({ idle, stop: service.stop, close: closeAll, log }));
}

/** The metrics are listened to from here on; without --metrics-port nobody counts. */
async function serveMetrics({ host, metricsPort }: Settings, watch: Watched, sessions: () => number) {
  if (metricsPort === undefined) return undefined;
  const { createMetrics } = await import("./mcp/http/metrics.ts");
  const { listen, ...counting } = createMetrics(sessions);
  Object.assign(watch, counting);
  const service = await listen(host, metricsPort);
  say(`metrics on ${service.url}`);
  return service;
}

async function serveSandbox({ host, port = 4010, logLevel, sandboxAccount }: Settings): Promise<void> {
  const sandbox = await (await import("./sandbox/index.ts")).startSandbox({
    host,
    port,
    ...sandboxAccount,
  });
  print(
    `Woodpecker sandbox on ${sandbox.origin}/rest/v1 and ${sandbox.origin}/rest/v2, x-api-key: ${sandbox.key}`,
  );
  const idle = () => Promise.resolve();
  onSignals(createShutdown({ idle, close: sandbox.close, log: createLog(logLevel) }));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  const { line, code } = startFailure(error);
  say(`woodpecker-campaigns-mcp: ${line}`);
  process.exit(code);
});
