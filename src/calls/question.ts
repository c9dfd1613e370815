/** What a person is asked, and the lines in which they see it. */

import type { Earlier } from "../memory/repeats.ts";
import { type Finding, placeOf, saidOnce } from "../preflight/finding.ts";
import { inPrompt } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import { sayTime } from "../values/moment.ts";
import type { Call } from "./context.ts";
import type { Operation, Question } from "./operation.ts";

/** The operation's own question, with what the server adds: whose account, and that it was done before. */
export async function questionOf(
  { operation, input, context, earlier }: Call,
  prepared: unknown,
): Promise<Question | undefined> {
  const { company, accountName, journal } = context;
  const own = await operation.question?.(input, prepared, journal.list);
  const question = own ?? (earlier ? repeatQuestion(operation, input) : undefined);
  if (!question) return undefined;
  const facts = {
    ...(accountName && { account: inPrompt(accountName) }),
    ...(company && { "client company": await company() }),
    ...question.facts,
    ...(earlier && { "done already": ago(earlier) }),
  };
  return { ...question, facts, ...(question.findings && { findings: worthAsking(question.findings) }) };
}

/** What may be wrong, each once. What is only worth knowing, the check tells; much of it stands among the facts. */
const worthAsking = (findings: NonNullable<Question["findings"]>) =>
  saidOnce(findings.filter(({ severity }) => severity !== "info"));

/** Of a create or an import that asks for nothing the first time. */
function repeatQuestion({ title }: Operation, input: Loose): Question {
  const { name, campaign_id: campaign, prospects, steps } = input;
  return {
    sentence: `${title} a second time? The same was done already, and this makes another one.`,
    facts: {
      ...(typeof name === "string" && { name: inPrompt(name) }),
      ...(typeof campaign === "number" && { campaign }),
      ...(Array.isArray(steps) && { steps: steps.length }),
      ...(Array.isArray(prospects) && { people: prospects.length }),
    },
  };
}

export const ago = ({ at }: Earlier) => `at ${sayTime(at)}`;

export function promptOf(question: Question): string {
  return [question.sentence, ...factLines(question.facts), ...findingLines(question)].join("\n");
}

/** Some of many, for a fact. */
export const firstThree = (people: readonly { email?: unknown }[]) =>
  people
    .slice(0, 3)
    .map(({ email }) => String(email))
    .join(", ");

export const factLines = (facts: Question["facts"]) =>
  Object.entries(facts).map(([label, value]) => `${label}: ${value}`);

/** In a form, where a person reads them between the facts and the buttons. */
const MAX_FINDINGS = 8;

/** What the check found, as a person should see it before deciding. */
export function findingLines({ findings = [] }: Question): string[] {
  const left = findings.length - MAX_FINDINGS;
  const more = left > 0 ? [`- and ${left} more; a dry run of the same call shows them all`] : [];
  return foundLines(findings.slice(0, MAX_FINDINGS).map(sayFound), more);
}

/** All of it, with what to do. */
export const allFindingLines = ({ findings = [] }: Question): string[] =>
  foundLines(findings.map((finding) => `${sayFound(finding)} ${finding.remedy}`));

const foundLines = (said: readonly string[], more: readonly string[] = []) =>
  said.length === 0 ? [] : ["The check found:", ...said.map((one) => `- ${one}`), ...more];

const sayFound = (finding: Finding) =>
  `${finding.severity.replaceAll("_", " ")}: ${placeOf(finding)}${finding.message}`;
