/**
 * One write at a time in an account, among the processes that share a state folder. Best effort: whoever cannot have the
 * turn in time goes on without it, since the last look and the check after a start hold all the same; a holder that is gone
 * is known by its process id, whatever time its file bears. One that kept it all the while is put aside: its id may have
 * gone to another program, for which nobody waits twice.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { StateFolder } from "./state-folder.ts";
import { createWriteLock, type WriteLock } from "./write-lock.ts";

/** An import of some hundred people takes several seconds. */
const MAX_WAIT_MS = 20_000;
const PAUSE_MS = 15;

export function lockInFolder(folder: StateFolder, tenant: string, maxWaitMs = MAX_WAIT_MS): WriteLock {
  const local = createWriteLock();
  const name = `writing/${tenant.slice(0, 16)}`;
  return {
    hold: (work) =>
      local.hold(async (isHeld) => {
        const taken = await take(folder, name, maxWaitMs);
        try {
          return await work(isHeld);
        } finally {
          if (taken) letGo(folder, name);
        }
      }),
  };
}

async function take(folder: StateFolder, name: string, maxWaitMs: number): Promise<boolean> {
  const until = performance.now() + maxWaitMs;
  try {
    let first: string | undefined;
    while (!folder.create(name, String(process.pid))) {
      // Nothing to read: it was given back this moment, and may be another's the next.
      const holder = folder.read(name)?.toString();
      first ??= holder;
      if (holder !== undefined && !isAlive(Number(holder))) folder.remove(name);
      else if (performance.now() <= until) await sleep(PAUSE_MS);
      else if (holder === first) folder.remove(name);
      else return false;
    }
    return true;
  } catch {
    return false;
  }
}

function letGo(folder: StateFolder, name: string): void {
  try {
    if (Number(folder.read(name)?.toString()) === process.pid) folder.remove(name);
  } catch {
    // Whoever waits for it finds that this process is gone.
  }
}

/** This process itself never waits for another turn of its own: a file with its id is left from an earlier one. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
