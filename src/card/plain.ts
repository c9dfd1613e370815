/**
 * What the server says, for a person: its texts are also written for models, so names of tools and arguments and what a
 * model is told to do go out, and dates are said as people read them. What others wrote (in quotes, braces, addresses) stays.
 */
import { humanDates } from "./format.ts";
import { argumentWords } from "./words.ts";

const foreign = /"(?:[^"\\]|\\.)*"|\{\{[^{}]*\}\}|[^\s<>"]+@[^\s<>",;:]+\w|https?:\/\/[^\s"]+/g;

const verbs =
  "get|list|create|update|add|delete|run|pause|stop|make|check|preview|save|search|import|reply|duplicate|verify|undo|find|set|move|replace|block|restore";
/** What only a model can act on: a tool, an argument with its value, a hint how to call. */
const forModels = new RegExp(
  `\\b(?:${verbs})_[a-z]+\\b|\\b[a-z]+_[a-z_]+: ?\\S|\\bcall (?:it |this )?again\\b|\\bthis confirmation\\b|\\bthe person\\b`,
);

const path =
  /\b(?:steps|mailbox_ids|delivery_times|settings|prospects)(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*/g;
const part = /([a-z_]+)(?:\[(\d+)\])?/g;

/** A path as people say it: "step 1, version B, subject". */
export function sayPath(given: string): string {
  const words = [...given.matchAll(part)].flatMap(([, name = "", index]) => {
    if (name === "settings") return [];
    const said = argumentWords[name] ?? name.replaceAll("_", " ");
    if (index === undefined) return [said];
    if (name === "versions") return [`version ${"ABCDE"[Number(index)] ?? Number(index) + 1}`];
    return [name === "steps" ? `step ${Number(index) + 1}` : said];
  });
  return words.join(", ");
}

const isPath = (text: string) => /[[.]/.test(text);

/** A sentence loses what is for models, from there to its end. */
function clausesOf(sentence: string): string {
  const clauses = sentence.split("; ");
  const end = clauses.findIndex((clause) => forModels.test(clause));
  if (end < 0) return sentence;
  const kept = clauses.slice(0, end).join("; ");
  return kept && !/[.!?]$/.test(kept) ? `${kept}.` : kept;
}

/** Of one line or several. */
export function forPerson(text: string): string {
  const kept: string[] = [];
  const masked = text.replace(foreign, (piece) => `\ue000${kept.push(piece) - 1}\ue000`);
  const said = masked
    .split("\n")
    .map((line) =>
      line
        .split(/(?<=[.!?]) (?=[A-Z\ue000])/)
        .map(clausesOf)
        .filter(Boolean)
        .join(" "),
    )
    .join("\n")
    .replace(path, (given) => (isPath(given) ? sayPath(given) : given))
    .replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (name) => argumentWords[name] ?? name.replaceAll("_", " "));
  return humanDates(said).replace(/\ue000(\d+)\ue000/g, (_all, index) => kept[Number(index)] ?? "");
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
