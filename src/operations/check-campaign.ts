/** The preflight as a tool, for a campaign that exists or for a draft. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { withHolidays } from "../forecast/holidays.ts";
import { readDraft } from "../model/campaign.ts";
import { withEveryone } from "../preflight/everyone.ts";
import { type Finding, findProblems, saidOnce, severities } from "../preflight/index.ts";
import { notChecked } from "../preflight/not-checked.ts";
import { whyNotSending } from "../preflight/not-sending.ts";
import { draftDossier, liveDossier } from "../preflight/read.ts";
import { faultIf } from "../values/fault.ts";
import { campaignId } from "../values/fields.ts";
import { cut, quoted } from "../values/foreign.ts";
import { publishedAs } from "../values/json-schema.ts";
import { readAs } from "../values/lenient.ts";
import { counted } from "./support/editing.ts";
import { fitting } from "./support/fit.ts";

/** Checked as strictly as create_campaign's own; what is wrong with it is found, not refused. */
export const draftArgument = readAs(
  publishedAs(z.object({}).passthrough(), {
    type: "object",
    additionalProperties: true,
    description: "The arguments of create_campaign.",
  }),
  readDraft,
);

/** Either of both, for every operation that looks at a campaign before or after it exists. */
export const eitherFault = ({ campaign_id, draft }: { campaign_id?: number; draft?: object }) =>
  faultIf(
    (campaign_id === undefined) === (draft === undefined),
    [],
    "need either campaign_id or draft, one of them",
  );

/** Findings stand in the structured result and in the text, and both share the limit of a result. */
const MAX_STRUCTURED = 17_000;

export const checkCampaign = operation({
  name: "check_campaign",
  title: "Check campaign",
  effect: "read",
  toolset: "campaigns",
  card: true,
  description:
    "Check a Woodpecker campaign, or a draft: what Woodpecker would refuse, what people would notice, and why a started campaign sends nothing. Changes nothing.",
  input: { campaign_id: campaignId.optional(), draft: draftArgument.optional() },
  output: {
    verdict: z
      .enum(["ready", "warnings", "blocked", "incomplete"])
      .describe("incomplete: something could not be checked."),
    findings: z
      .array(
        z.object({
          rule: z.string(),
          severity: z.enum(severities),
          path: z.string(),
          step: z.number().optional(),
          version: z.string().optional(),
          message: z.string(),
          remedy: z.string(),
          places: z.array(z.string()).optional(),
        }),
      )
      .describe("The gravest first."),
    not_sending: z
      .array(z.string())
      .optional()
      .describe("Started campaign: why nothing is sent, likeliest first."),
    not_checked: z
      .array(z.string())
      .optional()
      .describe("What the check cannot look at, such as SPF, DKIM and DMARC, and where to look."),
    left_out: z.number().optional().describe("Findings that did not fit in."),
    campaign_id: z.number().optional().describe("Id."),
    name: z.string().optional().describe("Name."),
    status: z.string().optional().describe("Status."),
  },
  rules: eitherFault,
  async run({ campaign_id, draft }, api, _prepared, { progress }) {
    const dossier = draft
      ? await draftDossier(api, draft)
      : await withEveryone(api, await liveDossier(api, campaign_id as number), progress);
    const problems = saidOnce(findProblems(await withHolidays(dossier)));
    const findings = fitting(problems, MAX_STRUCTURED);
    const notSending = whyNotSending(dossier);
    const unseen = notChecked(dossier);
    return {
      verdict: verdictOf(problems),
      findings,
      ...(notSending && { not_sending: notSending }),
      ...(unseen.length > 0 && { not_checked: unseen }),
      ...(findings.length < problems.length && { left_out: problems.length - findings.length }),
      ...(campaign_id !== undefined && { campaign_id }),
      ...(dossier.name && { name: cut(dossier.name, 255) }),
      ...(dossier.status && { status: dossier.status }),
    };
  },
  text({
    verdict,
    findings,
    not_sending = [],
    not_checked = [],
    left_out = 0,
    campaign_id,
    name = "",
    status,
  }) {
    const what = campaign_id === undefined ? "Draft" : `Campaign ${campaign_id}`;
    const counts = severities
      .map((severity) => [severity, findings.filter((one) => one.severity === severity).length] as const)
      .filter(([, count]) => count > 0)
      .map(([severity, count]) =>
        severity === "info" ? `${count} to know` : counted(count, words[severity] ?? severity),
      );
    return [
      `${what} ${quoted(name)}${status ? ` (${status})` : ""}: ${verdict}${counts.length > 0 ? `, ${counts.join(", ")}` : ""}.`,
      ...(not_sending.length > 0
        ? [
            "Why nothing is sent, or may not be:",
            ...not_sending.map((reason, index) => `${index + 1}. ${reason}`),
          ]
        : []),
      ...findings.map(line),
      ...(left_out > 0 ? [`… and ${left_out} more.`] : []),
      ...not_checked.map((what) => `- not checked: ${what}`),
    ].join("\n");
  },
});

const words: Record<string, string> = {
  error: "error",
  could_not_check: "unchecked rule",
  warning: "warning",
};

function line({ severity, path, step, version, rule, message, remedy, places }: Finding): string {
  const where = step === undefined ? "" : ` (step ${step}${version ? ` ${version}` : ""})`;
  const at = places ? places.join(", ") : `${path}${where}`;
  return `- ${severity} [${rule}] ${at}: ${message} ${remedy}`;
}

function verdictOf(findings: readonly Finding[]) {
  const has = (severity: Finding["severity"]) => findings.some((one) => one.severity === severity);
  if (has("error")) return "blocked" as const;
  if (has("could_not_check")) return "incomplete" as const;
  return has("warning") ? ("warnings" as const) : ("ready" as const);
}
