import { z } from "zod/v3";
import { Refusal } from "../explain.ts";
import { InputFailure } from "../input.ts";
import { draftInput, draftWarnings } from "../model/campaign.ts";
import { campaignId, id, line, text, whole } from "../model/fields.ts";
import { quoted } from "../model/foreign.ts";
import { isObject, type Loose, present } from "../model/loose.ts";
import { settings, withStatusList } from "../model/settings.ts";
import type { Step } from "../model/steps.ts";
import { type StepView, treeFromList, withoutServerFields } from "../model/tree.ts";
import { operation } from "../operation.ts";
import { publishedAs } from "../schema.ts";
import { campaignFrom, createCampaign as createRequest, readCampaign } from "../woodpecker/campaigns.ts";
import { createdOutput, createdText } from "./create-campaign.ts";
import { letter, stepOf, versionOf } from "./editing.ts";

const someSettings = publishedAs(settings.partial(), {
  type: "object",
  description: "Settings that differ.",
});

const texts = publishedAs(
  z
    .array(
      z
        .object({
          step: whole(1, 16),
          version: letter,
          subject: line(998).optional(),
          message: text(100_000).optional(),
        })
        .strict(),
    )
    .max(80),
  {
    type: "array",
    items: { type: "object" },
    description: "Texts that differ: {step, version, subject, message}.",
  },
);

const notCopied = "Not copied: prospects, statistics, the bounce shield and the folder.";

export const duplicateCampaign = operation({
  name: "duplicate_campaign",
  title: "Duplicate campaign",
  effect: "add",
  toolset: "campaigns",
  description:
    "Copy a Woodpecker campaign, with any changes, into a new DRAFT: settings, mailboxes and the whole sequence, but no prospects. Nothing is sent until run_campaign.",
  input: {
    campaign_id: campaignId,
    name: draftInput.name.optional(),
    mailbox_ids: z.array(id()).min(1).max(500).optional().describe("Other mailboxes."),
    settings: someSettings.optional(),
    versions: texts.optional(),
  },
  output: createdOutput,
  accept: (args) => (isObject(args.settings) ? { ...args, settings: withStatusList(args.settings) } : args),
  async run({ campaign_id, name, mailbox_ids, settings: given, versions = [] }, api) {
    const source = await readCampaign(api, campaign_id);
    if (source.partial) {
      throw new Refusal(
        source.reason ?? "The campaign cannot be read in full.",
        "copy it in the Woodpecker app.",
      );
    }
    for (const { step, version } of versions) versionOf(stepOf(source, step), version);
    const steps = withoutServerFields(source.steps.map((step) => withTexts(step, versions))) as Step[];
    const first = steps.find((step) => step.type === "EMAIL");
    if (first?.versions.some((version) => !version.subject?.trim())) {
      throw new InputFailure([
        "versions: every version of the first EMAIL step needs a subject; give the missing ones",
      ]);
    }
    const merged: Loose = { ...source.settings, ...given };
    const body = present({
      name: name ?? `${source.name} (copy)`.slice(0, 255),
      email_account_ids: mailbox_ids ?? source.mailbox_ids,
      settings: merged,
      steps: treeFromList(steps),
    });
    const created = campaignFrom(await api.send(...createRequest(body)));
    return {
      outcome: "done" as const,
      campaign_id: created.id,
      name: created.name,
      status: created.status,
      steps: created.steps.map(({ step, id: stepId, versions: all }) => ({
        step,
        id: stepId,
        versions: all.map(({ version, id: versionId }) => ({ version, id: versionId })),
      })),
      warnings: [notCopied, ...draftWarnings({ name: "", settings: merged as never, steps })],
      undo: `delete_campaign ${created.id}`,
      next: `It is a copy of ${campaign_id} ${quoted(source.name)}. Add prospects, then run_campaign ${created.id}.`,
    };
  },
  text: createdText,
});

function withTexts(
  step: StepView,
  changes: { step: number; version: string; subject?: string; message?: string }[],
): StepView {
  const versions = step.versions.map((one) => {
    const change = changes.find((given) => given.step === step.step && given.version === one.version);
    return {
      ...one,
      ...(present({ subject: change?.subject, message: change?.message }) as Partial<typeof one>),
    };
  });
  return { ...step, versions };
}
