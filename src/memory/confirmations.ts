/** What makes a confirmation token good: the secret that signs it, and the memory of those that were taken up. */
import { randomBytes, timingSafeEqual } from "node:crypto";

export interface Confirmations {
  secret(): Promise<Buffer>;
  /** False when it was taken up before. @param token begins with when it ends, to the base of 36 @param expiry until when it has to be remembered, in ms since 1970 */
  takeUp(token: string, expiry: number, now: number): Promise<boolean>;
}

/** In a time that tells nothing of where they differ. */
export function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export const newSecret = () => randomBytes(32);

/** For one process: the secret is new at each start, so a token dies with the process that made it. */
export function createConfirmations(secret = newSecret()): Confirmations {
  const used = new Map<string, number>();
  return {
    secret: async () => secret,
    async takeUp(token, expiry, now) {
      for (const [old, until] of used) if (until < now) used.delete(old);
      if (used.has(token)) return false;
      used.set(token, expiry);
      return true;
    },
  };
}
