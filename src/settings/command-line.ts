/** The words of the command line: a command with its operands, and flags. */
import { closest } from "../values/closest.ts";
import { type Command, type CommandForm, commands, usageOf } from "./commands.ts";
import { type Option, options } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export interface Arguments {
  command: Command;
  /** The words after the command. */
  operands: string[];
  /** By their long names; a switch that is given is "1". */
  flags: Record<string, string>;
}

/** What people type at programs they do not know yet. */
const usualForms: Record<string, string> = {
  "-h": "--help",
  help: "--help",
  "-v": "--version",
  version: "--version",
};

export function readArguments(argv: readonly string[]): Arguments {
  const flags: Record<string, string> = {};
  const words: string[] = [];
  const known = Object.values(options as Record<string, Option>).filter((option) => option.flag);
  const used = new Set<Option>();
  for (let index = 0; index < argv.length; index += 1) {
    const typed = argv[index] as string;
    const word = Object.hasOwn(usualForms, typed) ? (usualForms[typed] as string) : typed;
    if (!word.startsWith("-")) {
      words.push(word);
      continue;
    }
    const [name = "", joined] = splitOnce(word.replace(/^--?/, ""), "=");
    const option = known.find(({ flag, short }) => (word.startsWith("--") ? flag : short) === name);
    if (!option) throw new UsageError(unknownFlag(splitOnce(word, "=")[0], name, known));
    used.add(option);
    if (!option.value) {
      if (joined !== undefined) throw new UsageError(`--${name} takes no value; write it alone: --${name}`);
      flags[option.flag as string] = "1";
      continue;
    }
    const text = joined ?? argv[++index];
    if (text === undefined || (joined === undefined && text.startsWith("--"))) {
      throw new UsageError(`--${option.flag} needs a value: --${option.flag} <${option.value}>`);
    }
    flags[option.flag as string] = text;
  }
  const { command, operands } = readCommand(words, flags);
  const stray = [...used].find((option) => option.only && !option.only.split(" or ").includes(command));
  const homeless = [...used].find((option) => option.http && !("http" in flags) && command !== "doctor");
  const sandboxed = "sandbox" in flags || command === "sandbox" || "help" in flags || "version" in flags;
  const playful = sandboxed ? undefined : [...used].find((option) => option.sandbox);
  if (playful)
    throw new UsageError(`--${playful.flag} needs --sandbox; add it, or leave --${playful.flag} out`);
  if (homeless)
    throw new UsageError(`--${homeless.flag} needs --http; add it, or leave --${homeless.flag} out`);
  if (stray) throw new UsageError(`--${stray.flag} belongs to the command ${stray.only}`);
  return { command, operands, flags };
}

function readCommand(
  [name, ...operands]: readonly string[],
  flags: Record<string, string>,
): Pick<Arguments, "command" | "operands"> {
  if (name === undefined) return { command: "serve", operands };
  const forms: Record<string, CommandForm> = commands;
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
  const { operands: places = [], many, or = "" } = form ?? {};
  const extra = form ? operands[many ? Number.POSITIVE_INFINITY : places.length] : name;
  if (!form || extra !== undefined) throw new UsageError(unknownCommand(extra ?? name));
  const inPlace = or.slice(2) in flags;
  const fits = inPlace
    ? operands.length === 0
    : places.every((place, index) => fitsIn(place, operands[index])) &&
      operands.slice(places.length).every((word) => fitsIn(places.at(-1) ?? "", word));
  // With these it is not carried out anyway.
  const asks = "help" in flags || "version" in flags;
  if (!fits && !asks) throw new UsageError(`${name} is used as: ${usageOf(name, form)}`);
  return { command: name as Command, operands };
}

/** Ids are numbers, a file has any name, and a word of the form is itself or one of several. */
function fitsIn(place: string, word: string | undefined): boolean {
  if (place === "<id>") return /^[1-9]\d{0,11}$/.test(word ?? "");
  return place.startsWith("<") ? word !== undefined : place.split("|").includes(word ?? "");
}

function unknownCommand(word: string): string {
  const names = Object.keys(commands);
  const [near] = closest(word, names, 1);
  const variable = /^[A-Z][A-Z_]*=/.test(word) ? "; a variable goes before the command, not after it" : "";
  return `unknown command "${word}"${near ? `, did you mean ${near}?` : ";"} commands: ${names.join(", ")}${variable}`;
}

function unknownFlag(word: string, name: string, known: Option[]): string {
  if (/key|token|secret|password/i.test(name)) {
    return `unknown option ${word}: secrets are read from the environment only (WOODPECKER_API_KEY, WOODPECKER_MCP_TOKEN), since every program on a computer can see the command lines of the others`;
  }
  const names = known.map((option) => option.flag as string);
  const [near] = closest(name, names, 1);
  return `unknown option ${word}${near ? `, did you mean --${near}?` : ";"} options: ${names.map((flag) => `--${flag}`).join(" ")}`;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const place = text.indexOf(separator);
  return place < 0 ? [text, undefined] : [text.slice(0, place), text.slice(place + 1)];
}
