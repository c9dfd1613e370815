/** The process: reads its settings and becomes a stdio server, an HTTP server, the sandbox, the demo or the doctor. */
import { permitted } from "./effects.ts";
import { createLog, say } from "./log.ts";
import { isLoopback } from "./loopback.ts";
import { helpText } from "./options.ts";
import { published } from "./published.ts";
import { createServer } from "./server.ts";
import { readSettings, type Settings, UsageError } from "./settings.ts";
import { createShutdown, onSignals, serveStdio } from "./stdio.ts";
import type { Toolbox } from "./toolbox.ts";
import { version } from "./version.ts";

async function main(): Promise<void> {
  // Whoever reads our output may leave; that is no error of ours.
  process.stdout.on("error", () => process.exit(0));
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings.help) return print(helpText());
  if (settings.version) return print(version);
  if (settings.command === "demo") return (await import("./demo.ts")).playDemo();
  if (settings.command === "sandbox") return serveSandbox(settings);
  if (settings.command === "doctor") {
    process.exitCode = await (await import("./doctor.ts")).examine(settings, print);
    return;
  }
  if (settings.command === "ledger") {
    process.exitCode = (await import("./ledger-command.ts")).verify(settings, print);
    return;
  }
  if (settings.command === "export" || settings.command === "apply") {
    process.exitCode = await (await import("./files/index.ts")).run(settings, print);
    return;
  }
  await serve(settings);
}

async function serve(settings: Settings): Promise<void> {
  const log = createLog(settings.logLevel);
  let toolbox: Promise<Toolbox> | undefined;
  const open = () => {
    toolbox ??= import("./toolbox.ts")
      .then(({ openToolbox }) => openToolbox(settings, log))
      .catch((error: unknown) => {
        toolbox = undefined;
        log("error", "could not load", { kind: error instanceof Error ? error.name : typeof error });
        throw new Error(
          "This server could not load its own files. Nothing was sent. Install it again, or restart it.",
        );
      });
    return toolbox;
  };
  const inFlight = new Set<Promise<unknown>>();
  const call: Toolbox["call"] = async (...given) => {
    const running = open().then((opened) => opened.call(...given));
    inFlight.add(running);
    return running.finally(() => inFlight.delete(running));
  };
  const tools = permitted(published, settings.access, settings.toolsets).map(({ definition }) => definition);
  const newServer = () => createServer({ tools, call, log });
  const idle = () => Promise.allSettled(inFlight);
  const close = async () => (await toolbox)?.close();
  if (!settings.http) return serveStdio(newServer(), { idle, close, log });

  checkHttp(settings);
  const { host, port = 3000, mcpToken: token } = settings;
  const service = await (await import("./http.ts")).serveHttp({ host, port, token, newServer });
  say(`listening on ${service.url}`);
  onSignals(createShutdown({ idle, close: () => service.close().then(close), log }));
}

/** Over HTTP nobody reads an explanation in a chat before the first call: what is wrong ends the process at once. */
function checkHttp({ host, mcpToken, sandbox, apiKey }: Settings): void {
  if (mcpToken !== undefined && mcpToken.length < 32) {
    throw new UsageError("WOODPECKER_MCP_TOKEN must have at least 32 characters");
  }
  if (!isLoopback(host) && mcpToken === undefined) {
    throw new UsageError(
      `--host ${host} is reachable by others: set WOODPECKER_MCP_TOKEN, or stay on 127.0.0.1`,
    );
  }
  if (!sandbox && apiKey === undefined) {
    throw new UsageError("WOODPECKER_API_KEY is missing or malformed; set it, or use --sandbox");
  }
}

async function serveSandbox({ host, port = 4010, logLevel }: Settings): Promise<void> {
  const sandbox = await (await import("./sandbox/index.ts")).startSandbox({ host, port });
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
  const { code, message } = error as NodeJS.ErrnoException;
  const taken = code === "EADDRINUSE" || code === "EACCES" || code === "EADDRNOTAVAIL";
  const mendable = error instanceof UsageError || taken;
  say(`woodpecker-campaigns-mcp: ${mendable ? "" : "could not start: "}${message}`);
  process.exit(mendable ? 2 : 1);
});
