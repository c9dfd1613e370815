/** The connection to Redis: commands that fail soon and in one way when it does not answer. */
import type { Redis } from "ioredis";
import type { Log } from "../../log.ts";
import { sharedLost } from "../../woodpecker/failure.ts";

/** @throws sharedLost when Redis does not answer */
export type Command = <T>(command: (redis: Redis) => Promise<T>) => Promise<T>;

interface Connection {
  ask: Command;
  close(): Promise<void>;
}

const ANSWER_MS = 1_500;
/** After a failure nobody waits again for this long. */
const REST_MS = 500;

export function connectTo(url: string, log: Log): Connection {
  let connected: Promise<Redis> | undefined;
  let lostUntil = 0;
  let works = true;

  async function connect(): Promise<Redis> {
    const { Redis } = await import("ioredis");
    const redis = new Redis(url, {
      lazyConnect: true,
      // A command that waited for a connection could leave long after its call has given up.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: ANSWER_MS,
      connectTimeout: ANSWER_MS,
      retryStrategy: (times) => Math.min(times * 100, 1_000),
    });
    // Each command fails by itself; without a listener the process would end.
    redis.on("error", () => undefined);
    await redis.connect().catch(() => undefined);
    return redis;
  }

  function note(answered: boolean): void {
    if (!answered) lostUntil = Date.now() + REST_MS;
    if (answered === works) return;
    works = answered;
    if (answered) log("info", "redis answers again");
    else log("error", "redis does not answer");
  }

  return {
    async ask(command) {
      if (Date.now() < lostUntil) throw sharedLost();
      connected ??= connect();
      try {
        const answer = await command(await connected);
        note(true);
        return answer;
      } catch (error) {
        if (isUnknownScript(error)) throw error;
        note(false);
        throw sharedLost();
      }
    },
    close: async () => (await connected)?.disconnect(),
  };
}

/** Redis answers, and wants the script itself instead of its name. */
export const isUnknownScript = (error: unknown) =>
  error instanceof Error && error.message.startsWith("NOSCRIPT");
