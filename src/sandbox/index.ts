/** Starts a sandbox: a Woodpecker account in memory behind a real HTTP server. Everything outside imports from here. */
import type { AddressInfo } from "node:net";
import { createClock } from "./clock/clock.ts";
import { createFailures } from "./failures.ts";
import { formsOf } from "./forms.ts";
import { createLanes } from "./queue.ts";
import { createRequestLog } from "./request-log.ts";
import { shownAs } from "./same-domain.ts";
import { createSandboxServer } from "./server.ts";
import type { Sandbox, SandboxOptions } from "./types.ts";
import { createWorld, statesOf } from "./world.ts";

export type { Account, Sandbox, SandboxOptions, SandboxRequest } from "./types.ts";

const KEY = "sandbox-key-0000";

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = "127.0.0.1", port = 0, serviceMs = 0, queueMs = 15_000 } = options;
  const { features = true, seed = "account" } = options;
  const clock = createClock(options.now ?? (() => new Date()), options.randomSeed ?? 1);
  const { now } = clock;
  const world = createWorld(options, seed, now());
  const log = createRequestLog();
  const failures = createFailures();
  const lanes = createLanes(serviceMs, queueMs);
  const setup = { ...formsOf(options), world, features, now };
  const server = createSandboxServer({ key: KEY, setup, clock, log, failures, lanes });

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
    advance: (hours) => clock.advance(world, hours),
    campaign(id) {
      // Ids are the same for all accounts of an agency, so the first that has it is the only one.
      const [found] = statesOf(world).flatMap(({ campaigns }) => campaigns.get(id) ?? []);
      return found && structuredClone(shownAs(setup, found.campaign));
    },
    close: () =>
      new Promise((resolve) => {
        lanes.close();
        // Called twice, the error says only that it is closed already.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
