/** A question to whoever sits at the terminal; only there, and no answer is none. */
import { createInterface } from "node:readline/promises";
import type { Ask } from "./person.ts";

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
