/** A new campaign in one request; the campaigns of its name, before and after, tell whether it came to be. */
import { operation } from "../calls/operation.ts";
import { acceptDraft, type Draft, draftFaults, draftInput, newCampaign } from "../model/campaign.ts";
import type { Step } from "../model/steps.ts";
import { findInWriting, sayWarnings } from "../preflight/writing.ts";
import { quoted } from "../values/foreign.ts";
import { type Campaign, campaignFrom } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import {
  campaignsNamed,
  createdFrom,
  createdOutput,
  createdText,
  findCreated,
  foreseenCampaign,
  looksLike,
  nameWarning,
} from "./support/created.ts";

export const createCampaign = operation({
  name: "create_campaign",
  title: "Create campaign",
  effect: "add",
  toolset: "campaigns",
  description:
    "Create a Woodpecker campaign with its whole sequence, as a DRAFT: nothing is sent until run_campaign. A repeat within ten minutes gives the first one (deduplicated); later, or changed, it makes a second: look with list_campaigns.",
  look: "list_campaigns shows whether it exists",
  input: draftInput,
  output: createdOutput,
  once: true,
  accept: acceptDraft,
  rules: (input) => draftFaults(input as Draft),
  diagnose: (draft) => ({ draft }),
  prepare: ({ name }, api) => campaignsNamed(api, name),
  foresee(input) {
    const { name, mailbox_ids, settings, steps, delivery_times } = input as Draft;
    const windows = (step: Step) =>
      step.type === "EMAIL" ? (step.delivery_times ?? delivery_times) : undefined;
    const whole = steps.map((step) => ({ ...step, delivery_times: windows(step) }));
    return foreseenCampaign({ name, mailbox_ids, settings, steps: whole });
  },
  warnings: (input, before) => warningsFor(input as Draft, before),
  async run(input, api, before) {
    const draft = input as Draft;
    return resultFor(campaignFrom(await api.send(requests.create(newCampaign(draft)))), draft, before);
  },
  async verify(input, api, before) {
    const draft = input as Draft;
    const { name, mailbox_ids = [], steps } = draft;
    const found = await findCreated(
      api,
      name,
      before,
      looksLike(mailbox_ids, steps[0]?.versions[0]?.subject),
    );
    return "output" in found ? { output: resultFor(found.output, draft, before) } : found;
  },
  text: createdText,
  same: (input) => asSent(input as Draft),
});

/** What Woodpecker would be sent, without settings that say what goes without saying: the same campaign, however it is written. */
function asSent(draft: Draft) {
  const { settings = {}, ...rest } = newCampaign(draft);
  const told = Object.entries(settings).filter(
    ([, value]) => value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return { ...rest, settings: Object.fromEntries(told) };
}

const warningsFor = (draft: Draft, before: readonly number[] | undefined) => [
  ...(draft.name === undefined ? [] : nameWarning(before)),
  ...sayWarnings(findInWriting(draft)),
];

function resultFor(created: Campaign, draft: Draft, before: readonly number[] | undefined) {
  return createdFrom(created, {
    warnings: warningsFor(draft, before),
    next: `${draft.name === undefined ? `Woodpecker named it ${quoted(created.name)}. ` : ""}Nothing is sent yet. Add prospects, then run_campaign ${created.id}.`,
  });
}
