/** The process: reads its settings and becomes a stdio server, an HTTP server, the sandbox, the demo or the doctor. */
import { accountOf } from "./account.ts";
import { newSecret } from "./consent.ts";
import { createLog, say } from "./log.ts";
import { permitted } from "./operations/index.ts";
import { createServer } from "./server.ts";
import { helpText, isLoopback, readSettings, type Settings, UsageError } from "./settings.ts";
import { createShutdown, onSignals, serveStdio } from "./stdio.ts";
import { version } from "./version.ts";
import { type Client, createClient } from "./woodpecker/client.ts";

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings.help) return print(helpText());
  if (settings.version) return print(version);
  if (settings.command === "demo") return (await import("./demo.ts")).playDemo();
  if (settings.command === "sandbox") return serveSandboxOnly(settings);

  const account = accountOf(settings);
  const client = createClient(account.open, { userAgent: `woodpecker-campaigns-mcp/${version}` });
  const close = () => client.close().then(account.close);
  if (settings.command === "doctor") {
    const { examine } = await import("./doctor.ts");
    process.exitCode = await examine(settings, client, print);
    return close();
  }
  await serve(settings, { client, tenant: account.tenant, close });
}

interface Upstream {
  client: Client;
  tenant: string;
  close: () => Promise<void>;
}

async function serve(settings: Settings, { client, tenant, close }: Upstream): Promise<void> {
  const log = createLog(settings.logLevel);
  const inFlight = new Set<Promise<unknown>>();
  const operations = permitted(settings.access, settings.toolsets);
  const secret = newSecret();
  const newServer = () =>
    createServer({
      operations,
      client,
      secret,
      tenant,
      log,
      track: (call) => {
        inFlight.add(call);
        call.finally(() => inFlight.delete(call));
      },
    });
  const life = { idle: () => Promise.allSettled(inFlight), close, log };
  if (!settings.http) return serveStdio(newServer(), life);

  checkHttp(settings);
  const { serveHttp } = await import("./http.ts");
  const service = await serveHttp({
    host: settings.host,
    port: settings.port ?? 3000,
    token: settings.mcpToken,
    newServer,
    log,
  });
  say(`listening on ${service.url}`);
  onSignals(createShutdown({ ...life, close: () => service.close().then(close) }));
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

async function serveSandboxOnly({ host, port, logLevel }: Settings): Promise<void> {
  const { startSandbox } = await import("./sandbox/index.ts");
  const sandbox = await startSandbox({ host, port: port ?? 4010 });
  print(
    `Woodpecker sandbox on ${sandbox.origin}/rest/v1 and ${sandbox.origin}/rest/v2, x-api-key: ${sandbox.key}`,
  );
  onSignals(
    createShutdown({ idle: async () => undefined, close: () => sandbox.close(), log: createLog(logLevel) }),
  );
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
