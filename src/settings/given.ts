/** What of the options was set, and in which way. */
import { type Environment, expandHome } from "./home.ts";
import { type Option, type OptionName, options } from "./options.ts";

export interface Given {
  name: OptionName;
  /** Of a path with the home folder in place of ~. */
  value: string;
  by: "flag" | "variable";
}

/** Flag before environment. Blanks and placeholders that a host did not fill in count as unset. */
export function givenIn(flags: Record<string, string>, env: Environment): Given[] {
  return (Object.entries(options) as [OptionName, Option][]).flatMap(
    ([name, { env: variable, flag, path }]) => {
      const set = [
        { by: "flag" as const, text: flag === undefined ? undefined : flags[flag] },
        { by: "variable" as const, text: variable === undefined ? undefined : env[variable] },
      ]
        .map(({ by, text = "" }) => ({ by, text: text.trim() }))
        .find(({ text }) => text !== "" && !/^\$\{.*\}$/.test(text));
      if (!set) return [];
      const called = set.by === "flag" ? `--${flag}` : (variable as string);
      return [{ name, by: set.by, value: path ? expandHome(set.text, called, env) : set.text }];
    },
  );
}
