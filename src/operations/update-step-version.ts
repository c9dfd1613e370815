/** Changes the texts of one version of a step; signature and open tracking also of several. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { withoutServerFields } from "../model/tree.ts";
import { versionLetters } from "../model/versions.ts";
import { findInWriting, sayWarnings } from "../preflight/writing.ts";
import { campaignId, line, text, whole } from "../values/fields.ts";
import { asWritten } from "../values/lenient.ts";
import type { Campaign } from "../woodpecker/campaigns.ts";
import { edited, editedText, letter, readEditable } from "./support/editing.ts";
import { type Edit, editOneByOne, foreseen, seeEdits } from "./support/one-by-one.ts";
import { replacements, versionEdits, versionRules } from "./support/version-edits.ts";

export const updateStepVersion = operation({
  name: "update_step_version",
  title: "Update step version",
  effect: "change",
  toolset: "campaigns",
  description:
    "Change the subject, message, signature or open tracking of one version of a step of a Woodpecker campaign. Give a whole new message, or replace words. all_versions: signature and tracking only. Needs DRAFT or EDITED.",
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    step: whole(1, 16).optional().describe("Number of the step."),
    version: letter.optional(),
    all_versions: z.boolean().optional().describe("Of step, or of all."),
    subject: asWritten(line(998)).optional().describe('Subject; "": same thread.'),
    message: text(100_000).optional().describe("Whole message, HTML; LinkedIn: text."),
    text: text(100_000).optional().describe("Plain text in place of message."),
    replace: replacements.optional(),
    signature: z.enum(["SENDER", "NO_SIGNATURE"]).optional().describe("The mailbox's, or none."),
    track_opens: z.boolean().optional().describe("Track opens."),
  },
  output: {
    ...edited,
    warnings: z.array(z.string()).optional().describe("What to look at."),
    notes: z.array(z.string()).optional().describe("What was understood."),
  },
  rules: versionRules,
  async prepare(given, api) {
    const campaign = await readEditable(api, given.campaign_id);
    return { campaign, ...versionEdits(campaign, given) };
  },
  before: ({ campaign }) => campaign,
  foresee: (_input, { edits }) => foreseen(edits),
  warnings: (_input, { campaign, edits, notes }) => [...notes, ...warningsOf(campaign, edits)],
  diagnose: (_input, { campaign, edits }) => {
    const { name, mailbox_ids, settings } = campaign;
    const only = edits.map(
      ({ step, version = "" }) => `steps[${step - 1}].versions[${versionLetters.indexOf(version)}]`,
    );
    return {
      draft: { name, mailbox_ids, settings, steps: withoutServerFields(written(campaign, edits)) },
      only,
    };
  },
  async run(_input, api, { campaign, edits, notes }, call) {
    const done = await editOneByOne(api, campaign, edits, call);
    return { ...done, warnings: warningsOf(campaign, edits), ...(notes.length > 0 && { notes }) };
  },
  readBack: true,
  verify: (_input, api, { campaign, edits }) => seeEdits(api, campaign, edits),
  text: ({ warnings = [], notes = [], ...rest }) =>
    [
      editedText(rest),
      ...warnings.map((warning) => `- ${warning}`),
      ...notes.map((note) => `Note: ${note}`),
    ].join("\n"),
});

/** The steps as they are after the edits. */
const written = ({ steps }: Campaign, edits: readonly Edit[]) =>
  steps.map((step) => ({
    ...step,
    versions: step.versions.map((one) => ({
      ...one,
      ...edits.find((edit) => edit.step === step.step && edit.version === one.version)?.change,
    })),
  }));

/** What the check says of the texts that were changed. */
function warningsOf(campaign: Campaign, edits: readonly Edit[]): string[] {
  const found = findInWriting({ steps: written(campaign, edits) });
  return sayWarnings(
    found.filter(({ step, version, path }) => {
      const edit = edits.find((one) => one.step === step && one.version === version);
      return edit !== undefined && Object.keys(edit.change).some((field) => path.endsWith(`.${field}`));
    }),
  );
}
