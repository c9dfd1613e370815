/** Can it be written? Tried with a file that goes again: rights alone do not say, least of all those of root. */
import { closeSync, existsSync, openSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../../memory/make-folder.ts";
import type { Settings } from "../../settings/index.ts";
import { ledgerPath, stateFolder } from "../../settings/places.ts";
import type { Found } from "./look.ts";

export function lookAtState(settings: Settings): Found | undefined {
  const path = stateFolder(settings);
  const { forms, sandbox } = settings;
  const approving =
    forms === "require"
      ? " With WOODPECKER_FORMS=require only a form or the launch card can agree then: the command approve finds nothing."
      : "";
  if (path === undefined) {
    if (sandbox) return { ok: "none, since each process has a sandbox of its own" };
    const what = `off: a confirmation from before a restart does not count, and nothing can be taken back after one.${approving}`;
    const steps = ["Give WOODPECKER_STATE_DIR a folder, or leave it out for the usual place."];
    return approving ? { note: { what, steps } } : { ok: what };
  }
  const why = whyNotWritable(path);
  if (why === undefined) return { ok: path };
  const what = `${path} cannot be written (${why}), so everything is kept in memory and forgotten with the process.${approving}`;
  const steps = ["Name a folder of your own with WOODPECKER_STATE_DIR; off keeps it in memory."];
  return { note: { what, steps } };
}

export function lookAtLedger(settings: Settings): Found | undefined {
  const path = ledgerPath(settings);
  if (path === undefined)
    return { ok: settings.sandbox ? "none in the sandbox, where nothing real happens" : "off" };
  const why = existsSync(path) ? whyNotAppended(path) : whyNotWritable(dirname(path));
  if (why === undefined) return { ok: path };
  const { ledgerStrict } = settings;
  const effect = ledgerStrict
    ? "no write is carried out but what stops sending"
    : "writes are carried out and not recorded";
  const advice = {
    what: `${path} cannot be written (${why}), so ${effect}`,
    steps: [
      "Give the user who runs this the right to write there, or name another file with WOODPECKER_LEDGER.",
      "WOODPECKER_LEDGER=off turns it off.",
    ],
  };
  return ledgerStrict ? { fix: advice } : { note: advice };
}

function whyNotAppended(file: string): string | undefined {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    return inWords(error);
  }
  // Its folder may be closed to new files; a full disk is full for both.
  const beside = whyNotWritable(dirname(file));
  return beside === words.ENOSPC || beside === words.EDQUOT ? beside : undefined;
}

/** Folders that are made for it go again, so that looking leaves nothing. */
function whyNotWritable(folder: string): string | undefined {
  let made: string[] = [];
  try {
    made = makeFolder(folder);
    const probe = join(folder, `.doctor-${process.pid}`);
    try {
      writeFileSync(probe, "doctor", { mode: 0o600 });
    } finally {
      rmSync(probe, { force: true });
    }
    return undefined;
  } catch (error) {
    return inWords(error);
  } finally {
    removeEmpty(made);
  }
}

function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Somebody has put something there in the meantime.
  }
}

const words: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk can only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "the space of this user is used up",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder, not a file",
  ENOENT: "no folder can be made there",
};

const inWords = (error: unknown): string => {
  const { code = "unknown" } = error as NodeJS.ErrnoException;
  return words[code] ?? code;
};
