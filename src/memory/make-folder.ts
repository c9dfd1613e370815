/** Folders with all those above them, made where they are missing; for their owner alone where nothing else is said. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * One after the other from the top: mkdir with `recursive` never comes back where the system says that a folder whose parent
 * is there has no parent, as below /proc.
 * @returns those that were made, the deepest first
 * @throws when one cannot be made
 */
export function makeFolder(path: string, mode = 0o700): string[] {
  const missing: string[] = [];
  for (let place = resolve(path); !existsSync(place) && dirname(place) !== place; place = dirname(place))
    missing.push(place);
  const made: string[] = [];
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode });
      made.unshift(folder);
    } catch (error) {
      // Another process was quicker.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  return made;
}
