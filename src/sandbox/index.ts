import type { AddressInfo } from "node:net";
import { createFailures } from "./failures.ts";
import { createLanes } from "./lanes.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import { createRequestLog } from "./record.ts";
import { seedState } from "./seed/account.ts";
import { createSandboxServer } from "./server.ts";

export type { Sandbox, SandboxOptions, SandboxRequest } from "./options.ts";

const KEY = "sandbox-key-0000";

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = "127.0.0.1", port = 0, serviceMs = 0, queueMs = 15_000, dialect = "code" } = options;
  const { features = true, seed = "account", editBodies = "campaign", now = () => new Date() } = options;
  const state = seedState(seed, now());
  const log = createRequestLog();
  const failures = createFailures();
  const lanes = createLanes(serviceMs, queueMs);
  const context = { state, dialect, features, editBodies, now };
  const server = createSandboxServer({ key: KEY, context, log, failures, lanes });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;

  return {
    origin: `http://${name}:${address.port}`,
    key: KEY,
    requests: log.requests,
    writes: log.writes,
    failNext: failures.add,
    campaign: (id) => structuredClone(state.campaigns.get(id)?.campaign),
    close: () =>
      new Promise((resolve) => {
        lanes.close();
        // Called twice, the error says only that it is closed already.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
