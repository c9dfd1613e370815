/** A copy with changes. The API has no request for it: the source is read, changed and created as a new campaign. */
import { operation } from "../calls/operation.ts";
import { campaignName, mailboxIds } from "../model/campaign.ts";
import {
  acceptCopy,
  type CopyChanges,
  copiedSteps,
  copyFaults,
  copySteps,
  copyTexts,
  textsOf,
} from "../model/copy.ts";
import { deliveryTimes } from "../model/delivery.ts";
import { acceptSettings, hasListForm, inFormOf, settings } from "../model/settings.ts";
import type { Step } from "../model/steps.ts";
import { treeFromList, withoutServerFields } from "../model/tree.ts";
import { versionFaults } from "../model/versions.ts";
import { findInWriting, sayWarnings } from "../preflight/writing.ts";
import { type Fault, InputFailure, unfit } from "../values/fault.ts";
import { campaignId } from "../values/fields.ts";
import { cut, quoted } from "../values/foreign.ts";
import { Refusal } from "../values/refusal.ts";
import { type Campaign, campaignFrom, readBounceShield, readCampaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { requests } from "../woodpecker/requests.ts";
import { inTheApp } from "../woodpecker/unsupported.ts";
import {
  campaignsNamed,
  copiedFrom,
  createdOutput,
  createdText,
  findCreated,
  foreseenCampaign,
  looksLike,
  nameWarning,
} from "./support/created.ts";
import { firstEmail, stepOf, versionOf } from "./support/editing.ts";

const someSettings = settings.partial().describe("What differs.");

const notCopied = "Not copied: prospects, statistics and the folder.";

export const duplicateCampaign = operation({
  name: "duplicate_campaign",
  title: "Duplicate campaign",
  effect: "add",
  toolset: "campaigns",
  description:
    "Copy a Woodpecker campaign, with any changes, into a new DRAFT, without its prospects. Nothing is sent until run_campaign.",
  look: "list_campaigns shows whether it exists",
  input: {
    campaign_id: campaignId,
    name: campaignName.optional(),
    mailbox_ids: mailboxIds.optional().describe("In place of its own."),
    settings: someSettings.optional(),
    delivery_times: deliveryTimes.optional().describe("Of every EMAIL step."),
    steps: copySteps.optional(),
    versions: copyTexts.optional(),
  },
  output: createdOutput,
  accept: (args, ear) => acceptCopy(acceptSettings(args, ear), ear),
  once: true,
  async prepare({ campaign_id, name }, api) {
    const source = await readCampaign(api, campaign_id);
    if (source.partial) {
      throw new Refusal(source.reason ?? "The campaign cannot be read in full.", `${inTheApp}.`);
    }
    const target = name ?? cut(`${source.name} (copy)`, 255);
    const shield = await shieldOf(api, campaign_id);
    return { source, target, shield, before: await campaignsNamed(api, target) };
  },
  foresee: ({ mailbox_ids, settings: given, ...changes }, { source, target }) =>
    foreseenCampaign({
      name: target,
      mailbox_ids: mailbox_ids ?? source.mailbox_ids,
      settings: { ...source.settings, ...given },
      steps: stepsOf(source, changes),
    }),
  async run({ mailbox_ids, settings: given, ...changes }, api, prepared) {
    const { source, target } = prepared;
    const faults = [...copyFaults(source.steps, changes), ...textFaults(source, changes)];
    if (faults.length > 0) throw new InputFailure(faults);
    const steps = stepsOf(source, changes);
    if (firstEmail(steps)?.versions.some((version) => !version.subject?.trim())) {
      throw unfit(
        ["versions"],
        ": every version of the first EMAIL step needs a subject; give the missing ones",
      );
    }
    const request = requests.create({
      name: target,
      mailboxes: mailbox_ids ?? source.mailbox_ids,
      settings: { ...source.settings, ...inFormOf(source.settings, given ?? {}) },
      steps: treeFromList(steps, [], source.steps.at(-1)?.next_wait),
    });
    return copied(campaignFrom(await api.send(request)), steps, prepared);
  },
  async verify({ mailbox_ids, ...changes }, api, prepared) {
    const { source, target, before } = prepared;
    const steps = stepsOf(source, changes);
    const ours = looksLike(mailbox_ids ?? source.mailbox_ids, steps[0]?.versions[0]?.subject);
    const found = await findCreated(api, target, before, ours);
    return "output" in found ? { output: copied(found.output, steps, prepared) } : found;
  },
  text: createdText,
});

/** What the bounce shield of the original is; undefined where that cannot be read. */
async function shieldOf(api: Api, id: number): Promise<number | null | undefined> {
  try {
    return await readBounceShield(api, id);
  } catch (error) {
    if (error instanceof ApiFailure && error.facts.outcome !== "not_sent") return undefined;
    throw error;
  }
}

/** The texts that differ must be of versions that are there, and fit their steps. */
function textFaults(source: Campaign, { versions = [] }: CopyChanges): Fault[] {
  return versions.flatMap(({ step: number, version: name, ...given }, index) => {
    const step = stepOf(source, number);
    const texts = textsOf(given, step.type);
    const own = versionFaults({ ...versionOf(step, name), ...texts }, step.linkedin?.action);
    return own
      .filter(({ path }) => String(path[0]) in texts)
      .map(({ path, ...rest }) => ({ path: ["versions", index, ...path], ...rest }));
  });
}

const stepsOf = (source: Campaign, changes: CopyChanges) =>
  withoutServerFields(copiedSteps(source.steps, changes)) as Step[];

interface Prepared {
  source: Campaign;
  shield: number | null | undefined;
  before: readonly number[] | undefined;
}

function copied(created: Campaign, steps: Step[], { source, shield, before }: Prepared) {
  // What the original has, Woodpecker has accepted.
  const { settings, id } = created;
  return copiedFrom(created, {
    warnings: [
      notCopied,
      ...shieldWarning(shield, id),
      ...nameWarning(before),
      ...sayWarnings(findInWriting({ settings: hasListForm(source.settings) ? {} : settings, steps })),
    ],
    next: `It is a copy of ${source.id} ${quoted(source.name)}. Add prospects, then run_campaign ${id}.`,
  });
}

function shieldWarning(shield: number | null | undefined, id: number): string[] {
  if (shield === null) return [];
  return shield === undefined
    ? ["Whether the original has a bounce shield could not be read; the copy has none."]
    : [
        `The bounce shield (${shield} %) is not copied; update_campaign ${id} with bounce_shield: ${shield} sets it.`,
      ];
}
