/** The other end of a stdio server, as thin as can be, so that it costs nothing of what is measured. */
import { spawn } from "node:child_process";

const hello = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
};

export async function open(args, command = process.execPath) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  const waiting = new Map();
  let rest = "";
  let next = 1;
  child.stdout.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const { id, result } = JSON.parse(line);
      waiting.get(id)?.(result);
      waiting.delete(id);
    }
  });
  const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const request = (method, params) =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      send({ id, method, params });
    });
  await request("initialize", hello);
  send({ method: "notifications/initialized" });
  return {
    pid: child.pid,
    request,
    close: () =>
      new Promise((resolve) => {
        child.on("exit", resolve);
        child.stdin.end();
      }),
  };
}

/** Milliseconds from spawn to the answer of tools/list. */
export async function timeToList(args, command) {
  const started = performance.now();
  const peer = await open(args, command);
  await peer.request("tools/list", {});
  const time = performance.now() - started;
  await peer.close();
  return time;
}
