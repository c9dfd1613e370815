/** The sandbox's own route, POST /sandbox/advance, which lets time go by. It is not part of the Woodpecker API. */
import { type Clock, isHours } from "./clock/clock.ts";
import { problem, type Reply, unauthorised } from "./reply.ts";
import type { Incoming } from "./router.ts";
import type { World } from "./world.ts";

/** What only the sandbox has; it is kept out of the log, the queue and the prepared failures. */
export const isControl = (path: string): boolean => path.startsWith("/sandbox/");

export function controlAnswer(authorised: boolean, incoming: Incoming, clock: Clock, world: World): Reply {
  const { method, path, body } = incoming;
  if (!authorised) return unauthorised(false, clock.now());
  if (path !== "/sandbox/advance" || method !== "POST") {
    return problem(404, "Requested resource does not exist", clock.now());
  }
  const { hours } = (body.json ?? {}) as { hours?: unknown };
  if (!isHours(hours))
    return problem(400, "Field hours must be a number of hours, at most a year", clock.now());
  clock.advance(world, hours);
  return { status: 200, body: { now: clock.now().toISOString() } };
}
