/** How long a client may keep what it was told: what is the same for everybody for long, what an account holds not at all. */
import { CARD_URI } from "../card-uri.ts";

const HOUR_MS = 60 * 60_000;

/** Changes with the program only. Which tools exist may depend on the operator, never on who asks. */
const lasting = { ttlMs: HOUR_MS, cacheScope: "public" as const };

const none = { ttlMs: 0, cacheScope: "private" as const };

export const cacheHints = {
  "server/discover": lasting,
  "tools/list": lasting,
  "prompts/list": lasting,
  "resources/list": lasting,
  "resources/templates/list": lasting,
};

export const readHint = (uri: string) =>
  uri.startsWith("woodpecker://guides/") || uri === CARD_URI ? lasting : none;
