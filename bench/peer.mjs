/** The other end of a stdio server, as thin as can be, so that it costs nothing of what is measured. */
import { spawn } from "node:child_process";
import { endWithUs } from "./process.mjs";

export const hello = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
};
/** What a client of the era of 2026-07-28 says of itself in each request; it begins with a question, not with a handshake. */
export const envelope = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": hello.clientInfo,
  "io.modelcontextprotocol/clientCapabilities": {},
};
const PATIENCE_MS = 60_000;

/** Nothing of the caller's environment but what a process needs: no key, no token, no proxy. */
export const cleanEnv = (own = {}) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  TMPDIR: process.env.TMPDIR ?? "",
  WOODPECKER_LEDGER: "off",
  ...own,
});

export async function open(
  args,
  { env = {}, command = process.execPath, patience = PATIENCE_MS, era = "2025" } = {},
) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], env: cleanEnv(env) });
  endWithUs(child);
  const waiting = new Map();
  let rest = "";
  let next = 1;
  let over;
  const fail = (why) => {
    over ??= new Error(why);
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };
  child.on("error", (error) => fail(error.message));
  const exited = new Promise((resolve) => child.once("exit", resolve));
  exited.then((code) => fail(`the process ended (${code})`));
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      // Some servers print other things too.
      if (!line.startsWith("{")) continue;
      const { id, result, error } = JSON.parse(line);
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) asked?.reject(new Error(error.message));
      else asked?.resolve(result);
    }
  });
  const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      if (over) return reject(over);
      const id = next++;
      const timer = setTimeout(() => fail(`no answer to ${method} in ${patience / 1000} s`), patience);
      const settled = (then) => (value) => {
        clearTimeout(timer);
        then(value);
      };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      send({ id, method, params: era === "2026" ? { ...params, _meta: envelope } : params });
    });
  /** Ends with its input, or else by its own id. */
  async function close() {
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await exited;
    clearTimeout(timer);
  }
  const kill = () => {
    child.kill("SIGKILL");
    return exited;
  };
  try {
    await (era === "2026" ? request("server/discover", {}) : request("initialize", hello));
  } catch (error) {
    await kill();
    throw error;
  }
  if (era === "2025") send({ method: "notifications/initialized" });
  const call = (name, args) => request("tools/call", { name, arguments: args });
  return { pid: child.pid, request, call, close, kill };
}
