/**
 * How long a client may keep what it was told, and whether others may be told the same: what a program holds for long, what
 * depends on the caller for a while and only for them, what an account holds not at all.
 */
import { CARD_URI } from "../card-uri.ts";
import type { ServingOptions } from "../serving.ts";

const MINUTE_MS = 60_000;

/** Changes with the program only, and is secret to nobody: anything between client and server may hand it on. */
const everybodys = { ttlMs: 60 * MINUTE_MS, cacheScope: "public" as const };

/** What a caller may do can change while the program runs. */
const theirs = { ttlMs: 5 * MINUTE_MS, cacheScope: "private" as const };

const none = { ttlMs: 0, cacheScope: "private" as const };

export function cacheHints({ sameForAll, setup }: Pick<ServingOptions, "sameForAll" | "setup">) {
  const list = sameForAll ? everybodys : theirs;
  return {
    // It names the account.
    "server/discover": setup?.account === undefined ? list : { ...list, cacheScope: "private" as const },
    "tools/list": list,
    "prompts/list": list,
    "resources/list": list,
    "resources/templates/list": list,
  };
}

/** Only the present address of the card stands for one page for ever. */
export const readHint = (uri: string) =>
  uri.startsWith("woodpecker://guides/") || uri === CARD_URI ? everybodys : none;
