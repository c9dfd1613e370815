/** A server over HTTP to talk to: the built program in a process of its own, or the same server in this process. */
import { openCalls } from "../../src/accounts/lazy.ts";
import { startFailure } from "../../src/cli/start-failure.ts";
import { createLog } from "../../src/log.ts";
import { type HttpOptions, serveHttp } from "../../src/mcp/http/index.ts";
import { servingFor } from "../../src/mcp/serving-for.ts";
import { published } from "../../src/mcp/tools/published.ts";
import { checkHttp } from "../../src/settings/check-http.ts";
import { readSettings } from "../../src/settings/index.ts";
import { atEnd } from "./at-end.ts";
import { type HttpSession, httpSessionAt } from "./http-session.ts";
import { type Program, runToEnd, type StartOptions, start } from "./program.ts";

export interface HttpProgram
  extends HttpSession,
    Pick<Program, "pid" | "stdout" | "stderr" | "signal" | "ended"> {
  metricsUrl: string;
  close(): Promise<void>;
}

/** The built program; it ends with the test, if the test does not end it. */
export async function startHttp(
  args: string[] = [],
  env: Record<string, string> = {},
  { node, until = atEnd }: StartOptions = {},
): Promise<HttpProgram> {
  const program = start(["--http", "--port", "0", ...args], env, { node, until });
  const [, url = ""] = await program.said(/^listening on (\S+)$/m);
  const [, metricsUrl = ""] = /^metrics on (\S+)$/m.exec(program.stderr()) ?? [];
  const session = httpSessionAt(url);
  until(session.leave);
  const { pid, stdout, stderr, signal, ended } = program;
  return {
    ...session,
    pid,
    stdout,
    stderr,
    signal,
    ended,
    metricsUrl,
    async close() {
      await session.leave();
      signal("SIGKILL");
      await ended();
    },
  };
}

/** The built program that is expected to end by itself, with its exit code. */
export const refusesToStart = (args: string[], env: Record<string, string> = {}) =>
  runToEnd(["--http", "--port", "0", ...args], env);

/** The same server in this process, with what a command line cannot say; it ends with the test, if the test does not end it. */
export async function serveHere(
  args: string[] = [],
  env: Record<string, string> = {},
  { until = atEnd, ...more }: Partial<HttpOptions> & Pick<StartOptions, "until"> = {},
): Promise<HttpSession & { close(): Promise<void> }> {
  const settings = readSettings(["--http", "--port", "0", ...args], {
    WOODPECKER_LEDGER: "off",
    WOODPECKER_STATE_DIR: "off",
    ...env,
  });
  const log = createLog("silent");
  const calls = openCalls(settings, log);
  const { ready, close } = calls;
  const serving = servingFor(settings, calls, log, published);
  checkHttp(settings);
  const service = await serveHttp({ settings, serving, ready, log, ...more });
  const session = httpSessionAt(service.url);
  let closed: Promise<void> | undefined;
  const closeAll = async () => {
    await session.leave();
    await service.close();
    await close();
  };
  const here = { ...session, close: () => (closed ??= closeAll()) };
  until(here.close);
  return here;
}

/** The same that is expected not to start, with the line that src/main.ts would end with. */
export async function refusesHere(args: string[] = [], env: Record<string, string> = {}) {
  const error: unknown = await serveHere(args, env).then(
    () => new Error("It started."),
    (reason) => reason,
  );
  const { code, line } = startFailure(error);
  return { code, stderr: `woodpecker-campaigns-mcp: ${line}\n` };
}
