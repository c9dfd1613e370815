/** What is worth saying of a campaign as it is written: the findings that need no look at the account. */
import { letterOf } from "../model/versions.ts";
import { dossierOf } from "./dossier.ts";
import { type Finding, saidOnce } from "./finding.ts";
import { findProblems } from "./index.ts";
import { doubtfulRules } from "./rules/model.ts";
import { snippetRules } from "./rules/snippets.ts";
import { spintaxRules } from "./rules/spintax.ts";

/** @param campaign in the list view, or as much of it as is written */
export const findInWriting = (campaign: object): Finding[] =>
  findProblems(dossierOf(campaign, { origin: "draft", parts: {}, now: Date.now() }), [
    ...doubtfulRules,
    ...snippetRules,
    ...spintaxRules,
  ]);

/** As warnings of a result: "Step 1 A subject: …", each once with all its places. */
export const sayWarnings = (findings: readonly Finding[]): string[] =>
  saidOnce(findings).map(({ severity, path, places = [path], message, remedy }) => {
    const said = [...new Set(places.map(sayPlace))].join(", ");
    return `${said}: ${message}${severity === "error" ? ` ${remedy}` : ""}`;
  });

function sayPlace(path: string): string {
  const [, step, version, field] = /^steps\[(\d+)\]\.versions\[(\d+)\](\.subject)?/.exec(path) ?? [];
  if (step === undefined) return path;
  return `Step ${Number(step) + 1} ${letterOf(Number(version))}${field ? " subject" : ""}`;
}
