/** A server over HTTP, and one request after the other to it over a kept connection. */
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { cleanEnv } from "./peer.mjs";
import { endWithUs } from "./process.mjs";

/** Starts a server that says "listening on <url>" on stderr. */
export async function serve(argv, env = {}) {
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "ignore", "pipe"], env: cleanEnv(env) });
  endWithUs(child);
  const url = await new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error("did not listen in 20 s")), 20_000);
    child.once("exit", () => reject(new Error(`the process ended: ${said.trim()}`)));
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const [, found] = /listening on (\S+)/.exec(said) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { url, pid: child.pid, kill: () => child.kill("SIGKILL") };
}

/** A client with so many connections; each request gives back the text of the answer. */
export function connect(url, connections = 1) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (method, body) =>
    new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2025-11-25",
      };
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
    call(name, args) {
      id += 1;
      const message = { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } };
      return send("POST", JSON.stringify(message)).then((text) => {
        if (!text.includes('"result"') || text.includes('"isError":true'))
          throw new Error(text.slice(0, 200));
      });
    },
    close: () => agent.destroy(),
  };
}
