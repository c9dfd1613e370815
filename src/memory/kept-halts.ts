/**
 * Halts that all processes see that share a state folder: a start that was asked for, or agreed to, before one of them is
 * void in the others, too. What cannot be written there counts in this process.
 */
import { randomBytes } from "node:crypto";
import { createHalts, type Halts } from "./halts.ts";
import type { StateFolder } from "./state-folder.ts";

/** Longer than any call that could still send, and than a confirmation counts. */
const KEPT_MS = 60 * 60 * 1000;

export function keepHalts(folder: StateFolder, tenant: string, now: () => number = Date.now): Halts {
  const here = createHalts();
  const nameOf = (what: string) => `halted/${tenant.slice(0, 16)}.${what}`;
  const read = (name: string) => folder.read(name)?.toString() ?? "";

  return {
    async halt(what) {
      try {
        folder.remove(nameOf(what));
        folder.create(nameOf(what), `${now().toString(36)}.${randomBytes(6).toString("hex")}`);
        sweep();
        return true;
      } catch {
        await here.halt(what);
        return false;
      }
    },
    mark: async (whats) => [await here.mark(whats), ...whats.map((what) => read(nameOf(what)))].join(" "),
  };

  function sweep(): void {
    for (const name of folder.list("halted")) {
      const time = Number.parseInt(read(`halted/${name}`), 36);
      if (time + KEPT_MS < now()) folder.remove(`halted/${name}`);
    }
  }
}
