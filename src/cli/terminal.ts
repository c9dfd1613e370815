/** The terminal that a command was typed into: what is printed, what is said beside it, and the one question to whoever sits there. */
import { createInterface } from "node:readline/promises";

export type Print = (text: string) => void;

/** The terminal, or what stands in for it. */
export interface Terminal {
  /** Results, on stdout. */
  print: Print;
  /** Questions, remarks and what went wrong, on stderr. */
  say: Print;
  /** Asks the person; absent where nobody can answer. */
  ask?: ((question: string) => Promise<string>) | undefined;
  signal: AbortSignal;
}

export type Ask = (question: string, signal: AbortSignal) => Promise<string>;

/** Only where somebody reads and types; no answer is an empty one. */
export function atTerminal(): Ask | undefined {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
  return async (question, signal) => {
    const line = createInterface({ input: process.stdin, output: process.stderr });
    const gone = new Promise<string>((resolve) => line.once("close", () => resolve("")));
    line.once("SIGINT", () => line.close());
    try {
      return await Promise.race([line.question(question, { signal }), gone]);
    } catch {
      return "";
    } finally {
      line.close();
    }
  };
}

/** Nothing but a yes is one. */
export const agrees = async (ask: (question: string) => Promise<string>): Promise<boolean> =>
  (await ask('Type "yes" to agree: ')).trim().toLowerCase() === "yes";

/** What was done, or is to be, for somebody who knows no tools. */
export const titleOf = (tool: string) => tool.replaceAll("_", " ");

const signals = ["SIGINT", "SIGTERM"] as const;

/** Ctrl-C lets what is under way end and begins nothing more. */
export async function withTerminal<T>(
  print: Print,
  say: Print,
  work: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const name of signals) process.once(name, onSignal);
  const { signal } = stop;
  const asked = atTerminal();
  try {
    return await work({ print, say, signal, ask: asked && ((question) => asked(question, signal)) });
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}
