/** Completions are asked for with every keystroke: only the newest is worth an answer, and only a quick one. */

const PATIENCE_MS = 3_000;

interface Keystroke {
  signal: AbortSignal;
  giveUp: () => void;
}

/** @returns for each keystroke what ends its work: the client, time, giving up, or the next keystroke */
export function createTyping(): (signal: AbortSignal) => Keystroke {
  let current: AbortController | undefined;
  return (signal) => {
    current?.abort();
    const own = new AbortController();
    current = own;
    return {
      signal: AbortSignal.any([signal, own.signal, AbortSignal.timeout(PATIENCE_MS)]),
      giveUp: () => own.abort(),
    };
  };
}
