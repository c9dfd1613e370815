/** What is worth saying of a campaign as it is written: the findings that need no look at the account. */
import { dossierOf } from "./dossier.ts";
import type { Finding } from "./finding.ts";
import { findProblems } from "./index.ts";
import { doubtfulRules } from "./rules/model.ts";
import { snippetRules } from "./rules/snippets.ts";
import { spintaxRules } from "./rules/spintax.ts";

const MAX_WARNINGS = 20;

/** @param campaign in the list view, or as much of it as is written */
export const findInWriting = (campaign: object): Finding[] =>
  findProblems(dossierOf(campaign, { origin: "draft", parts: {}, now: Date.now() }), [
    ...doubtfulRules,
    ...snippetRules,
    ...spintaxRules,
  ]);

/** As warnings of a result: "Step 1 A subject: …". */
export const sayWarnings = (findings: readonly Finding[]): string[] =>
  [...new Set(findings.map(sayWarning))].slice(0, MAX_WARNINGS);

function sayWarning({ severity, path, step, version, message, remedy }: Finding): string {
  const field = path.endsWith(".subject") ? " subject" : "";
  const place = step === undefined || version === undefined ? path : `Step ${step} ${version}${field}`;
  return `${place}: ${message}${severity === "error" ? ` ${remedy}` : ""}`;
}
