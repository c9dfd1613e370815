/** Programs of the operating system that some tests need: a real Redis, a real nginx. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether they are there. CI insists on it, so that what is not tested there is not green either. */
export function installed(...commands: string[]): boolean {
  const missing = commands.filter((command) => spawnSync("which", [command]).status !== 0);
  if (missing.length > 0 && process.env.REQUIRE_SERVERS === "1") {
    throw new Error(`not installed: ${missing.join(", ")}`);
  }
  return missing.length === 0;
}

export interface Daemon {
  port: number;
  /** As a crash would: nothing is said to anybody. */
  kill(): Promise<void>;
  /** Holds it without ending it, as a machine that hangs would. */
  signal(signal: NodeJS.Signals): void;
}

/** Nothing is written to disk. */
export async function startRedis(port?: number): Promise<Daemon> {
  const at = port ?? (await freePort());
  const options = ["--port", String(at), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  return daemon("redis-server", options, at);
}

/** nginx with the site of deploy/nginx.conf, in front of the given ports, without TLS. */
export async function startNginx(replicas: readonly number[]): Promise<Daemon> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "nginx-"));
  const servers = replicas.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=5s;`).join("\n");
  const site = readFileSync("deploy/nginx.conf", "utf8")
    .replace(/(?: *server 10\.0\.0\.\d+:3000 .*\n)+/, `${servers}\n`)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replace(/ *ssl_certificate.*\n/g, "");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  writeFileSync(
    join(folder, "nginx.conf"),
    [
      "daemon off;",
      ...(process.getuid?.() === 0 ? ["user root;"] : []),
      `pid ${join(folder, "pid")};`,
      "error_log stderr crit;",
      "events {}",
      "http {",
      "access_log off;",
      ...temporary,
      site,
      "}",
    ].join("\n"),
  );
  const options = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"];
  const started = await daemon("nginx", options, port, "SIGTERM");
  return {
    ...started,
    kill: () => started.kill().then(() => rmSync(folder, { recursive: true, force: true })),
  };
}

async function daemon(
  command: string,
  args: string[],
  port: number,
  end: NodeJS.Signals = "SIGKILL",
): Promise<Daemon> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (said += text));
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  await listening(child, port, () => said);
  return {
    port,
    signal: (signal) => void child.kill(signal),
    async kill() {
      // One that was stopped does not hear anything else.
      child.kill("SIGCONT");
      child.kill(end);
      await ended;
    },
  };
}

async function listening(child: ChildProcess, port: number, said: () => string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (child.exitCode !== null) break;
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("connect", () => socket.destroy()).on("error", () => resolve(false));
    });
    if (open) return;
    await sleep(25);
  }
  child.kill("SIGKILL");
  throw new Error(`it does not listen:\n${said()}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
