/** `apply campaigns/*.yaml`: first the plan for every file, then one after the other; what fails keeps none of the others. */
import { resolve } from "node:path";
import { applyFile, planOf } from "./apply.ts";
import type { Rest, Session } from "./carry-out.ts";
import { FileFailure, idIn } from "./parse.ts";
import { codeFor } from "./trouble.ts";

/** @returns the exit code: of one file that of applyFile; of several 0 where all is done, 2 where no file could be used, else 1 */
export async function applyFiles(paths: readonly string[], session: Session): Promise<number> {
  const files = [...new Map(paths.map((path) => [resolve(path), path])).values()];
  if (files.length === 1) return attempt(files[0] as string, session, applyFile) as Promise<number>;
  const several: Session = { ...session, isOneOfSeveral: true };
  const codes = new Map<string, number>();
  const rests = new Map<string, Rest>();
  const others = sameCampaign(files);
  for (const path of files) {
    if (session.signal.aborted) break;
    session.print(`\n== ${path}`);
    const rest = await attempt(path, several, async () => {
      const rival = others.get(path);
      if (rival) throw new FileFailure([`${path} and ${rival} are both of one campaign; apply one of them.`]);
      return planOf(path, several);
    });
    if (typeof rest === "number") codes.set(path, rest);
    else rests.set(path, rest);
  }
  for (const [path, rest] of rests) {
    if (session.signal.aborted) break;
    session.print(`\n== ${path}: doing it`);
    codes.set(path, (await attempt(path, several, rest)) as number);
  }
  return conclude(files, codes, session);
}

async function attempt(
  path: string,
  session: Session,
  work: (path: string, session: Session) => Promise<Rest | number>,
): Promise<Rest | number> {
  try {
    return await work(path, session);
  } catch (error) {
    return codeFor(error, "Apply", path, session);
  }
}

/** The second of them would take back what the first one did. */
function sameCampaign(files: readonly string[]): Map<string, string> {
  const ids = files.map((path) => [path, idIn(path)] as const);
  return new Map(
    ids.flatMap(([path, id]) => {
      const rival = ids.find(([other, one]) => one === id && other !== path);
      return id !== undefined && rival ? [[path, rival[0]] as const] : [];
    }),
  );
}

function conclude(files: readonly string[], codes: ReadonlyMap<string, number>, session: Session): number {
  const { print, say, flags } = session;
  const failed = files.filter((path) => codes.get(path) !== 0);
  print("");
  if (flags.dryRun) print("Dry run: nothing was changed.");
  const well = flags.dryRun ? "could be applied" : "as their files say";
  print(`${files.length} files: ${files.length - failed.length} ${well}, ${failed.length} not.`);
  for (const path of failed) say(`NOT ${codes.has(path) ? "done, or not all of it" : "begun"}: ${path}`);
  if (failed.length === 0) return 0;
  return failed.length === files.length && failed.every((path) => codes.get(path) === 2) ? 2 : 1;
}
