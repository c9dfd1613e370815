/**
 * How far a call is, for clients that gave a token for it. An operation says what it knows; while nobody says anything,
 * the last word is repeated every second, so that nobody wonders, and a client that waits longer with each word does.
 */
import type { CallTools } from "../calls/operation.ts";

export interface Progress {
  tell: CallTools["progress"];
  end: () => void;
}

type Send = (notification: {
  method: "notifications/progress";
  params: { progressToken: string | number; progress: number; total?: number; message: string };
}) => Promise<void>;

export const WAITING = "Waiting for Woodpecker";

const TICK_MS = 1_000;

/** What a word is worth that says nothing of how far the call is: the number has to grow with each. */
const LITTLE = 0.001;

export function startProgress(progressToken: string | number | undefined, send: Send): Progress | undefined {
  if (progressToken === undefined) return undefined;
  let progress = 0;
  let of: number | undefined;
  let last = WAITING;

  function say(): void {
    const total = of !== undefined && of >= progress ? { total: of } : {};
    const params = { progressToken, progress, ...total, message: last } as Parameters<Send>[0]["params"];
    // One that cannot be delivered is no failure of the call.
    send({ method: "notifications/progress", params }).catch(() => undefined);
  }

  const timer = setInterval(() => {
    progress += LITTLE;
    say();
  }, TICK_MS);

  return {
    tell(done, total, message) {
      progress = Math.max(done, progress + LITTLE);
      of = total ?? of;
      last = message;
      say();
      timer.refresh();
    },
    end: () => clearInterval(timer),
  };
}
