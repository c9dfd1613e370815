/** A copy with changes. The API has no request for it: the source is read, changed and created as a new campaign. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { campaignName, mailboxIds } from "../model/campaign.ts";
import { acceptSettings, settings } from "../model/settings.ts";
import type { Step } from "../model/steps.ts";
import { type StepView, treeFromList, withoutServerFields } from "../model/tree.ts";
import { versionFaults } from "../model/versions.ts";
import { findInWriting, sayWarnings } from "../preflight/writing.ts";
import { InputFailure } from "../values/fault.ts";
import { campaignId, line, text, whole } from "../values/fields.ts";
import { cut, quoted } from "../values/foreign.ts";
import { present } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { type Campaign, campaignFrom, readCampaign } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import { inTheApp } from "../woodpecker/unsupported.ts";
import {
  campaignsNamed,
  createdFrom,
  createdOutput,
  createdText,
  findCreated,
  looksLike,
  nameWarning,
} from "./support/created.ts";
import { firstEmail, letter, stepOf, versionOf } from "./support/editing.ts";

const someSettings = settings.partial().describe("Settings that differ from the original.");

const texts = z
  .array(
    z
      .object({
        step: whole(1, 16).describe("Number of the step."),
        version: letter,
        subject: line(998).optional().describe("Its subject."),
        message: text(100_000).optional().describe("Its whole message."),
      })
      .strict(),
  )
  .max(80)
  .superRefine((list, context) => {
    for (const [index, one] of list.entries()) {
      const first = list.findIndex((other) => other.step === one.step && other.version === one.version);
      if (first < index)
        context.addIssue({
          code: "custom",
          path: [index],
          message: `is the same version as versions[${first}]; give each once`,
        });
    }
  })
  .describe("Texts that differ from the original.");

const notCopied = "Not copied: prospects, statistics, the bounce shield and the folder.";

export const duplicateCampaign = operation({
  name: "duplicate_campaign",
  title: "Duplicate campaign",
  effect: "add",
  toolset: "campaigns",
  description:
    "Copy a Woodpecker campaign, with any changes, into a new DRAFT: settings, mailboxes and the whole sequence, but no prospects. Nothing is sent until run_campaign.",
  look: "list_campaigns shows whether it exists",
  input: {
    campaign_id: campaignId,
    name: campaignName.optional(),
    mailbox_ids: mailboxIds.optional().describe("Mailboxes in place of those of the original."),
    settings: someSettings.optional(),
    versions: texts.optional(),
  },
  output: createdOutput,
  accept: acceptSettings,
  once: true,
  async prepare({ campaign_id, name }, api) {
    const source = await readCampaign(api, campaign_id);
    if (source.partial) {
      throw new Refusal(source.reason ?? "The campaign cannot be read in full.", `${inTheApp}.`);
    }
    const target = name ?? cut(`${source.name} (copy)`, 255);
    return { source, target, before: await campaignsNamed(api, target) };
  },
  async run({ mailbox_ids, settings: given, versions = [] }, api, { source, target, before }) {
    checkTexts(source, versions);
    const steps = copiedSteps(source, versions);
    if (firstEmail(steps)?.versions.some((version) => !version.subject?.trim())) {
      throw new InputFailure([
        {
          path: ["versions"],
          message: ": every version of the first EMAIL step needs a subject; give the missing ones",
        },
      ]);
    }
    const request = requests.create({
      name: target,
      mailboxes: mailbox_ids ?? source.mailbox_ids,
      settings: { ...source.settings, ...given },
      steps: treeFromList(steps, [], source.steps.at(-1)?.next_wait),
    });
    return copied(campaignFrom(await api.send(request)), source, steps, before);
  },
  async verify({ mailbox_ids, versions = [] }, api, { source, target, before }) {
    const steps = copiedSteps(source, versions);
    const ours = looksLike(mailbox_ids ?? source.mailbox_ids, steps[0]?.versions[0]?.subject);
    const found = await findCreated(api, target, before, ours);
    return "output" in found ? { output: copied(found.output, source, steps, before) } : found;
  },
  text: createdText,
});

/** The texts that differ must be of versions that are there, and fit their steps. */
function checkTexts(source: Campaign, changes: readonly Text[]): void {
  const faults = changes.flatMap(({ step: number, version: name, ...texts }, index) => {
    const step = stepOf(source, number);
    const own = versionFaults({ ...versionOf(step, name), ...texts }, step.linkedin?.action);
    return own
      .filter(({ path }) => String(path[0]) in texts)
      .map(({ path, ...rest }) => ({ path: ["versions", index, ...path], ...rest }));
  });
  if (faults.length > 0) throw new InputFailure(faults);
}

const copiedSteps = (source: Campaign, changes: Text[]) =>
  withoutServerFields(source.steps.map((step) => withTexts(step, changes))) as Step[];

function copied(created: Campaign, source: Campaign, steps: Step[], before: readonly number[] | undefined) {
  const { settings } = created;
  return createdFrom(created, {
    warnings: [notCopied, ...nameWarning(before), ...sayWarnings(findInWriting({ settings, steps }))],
    next: `It is a copy of ${source.id} ${quoted(source.name)}. Add prospects, then run_campaign ${created.id}.`,
  });
}

interface Text {
  step: number;
  version: string;
  subject?: string;
  message?: string;
}

function withTexts(step: StepView, changes: Text[]): StepView {
  const versions = step.versions.map((one) => {
    const change = changes.find((given) => given.step === step.step && given.version === one.version);
    return {
      ...one,
      ...(present({ subject: change?.subject, message: change?.message }) as Partial<typeof one>),
    };
  });
  return { ...step, versions };
}
