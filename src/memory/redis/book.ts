/** The journal's lines, newest last, for all replicas. */

import type { Loose } from "../../values/loose.ts";
import { KEPT_MS } from "../changes.ts";
import type { Book } from "../journal.ts";
import type { Command } from "./connection.ts";

/** Two lines a write; the limits look back one day. */
const MAX_LINES = 10_000;

export const createBook = (ask: Command, key: string): Book => ({
  async append(entry) {
    await ask((redis) =>
      redis.multi().rpush(key, JSON.stringify(entry)).ltrim(key, -MAX_LINES, -1).pexpire(key, KEPT_MS).exec(),
    );
  },
  entries: async () =>
    (await ask((redis) => redis.lrange(key, 0, -1))).map((line) => JSON.parse(line) as Loose),
});
