/** A dry run as it is answered: the request that would leave, what it would change, and what a person would be asked. */
import { asArray, asObject, type Loose } from "../values/loose.ts";
import { shownJson } from "../values/unseen.ts";
import type { DryRunStop } from "../woodpecker/client.ts";
import type { Output } from "./context.ts";
import type { Question } from "./operation.ts";
import { allFindingLines, factLines } from "./question.ts";
import { campaignOf } from "./result.ts";

export function dryRunOutput(
  { request }: DryRunStop,
  args: Loose,
  question: Question | undefined,
  warnings: readonly string[],
  foreseen: { output: Loose; lines: string[] } = { output: {}, lines: [] },
): Output {
  const text = [
    "Dry run: nothing was sent. The request (the first, if it takes several) would be:",
    `${request.method} ${request.path}${bodyText(asObject(request.body))}`,
    ...foreseen.lines,
    ...(question
      ? [
          "Before it, a person would be asked:",
          question.sentence,
          ...factLines(question.facts),
          ...allFindingLines(question),
        ]
      : []),
    ...warnings.map((warning) => `Warning: ${warning}`),
  ].join("\n");
  return {
    structured: {
      outcome: "dry_run",
      ...campaignOf(args),
      request,
      ...(question && {
        question: question.sentence,
        facts: question.facts,
        findings: question.findings ?? [],
      }),
      ...(warnings.length > 0 && { warnings }),
      ...foreseen.output,
    },
    text,
  };
}

/** A longer body is the caller's own texts once more: it stands in the structured result only. */
const MAX_BODY = 400;

function bodyText(body: Loose): string {
  const { prospects, ...rest } = body;
  if (Object.keys(body).length === 0) return "";
  const whole = shownJson(body);
  if (whole.length <= MAX_BODY) return ` ${whole}`;
  const people = asArray(prospects).length;
  if (people > 0) return ` ${shownJson(rest)} with ${people} people`;
  return ` with a body of ${whole.length} characters, which stands in the structured result: ${Object.keys(body).join(", ")}`;
}
