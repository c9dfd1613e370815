/**
 * Preflight: says what is wrong with a campaign before Woodpecker refuses it or people receive it. Rules are pure and
 * look at one `Dossier`; reading it is the only part that talks to Woodpecker.
 */

import { letterOf } from "../model/versions.ts";
import { place } from "../values/fault.ts";
import type { Api } from "../woodpecker/client.ts";
import { unsupportedUnseen } from "../woodpecker/unsupported.ts";
import type { Dossier, Known } from "./dossier.ts";
import { type Finding, type Issue, type Rule, severities } from "./finding.ts";
import { draftDossier, liveDossier } from "./read.ts";
import { rules } from "./rules/index.ts";

export { type Finding, type Severity, saidOnce, sayFinding, severities } from "./finding.ts";
export { mayBeWhy } from "./refusing.ts";

/** Everything that the rules find, the gravest first and within that the likeliest cause of a refusal first. */
export function findProblems(dossier: Dossier, among: readonly Rule[] = rules): Finding[] {
  const found = among.flatMap((rule) => apply(rule, dossier));
  return severities.flatMap((severity) => found.filter((finding) => finding.severity === severity));
}

function apply(rule: Rule, dossier: Dossier): Finding[] {
  for (const name of rule.needs ?? []) {
    const part: Known<unknown> | undefined = dossier.parts[name];
    if (!part) return [];
    if ("unreadable" in part) return [unchecked(rule, part.unreadable, name)];
  }
  return [rule.find(dossier)].flat().flatMap((issue) => (issue ? findingOf(rule, issue) : []));
}

const partPaths: Record<string, string> = {
  mailboxes: "mailbox_ids",
  linkedin: "steps",
  campaigns: "name",
  running: "mailbox_ids",
  standing: "prospects",
  bounceShield: "bounce_shield",
  content: "steps",
  holidays: "delivery_times",
};

const LATER = "Check again later, or look in the Woodpecker app.";

const unchecked = (rule: Rule, why: string, part: string): Finding => ({
  rule: rule.name,
  severity: "could_not_check",
  path: partPaths[part] ?? part,
  message: `Could not be checked: ${why}`,
  remedy: why === unsupportedUnseen ? "Look in the Woodpecker app." : LATER,
});

function findingOf(rule: Rule, { path, severity = rule.severity, message, remedy }: Issue): Finding {
  const [root, step, , version] = path;
  const inStep = root === "steps" && typeof step === "number";
  return {
    rule: rule.name,
    severity,
    path: path.length === 0 ? "" : place([...path]),
    ...(inStep && { step: step + 1 }),
    ...(inStep && typeof version === "number" && { version: letterOf(version) }),
    message,
    remedy,
  };
}

/** What is looked at; of a draft perhaps `only` what was written: mailbox_ids, settings, a step. */
export type About = { campaign_id: number } | { draft: object; only?: readonly string[] };

/**
 * What is wrong with a campaign or a draft that Woodpecker refused: reads what it can and never throws, so that it can
 * be asked while another failure is being explained.
 */
export async function diagnose(api: Api, about: About): Promise<Finding[] | undefined> {
  try {
    const dossier =
      "draft" in about ? await draftDossier(api, about.draft) : await liveDossier(api, about.campaign_id);
    return findProblems(dossier);
  } catch {
    return undefined;
  }
}
