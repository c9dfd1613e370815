/** Every prompt, in the order in which clients list them. */
import { closest } from "../../values/closest.ts";
import { cut, visible } from "../../values/foreign.ts";
import { invalid } from "../protocol-error.ts";
import { draftCampaign } from "./draft-campaign.ts";
import { kindOf } from "./kinds.ts";
import { pauseEverything } from "./pause-everything.ts";
import type { Prompt, TextFacts } from "./prompt.ts";
import { reviewCampaign } from "./review-campaign.ts";
import { weeklyReport } from "./weekly-report.ts";
import { whyNothingIsSent } from "./why-nothing-is-sent.ts";

export const prompts: readonly Prompt[] = [
  draftCampaign,
  reviewCampaign,
  whyNothingIsSent,
  weeklyReport,
  pauseEverything,
];

/** @param tools the names of those that exist for this caller */
const existing = (tools: readonly string[]) =>
  prompts.filter(({ needs }) => needs.every((tool) => tools.includes(tool)));

export const listPrompts = (tools: readonly string[]) =>
  existing(tools).map(({ name, title, description, arguments: args }) => ({
    name,
    title,
    description,
    arguments: Object.entries(args).map(([argument, { description, required = false }]) => ({
      name: argument,
      description,
      required,
    })),
  }));

export function promptNamed(name: string, tools: readonly string[]): Prompt {
  const available = existing(tools);
  const found = available.find((prompt) => prompt.name === name);
  if (found) return found;
  const names = available.map((prompt) => prompt.name);
  const [near] = closest(name, names, 1);
  const hint = near ? `Did you mean ${near}?` : `There are: ${names.join(", ") || "none"}.`;
  throw invalid(`There is no prompt ${JSON.stringify(cut(visible(name), 80))}. ${hint}`);
}

export function getPrompt(
  name: string,
  args: Record<string, string>,
  tools: readonly string[],
  today = new Date().toISOString().slice(0, 10),
) {
  const prompt = promptNamed(name, tools);
  const values = valuesOf(args);
  const faults = faultsOf(prompt, values);
  if (faults.length > 0) throw invalid(`${prompt.title}: ${faults.join("; ")}.`);
  const text = textOf(prompt, values, (tool) => tools.includes(tool), today);
  return {
    description: prompt.description,
    messages: [{ role: "user" as const, content: { type: "text" as const, text } }],
  };
}

/** Clients send an empty text for an argument that was left out. */
const valuesOf = (args: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])),
  );

function faultsOf({ arguments: args }: Prompt, values: Record<string, string>): string[] {
  const names = Object.keys(args);
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  return [
    ...unknown.map(
      (name) =>
        `it has no argument ${JSON.stringify(cut(visible(name), 40))}; it has ${names.join(", ") || "none"}`,
    ),
    ...Object.entries(args).flatMap(([name, { required, kind, description }]) => {
      const value = values[name];
      if (value === undefined)
        return required ? [`${name} is needed: ${description.replace(/\.$/, "")}`] : [];
      const { most, fault } = kindOf(kind);
      if (value.length > most) return [`${name} has ${value.length} characters; at most ${most}`];
      const message = fault?.(value);
      return message ? [`${name} ${message}`] : [];
    }),
  ];
}

export function textOf(
  { arguments: args, text }: Prompt,
  values: Record<string, string>,
  has: TextFacts["has"],
  today?: string,
): string {
  const inWords = Object.entries(args).flatMap(([name, { kind }]) =>
    values[name] === undefined ? [] : [[name, kindOf(kind).say(values[name])]],
  );
  return text({ args: Object.fromEntries(inWords), has, today })
    .filter(Boolean)
    .join("\n\n");
}
