/** `~` in the paths of settings, which only shells put the home folder in place of, and the folder itself. */
import { UsageError } from "./usage-error.ts";

export type Environment = Record<string, string | undefined>;

/** Asked for when it is needed: each module at the top is loaded at every start. */
const { getBuiltinModule: load } = process;

const variable = process.platform === "win32" ? "USERPROFILE" : "HOME";

/** @param called the option, as people know it */
export function expandHome(text: string, called: string, env: Environment): string {
  if (!text.startsWith("~")) return text;
  const [, rest] = /^~(?:[/\\](.*))?$/s.exec(text) ?? [];
  if (rest === undefined && text !== "~")
    throw new UsageError(
      `${called}: "${text}" is understood by shells only; write the whole path, or one that begins with ~/`,
    );
  return load("node:path").join(homeFolder(env, `${called} begins with ~`), rest ?? "");
}

/** @throws UsageError where there is none, since files would then be made wherever the program is started */
export function homeFolder(env: Environment, why: string): string {
  const home = env[variable] ?? systemHome();
  if (load("node:path").isAbsolute(home)) return home;
  throw new UsageError(
    `${why}, and ${variable} is ${home.trim() === "" ? "empty" : `"${home}", which is not a whole path`}; set ${variable} to your home folder, such as ${variable === "HOME" ? "HOME=/home/you" : "USERPROFILE=C:\\Users\\you"}, or give WOODPECKER_STATE_DIR and WOODPECKER_LEDGER whole paths, or off`,
  );
}

/** A user without an entry in the system's list has none. */
function systemHome(): string {
  try {
    return load("node:os").homedir();
  } catch {
    return "";
  }
}
