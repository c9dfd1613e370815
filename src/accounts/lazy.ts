/** From the protocol's side to the accounts: opened with the first call, because listing the tools needs none of it. */

import type { Log } from "../log.ts";
import type { Settings } from "../settings/index.ts";
import type { Watch } from "../woodpecker/attempts.ts";
import type { Account } from "./account.ts";
import type { Accounts } from "./pool.ts";
import type { AccountSource } from "./source.ts";

/** Who wants to know how long things take; filled in when somebody does. */
export interface Watched {
  /** @param handle the name of the account, where the operator has given it one */
  watch?: (handle?: string) => Watch;
  called?: (tool: string, outcome: string, ms: number, handle?: string) => void;
}

/** Files that are missing or of another version: somebody updates the program while it runs. */
export const couldNotLoad =
  "This server could not load its own files. Nothing was sent. Install it again, or restart it.";

export interface Calls {
  /** For the account of the process, or for one that a caller brings. */
  callsFor(source?: AccountSource): Account["call"];
  ready(): Promise<boolean>;
  /** Resolves when no call is in flight. */
  idle(): Promise<unknown>;
  close(): Promise<void>;
  watch: Watched;
}

export function openCalls(settings: Settings, log: Log): Calls {
  const watch: Watched = {};
  const inFlight = new Set<Promise<unknown>>();
  let accounts: Promise<Accounts> | undefined;
  const open = () => {
    accounts ??= import("./pool.ts")
      .then(({ openAccounts }) =>
        openAccounts(settings, log, (handle) => ({
          waited: (ms) => watch.watch?.(handle).waited?.(ms),
          exchanged: (...exchange) => watch.watch?.(handle).exchanged?.(...exchange),
        })),
      )
      .catch((error: unknown) => {
        accounts = undefined;
        log("error", "could not load", { kind: error instanceof Error ? error.name : typeof error });
        throw new Error(couldNotLoad);
      });
    return accounts;
  };
  return {
    watch,
    callsFor:
      (source) =>
      (...call) => {
        const running = open().then((opened) => opened.account(source).call(...call));
        inFlight.add(running);
        return running.finally(() => inFlight.delete(running));
      },
    ready: async () => (settings.redisUrl === undefined ? true : (await open()).ready()),
    idle: () => Promise.allSettled(inFlight),
    close: async () => (await accounts)?.close(),
  };
}
