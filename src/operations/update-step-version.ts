/** Changes the texts of one version of a step. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { textToHtml } from "../model/plain-text.ts";
import { sameText, withoutServerFields } from "../model/tree.ts";
import { versionFaults, versionLetters } from "../model/versions.ts";
import { findInWriting, sayWarnings } from "../preflight/writing.ts";
import { InputFailure } from "../values/fault.ts";
import { campaignId, line, text, whole } from "../values/fields.ts";
import { type Loose, present } from "../values/loose.ts";
import { type Campaign, readCampaign } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import { differences } from "./support/changed.ts";
import {
  editDone,
  edited,
  editedAlready,
  editedText,
  firstEmail,
  letter,
  readEditable,
  stepOf,
  versionOf,
} from "./support/editing.ts";

export const updateStepVersion = operation({
  name: "update_step_version",
  title: "Update step version",
  effect: "change",
  toolset: "campaigns",
  description:
    'Change the subject, message, signature or open tracking of one version of a step ("step 2, version B") of a Woodpecker campaign; what is not given stays. Give the whole new message: as HTML, or as plain text in text. Needs DRAFT or EDITED (make_campaign_editable).',
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    step: whole(1, 16).describe("Number of the step."),
    version: letter,
    subject: line(998).optional().describe('Subject; "" on a follow-up keeps it in the thread.'),
    message: text(100_000).optional().describe("The whole message as HTML; of a LinkedIn step as text."),
    text: text(100_000).optional().describe("The whole message as plain text, in place of message."),
    signature: z.enum(["SENDER", "NO_SIGNATURE"]).optional().describe("Signature of the mailbox, or none."),
    track_opens: z.boolean().optional().describe("Track opens of this version."),
  },
  output: { ...edited, warnings: z.array(z.string()).optional().describe("What to look at.") },
  rules({ message, text: plain, subject, signature, track_opens }) {
    if (message !== undefined && plain !== undefined)
      return [{ path: ["text"], message: "and message exclude each other; give one" }];
    const changes = [message, plain, subject, signature, track_opens].some((value) => value !== undefined);
    return changes
      ? []
      : [{ path: [], message: "need at least one of subject, message, text, signature, track_opens" }];
  },
  prepare: ({ campaign_id }, api) => readEditable(api, campaign_id),
  before: (campaign) => campaign,
  diagnose: ({ step, version, ...given }, { name, mailbox_ids, settings, steps }) => {
    const index = versionLetters.indexOf(version);
    const linkedin = steps[step - 1]?.type === "LINKEDIN";
    const written = withChange(steps, step, version, changeOf(given, linkedin));
    return {
      draft: { name, mailbox_ids, settings, steps: withoutServerFields(written) },
      only: [`steps[${step - 1}].versions[${index}]`],
    };
  },
  async run({ campaign_id, step: number, version: name, ...given }, api, campaign) {
    const step = stepOf(campaign, number);
    const version = versionOf(step, name);
    const linkedin = step.type === "LINKEDIN";
    if (given.text?.trim() === "") throw new InputFailure([{ path: ["text"], message: "must not be empty" }]);
    const change = changeOf(given, linkedin);
    const faults = versionFaults({ ...version, ...change }, linkedin ? step.linkedin?.action : undefined);
    if (step === firstEmail(campaign.steps) && given.subject !== undefined && given.subject.trim() === "") {
      faults.push({ path: ["subject"], message: "must not be empty: this is the first EMAIL step" });
    }
    const own = faults.filter((fault) => fault.path[0] !== undefined && String(fault.path[0]) in change);
    if (own.length > 0) throw new InputFailure(own);
    const changed = differences({ step: number, version: name }, version, change);
    if (changed.length === 0) return editedAlready(campaign);
    await api.send(requests.updateVersion(campaign_id, step.id as string, version.id, change));
    return { ...editDone(campaign, changed), warnings: warningsOf(campaign, number, name, change) };
  },
  readBack: true,
  async verify({ campaign_id, step: number, version: name, ...given }, api, campaign) {
    const step = stepOf(await readCampaign(api, campaign_id), number);
    const now: Loose = versionOf(step, name);
    const sent = changeOf(given, step.type === "LINKEDIN");
    const was: Loose = versionOf(stepOf(campaign, number), name);
    const others = Object.keys(sent).filter((field) => !sameText(now[field], sent[field]));
    const old = others.filter((field) => sameText(now[field], was[field]));
    const place = `step ${number} version ${name}`;
    if (old.length > 0) return { seen: `Reading back shows the old ${old.join(", ")} of ${place}.` };
    if (others.length > 0) {
      const seen = `Reading back shows another ${others.join(", ")} of ${place} than was sent.`;
      return { seen, other: true };
    }
    return { output: editDone(campaign, differences({ step: number, version: name }, was, sent)) };
  },
  text: ({ warnings = [], ...rest }) =>
    [editedText(rest), ...warnings.map((warning) => `- ${warning}`)].join("\n"),
});

const withChange = (steps: Campaign["steps"], number: number, name: string, change: Loose) =>
  steps.map((step) => ({
    ...step,
    versions: step.versions.map((one) =>
      step.step === number && one.version === name ? { ...one, ...change } : one,
    ),
  }));

/** What the check says of the texts that were changed. */
function warningsOf({ steps }: Campaign, number: number, name: string, change: Loose): string[] {
  const written = withChange(steps, number, name, change);
  const changed = Object.keys(change);
  return sayWarnings(
    findInWriting({ steps: written }).filter(
      ({ step, version, path }) =>
        step === number && version === name && changed.some((field) => path.endsWith(`.${field}`)),
    ),
  );
}

/** The body of the edit; plain text becomes what the step's kind takes. */
function changeOf({ text: plain, dry_run: _dry, ...given }: Loose, linkedin: boolean): Loose {
  const message = typeof plain === "string" && !linkedin ? textToHtml(plain) : (plain ?? given.message);
  return present({ ...given, message });
}
