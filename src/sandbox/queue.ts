/** The limit of the API on requests: one at a time for each account, a few waiting, the rest refused. */
import { setTimeout as sleep } from "node:timers/promises";

const PLACES = 6;

interface Waiting {
  admit(turn: boolean): void;
  timer: NodeJS.Timeout;
}

export interface Lanes {
  /** false: the queue is full or the wait was too long, and the request is not to be carried out. */
  enter(account: string): Promise<boolean>;
  /** Holds the lane for as long as one request takes, then gives it to the next. */
  leave(account: string): Promise<void>;
  close(): void;
}

export function createLanes(serviceMs: number, queueMs: number): Lanes {
  const queues = new Map<string, Waiting[]>();
  const closing = new AbortController();

  return {
    enter(account) {
      if (closing.signal.aborted) return Promise.resolve(false);
      const queue = queues.get(account);
      if (!queue) {
        queues.set(account, []);
        return Promise.resolve(true);
      }
      if (queue.length >= PLACES) return Promise.resolve(false);
      return new Promise((resolve) => {
        const waiting: Waiting = {
          admit(turn) {
            clearTimeout(waiting.timer);
            resolve(turn);
          },
          timer: setTimeout(() => {
            queue.splice(queue.indexOf(waiting), 1);
            resolve(false);
          }, queueMs),
        };
        queue.push(waiting);
      });
    },

    async leave(account) {
      if (serviceMs > 0) {
        await sleep(serviceMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
      const next = queues.get(account)?.shift();
      if (next) next.admit(true);
      else queues.delete(account);
    },

    close() {
      closing.abort();
      for (const queue of queues.values()) {
        for (const waiting of queue.splice(0)) waiting.admit(false);
      }
    },
  };
}
