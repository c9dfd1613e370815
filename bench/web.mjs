/** Servers over HTTP, and one request after the other to them over kept connections. */
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { cleanEnv, envelope } from "./peer.mjs";
import { endWithUs } from "./process.mjs";

/** A server of ours at any free port of this machine. */
export async function onLoopback(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts a server that says on stderr where it listens; what else is wanted of its words is a named group of `sign`. */
export async function serve(argv, env = {}, { sign = /listening on (?<url>\S+)\s/, ipc = "ignore" } = {}) {
  const stdio = ["ignore", "ignore", "pipe", ipc];
  const child = spawn(process.execPath, argv, { stdio, env: cleanEnv(env) });
  endWithUs(child);
  const found = await new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error("did not listen in 20 s")), 20_000);
    child.once("exit", () => reject(new Error(`the process ended: ${said.trim()}`)));
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const { groups } = sign.exec(said) ?? {};
      if (!groups) return;
      clearTimeout(timer);
      resolve(groups);
    });
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { ...found, child, pid: child.pid, kill: () => child.kill("SIGKILL") };
}

/** A client with so many connections; each request gives back the text of the answer. */
export function connect(url, connections = 1, era = "2025") {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (method, headers = {}, body = undefined) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, headers, timeout: 30_000 }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () =>
          response.statusCode < 300 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`)),
        );
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in 30 s")));
      sent.on("error", reject);
      sent.end(body);
    });
  let id = 0;
  return {
    get: () => send("GET"),
    async call(name, args, more = {}) {
      id += 1;
      const headers = {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(era === "2026"
          ? { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": name }
          : { "mcp-protocol-version": "2025-11-25" }),
        ...more,
      };
      const params = { name, arguments: args, ...(era === "2026" && { _meta: envelope }) };
      const message = { jsonrpc: "2.0", id, method: "tools/call", params };
      const text = await send("POST", headers, JSON.stringify(message));
      if (!text.includes('"result"') || text.includes('"isError":true')) throw new Error(text.slice(0, 200));
      return text;
    },
    close: () => agent.destroy(),
  };
}
