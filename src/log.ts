/** One JSON line an event on stderr; stdout belongs to the protocol. Never arguments, bodies or keys. */
import { writeSync } from "node:fs";

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export type Log = (
  level: Exclude<LogLevel, "silent">,
  event: string,
  facts?: Record<string, unknown>,
) => void;

export function createLog(least: LogLevel): Log {
  return (level, event, facts = {}) => {
    if (logLevels.indexOf(level) < logLevels.indexOf(least)) return;
    say(JSON.stringify({ time: new Date().toISOString(), level, event, ...facts }));
  };
}

/** A line on stderr that never throws, also when stderr is gone. */
export function say(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // Nobody is left to read it.
  }
}
