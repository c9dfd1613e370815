/** One secret for all replicas, and one memory of the tokens that were taken up. */
import { createHash } from "node:crypto";
import { type Confirmations, newSecret } from "../confirmations.ts";
import type { Command } from "./connection.ts";

export const createSharedConfirmations = (ask: Command, name: (what: string) => string): Confirmations => ({
  // Asked for each time: a Redis that was emptied has a new secret, and all replicas must have the same one.
  async secret() {
    const key = name("secret");
    const own = newSecret().toString("base64");
    const text = await ask(async (redis) => {
      await redis.set(key, own, "NX");
      return redis.get(key);
    });
    return Buffer.from(text ?? own, "base64");
  },
  async takeUp(token, expiry, now) {
    const used = createHash("sha256").update(token).digest("base64url");
    const first = await ask((redis) =>
      redis.set(name(`used:${used}`), "1", "PX", Math.max(1, expiry - now), "NX"),
    );
    return first === "OK";
  },
});
