/**
 * What outlives a process and is shared by those that a person starts: a folder that only its owner reads. It is made with
 * the first thing that is kept, no earlier, and everything works without it.
 */
import { randomBytes } from "node:crypto";
import { linkSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";
import { readRegularFile } from "./open-file.ts";

export interface StateFolder {
  read(name: string): Buffer | undefined;
  /** False where it exists already. @throws when it cannot be written */
  create(name: string, content: string | Buffer): boolean;
  remove(name: string): void;
  /** Names of what is in a folder of it. */
  list(folder: string): string[];
}

/** For a folder in which names begin with the time until when something is kept, to the base of 36. */
export function forgetOld(folder: StateFolder, place: string, now: number): void {
  for (const name of folder.list(place)) if (keptUntil(name) < now) folder.remove(`${place}/${name}`);
}

export const keptUntil = (name: string) => Number.parseInt(name, 36);

export const openStateFolder = (path: string): StateFolder => ({
  read(name) {
    try {
      return readRegularFile(join(path, name));
    } catch {
      return undefined;
    }
  },
  create(name, content) {
    const file = join(path, name);
    makeFolder(dirname(file));
    // Written beside it and then named: nobody ever reads half of it.
    const draft = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
    try {
      writeFileSync(draft, content, { mode: 0o600, flag: "wx" });
      linkSync(draft, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  },
  remove: (name) => rmSync(join(path, name), { force: true }),
  list(folder) {
    try {
      return readdirSync(join(path, folder));
    } catch {
      return [];
    }
  },
});
