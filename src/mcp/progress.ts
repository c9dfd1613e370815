/**
 * How far a call is, for clients that gave a token for it. An operation says what it knows; in between, its last message
 * is repeated every second, so that a person sees that it still works. Some clients wait longer with each message.
 */
import type { CallTools } from "../calls/operation.ts";

export interface Progress {
  tell: CallTools["progress"];
  end: () => void;
}

export type SendProgress = (notification: {
  method: "notifications/progress";
  params: { progressToken: string | number; progress: number; total?: number; message: string };
}) => Promise<void>;

export const WAITING = "Waiting for Woodpecker";

const TICK_MS = 1_000;

/** The number has to grow with each message, also with one that says nothing about how far the call is. */
const LITTLE = 0.001;

export function startProgress(
  progressToken: string | number | undefined,
  send: SendProgress,
): Progress | undefined {
  if (progressToken === undefined) return undefined;
  let progress = 0;
  let expected: number | undefined;
  let last = WAITING;

  function say(): void {
    const total = expected !== undefined && expected >= progress ? { total: expected } : {};
    const params = {
      progressToken,
      progress,
      ...total,
      message: last,
    } as Parameters<SendProgress>[0]["params"];
    // A message that cannot be delivered is not a failure of the call.
    send({ method: "notifications/progress", params }).catch(() => undefined);
  }

  const timer = setInterval(() => {
    progress += LITTLE;
    say();
  }, TICK_MS);

  return {
    tell(done, total, message) {
      progress = Math.max(done, progress + LITTLE);
      expected = total ?? expected;
      last = message;
      say();
      timer.refresh();
    },
    end: () => clearInterval(timer),
  };
}
