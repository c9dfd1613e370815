import { z } from "zod/v3";
import { operation, type Question } from "../calls/operation.ts";
import { openingOf } from "../model/openings.ts";
import { isZone, sayMoment, zoneOf } from "../model/zone.ts";
import { type Dossier, emailSteps, known } from "../preflight/dossier.ts";
import { type Finding, findProblems, sayFinding } from "../preflight/index.ts";
import { campaignDossier, withParts } from "../preflight/read.ts";
import { campaignId } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { hidden, publishedAs } from "../values/json-schema.ts";
import { asNumber, asString } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { requests } from "../woodpecker/requests.ts";
import { campaignWritten } from "./support/outputs.ts";
import { changedText, statusAfter, verifyStatus } from "./support/status.ts";

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
    "Start or resume a Woodpecker campaign (DRAFT, EDITED, PAUSED, STOPPED): it then e-mails real people, which cannot be recalled. A person must agree first: in a form, or you show them the facts of confirmation_required and call again with its token.",
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    // Named by the refusal that lists the errors: nobody should think of it before reading them.
    despite_errors: publishedAs(z.boolean(), hidden).optional(),
  },
  output: campaignWritten,
  diagnose: ({ campaign_id }) => ({ campaign_id }),
  async prepare({ campaign_id, despite_errors }, api): Promise<Prepared> {
    const dossier = await campaignDossier(api, campaign_id);
    if (dossier.status === "RUNNING") return { dossier, findings: [] };
    const checked = await withParts(api, dossier);
    const findings = findProblems(checked);
    const errors = findings.filter((finding) => finding.severity === "error");
    if (errors.length > 0 && despite_errors !== true) throw notReady(checked, errors);
    return { dossier: checked, findings };
  },
  question: (_input, prepared) =>
    prepared.dossier.status === "RUNNING" ? undefined : launchQuestion(prepared),
  async run({ campaign_id }, api, { dossier: { name, status } }) {
    const undo = `pause_campaign ${campaign_id}; e-mails that have left cannot be recalled`;
    if (status === "RUNNING") return { outcome: "already" as const, campaign_id, name, status, undo };
    await api.send(requests.run(campaign_id));
    const now = await statusAfter(api, campaign_id, "RUNNING");
    const next = `check_campaign ${campaign_id} says why, if nothing is sent.`;
    return { outcome: "done" as const, campaign_id, name, status: now, undo, next };
  },
  verify: ({ campaign_id }, api) =>
    verifyStatus(api, campaign_id, ["RUNNING", "COMPLETED"], ({ name, status }) => ({
      outcome: "done" as const,
      campaign_id,
      name,
      status,
      undo: `pause_campaign ${campaign_id}; e-mails that have left cannot be recalled`,
    })),
  text: changedText,
});

/** A person is not asked to agree to what would be refused or come out broken. */
function notReady({ id, name }: Dossier, errors: readonly Finding[]): Refusal {
  const shown = errors.slice(0, 6).map((finding) => `- ${sayFinding(finding)}`);
  const more =
    errors.length > shown.length ? [`- and ${errors.length - shown.length} more (check_campaign ${id})`] : [];
  return new Refusal(
    [`Campaign ${id} ${quoted(name)} was not started: the check found errors.`, ...shown, ...more].join("\n"),
    "correct them. If the person knows them and wants to start all the same, call run_campaign again with despite_errors: true; they are still asked.",
  );
}

function launchQuestion({ dossier, findings }: Prepared): Question {
  const { id = 0, name, status = "unknown", settings, steps, mailboxIds, parts } = dossier;
  const unseen = parts.content ? "cannot be shown by Woodpecker's API" : undefined;
  const boxes = known(parts.mailboxes) ?? [];
  const senders = mailboxIds.map((box) => boxes.find((one) => one.id === box)?.email ?? `mailbox ${box}`);
  return {
    sentence:
      "Start this campaign? From then on Woodpecker e-mails real people, and e-mails that have left cannot be recalled.",
    facts: {
      campaign: id,
      name: quoted(name),
      status,
      senders: unseen ?? (senders.join(", ") || "none"),
      steps: unseen ?? steps.length,
      "people enrolled": known(parts.prospects)?.total ?? "unknown",
      "opening e-mails a day": asNumber(settings.daily_enroll) ?? "unknown",
      "first send window": unseen ?? firstWindow(dossier),
    },
    findings,
    state: { mailboxIds, settings, steps },
  };
}

function firstWindow(dossier: Dossier): string {
  const [first] = emailSteps(dossier);
  const name = asString(dossier.settings.timezone) ?? "";
  if (!first || !isZone(name)) return "unknown";
  const zone = zoneOf(name);
  const opening = openingOf(first.windows, zone);
  const opens = opening.nextOpen(dossier.now);
  if (!Number.isFinite(opens)) return "never";
  const closes = opening.closesAt(opens) ?? opens;
  return opens === dossier.now ? `open now, until ${sayMoment(zone, closes)}` : `${sayMoment(zone, opens)}`;
}
