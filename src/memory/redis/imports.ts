/** Whom each import brought in, for all replicas. */
import { KEPT_MS } from "../changes.ts";
import { createImports, type Imports, partFrom, united } from "../imports.ts";
import type { Command } from "./connection.ts";

export function createSharedImports(ask: Command, name: (what: string) => string): Imports {
  const here = createImports();
  const key = (changeId: string) => name(`import:${changeId}`);
  return {
    async add(changeId, part) {
      await here.add(changeId, part);
      await ask((redis) =>
        redis.multi().rpush(key(changeId), JSON.stringify(part)).pexpire(key(changeId), KEPT_MS).exec(),
      ).catch(() => undefined);
    },
    async find(changeId) {
      const lines = await ask((redis) => redis.lrange(key(changeId), 0, -1)).catch(() => []);
      return united(lines.flatMap(partFrom), Date.now()) ?? here.find(changeId);
    },
  };
}
