/** Starts or resumes a campaign: checked first, agreed to by a person, and held to what they were shown. */
import { z } from "zod/v3";
import { acceptedNext } from "../calls/confirmed.ts";
import { faultLines } from "../calls/explain.ts";
import { agreedState, launchQuestion } from "../calls/launch-question.ts";
import { operation } from "../calls/operation.ts";
import type { Dossier, PartName } from "../preflight/dossier.ts";
import { type Finding, findProblems, saidOnce } from "../preflight/index.ts";
import { agreedDossier, campaignDossier, withParts } from "../preflight/read.ts";
import { campaignId } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { requests } from "../woodpecker/requests.ts";
import { inTheApp } from "../woodpecker/unsupported.ts";
import { heldToAgreement, started } from "./support/held-to-agreement.ts";
import { campaignWritten } from "./support/outputs.ts";
import { changedText, verifyStatus } from "./support/status.ts";

interface Prepared {
  dossier: Dossier;
  findings: Finding[];
}

export const runCampaign = operation({
  name: "run_campaign",
  title: "Run campaign",
  effect: "send",
  toolset: "campaigns",
  card: true,
  description:
    "Start or resume a Woodpecker campaign: it then e-mails real people, which cannot be recalled. A person must agree first: in a form, or with confirmation_required, whose facts you show.",
  look: "get_campaign shows how it stands",
  several: (count) =>
    `Start ${count === 1 ? "this campaign" : `these ${count} campaigns`}? From then on Woodpecker e-mails real people, and e-mails that have left cannot be recalled.`,
  input: {
    campaign_id: campaignId,
    despite_errors: z.boolean().optional().describe("In spite of errors."),
  },
  output: campaignWritten,
  diagnose: ({ campaign_id }) => ({ campaign_id }),
  async prepare({ campaign_id, despite_errors }, api): Promise<Prepared> {
    const dossier = await campaignDossier(api, campaign_id);
    if (dossier.status === "RUNNING") return { dossier, findings: [] };
    const content = dossier.parts.content;
    if (content && "unreadable" in content) throw cannotRun(dossier, content.unreadable);
    const checked = await withParts(api, dossier, launchParts);
    const findings = findProblems(checked);
    const errors = findings.filter((finding) => finding.severity === "error");
    if (errors.length > 0 && despite_errors !== true) throw notReady(checked, errors);
    return { dossier: checked, findings };
  },
  before: ({ dossier: { id, name, status } }) =>
    id === undefined || status === undefined ? undefined : { id, name, status },
  question: (_input, { dossier, findings }, recent) =>
    dossier.status === "RUNNING" ? undefined : launchQuestion(dossier, findings, recent),
  lookNow: async ({ campaign_id }, api, before) => ({
    dossier: await agreedDossier(api, campaign_id, before?.dossier),
    findings: before?.findings ?? [],
  }),
  agreed: ({ dossier }) => agreedState(dossier),
  async run({ campaign_id }, api, { dossier }, { pause }) {
    const { name, status } = dossier;
    if (status === "RUNNING") return { outcome: "already" as const, campaign_id, name, status };
    await api.send(requests.run(campaign_id));
    const { status: now, note, runs } = await heldToAgreement(api, dossier, pause);
    const done = doneFor(campaign_id, name, now);
    if (!runs)
      return {
        ...done,
        outcome: "accepted" as const,
        next: acceptedNext({ name: "run_campaign", effect: "send" }),
      };
    const next = [note, `check_campaign ${campaign_id} says why, if nothing is sent.`];
    return { ...done, next: next.filter(Boolean).join(" ") };
  },
  verify: ({ campaign_id }, api, { dossier }) =>
    verifyStatus(
      api,
      campaign_id,
      started,
      ({ name, status }) => doneFor(campaign_id, name, status),
      dossier.status,
    ),
  text: changedText,
});

const doneFor = (campaign_id: number, name: string, status: string) => ({
  outcome: "done" as const,
  campaign_id,
  name,
  status,
  undo: `pause_campaign ${campaign_id}; e-mails that have left cannot be recalled`,
});

/** Room for the errors; whether anything changed and what to do follow them. */
const MAX_ERRORS = 1_300;

/** A person is not asked to agree to what would be refused or come out broken. */
function notReady({ id, name }: Dossier, errors: readonly Finding[]): Refusal {
  const faults = saidOnce(errors).map(({ path, places: [, ...more] = [], message, remedy }) => ({
    path: [path || "campaign"],
    message: `: ${message} ${remedy}${more.length > 0 ? ` Also at ${more.join(", ")}.` : ""}`,
  }));
  const shown = faultLines(faults, MAX_ERRORS);
  return new Refusal(
    [`Campaign ${id} ${quoted(name)} was not started: the check found errors.`, ...shown].join("\n"),
    "correct them, then start again. If the person knows them and wants to start all the same, call run_campaign again with despite_errors: true; they are still asked.",
  );
}

/** What a launch rests on; whether a name is taken is no matter any more. */
const launchParts: readonly PartName[] = [
  "mailboxes",
  "linkedin",
  "prospects",
  "standing",
  "bounceShield",
  "running",
];

const cannotRun = ({ id, name }: Dossier, why: string) =>
  new Refusal(
    `Campaign ${id} ${quoted(name)} was not started. ${why}`,
    `${inTheApp}; pause_campaign and stop_campaign work here.`,
  );
