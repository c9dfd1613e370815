/** One question about several campaigns: each with its facts, and those that cannot go with the reason. */
import { inPrompt, oneLine } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import { lastingOf } from "./confirmation-token.ts";
import type { Operation, Question } from "./operation.ts";
import type { Ready } from "./prepare.ts";
import { factLines } from "./question.ts";

/** A campaign of the call; `cannot` says why it is left out. */
export interface Part {
  id: number;
  ready?: Ready;
  cannot?: { reason: string; next?: string };
}

/** Facts about the account, which are the same for all. */
const shared = ["account", "client company"];

/** @returns nothing where no campaign needs a person's word */
export function questionAbout({ several }: Operation, parts: readonly Part[]): Question | undefined {
  const asked = parts.flatMap(({ id, ready }) => (ready?.question ? [{ id, question: ready.question }] : []));
  const [first] = asked;
  if (!first || typeof several !== "function") return undefined;
  const account = shared.flatMap((label) => {
    const value = first.question.facts[label];
    return value === undefined ? [] : [[label, value]];
  });
  const facts = parts.map((part) => [labelOf(part), saidOf(part)]);
  return {
    sentence: several(asked.length),
    facts: Object.fromEntries([...account, ...facts]),
    // What lasts of each stands in the state; counters among the facts move by themselves.
    derived: parts.map(labelOf),
    findings: asked.flatMap(({ id, question: { findings = [] } }) =>
      findings.map((finding) => ({ ...finding, message: `campaign ${id}: ${finding.message}` })),
    ),
    state: parts.map(({ id, ready, cannot }) => ({
      id,
      ...(ready?.question && lastingOf(ready.question)),
      can: cannot === undefined,
    })),
    campaigns: parts.map(rowOf),
  };
}

const labelOf = ({ id, ready }: Part) => {
  const name = ready?.question?.name;
  return name ? `${id} ${inPrompt(name)}` : `campaign ${id}`;
};

function saidOf({ ready, cannot }: Part): string {
  if (cannot !== undefined) return `left out: ${oneLine(cannot.reason, 400)}`;
  if (!ready?.question) return "nothing to do: it is so already";
  const { sentence, facts } = ready.question;
  const { campaign: _id, name: _name, ...own } = facts;
  for (const label of shared) delete own[label];
  return [sentence.slice(0, sentence.indexOf("?") + 1), factLines(own).join("; ")].join(" ");
}

function rowOf({ id, ready, cannot }: Part): Loose {
  if (cannot !== undefined) return { campaign_id: id, outcome: "refused", ...cannot };
  const { question } = ready ?? {};
  if (!question) return { campaign_id: id, outcome: "already" };
  const { facts, name } = question;
  return {
    campaign_id: id,
    ...(name && { name }),
    ...(facts.status !== undefined && { status: facts.status }),
    outcome: "confirmation_required",
  };
}
