import { z } from "zod/v3";
import type { Draft } from "../model/campaign.ts";
import { acceptDraft, draftFaults, draftForApi, draftInput, draftWarnings } from "../model/campaign.ts";
import { quoted } from "../model/foreign.ts";
import { campaignWritten, operation } from "../operation.ts";
import { campaignFrom, createCampaign as createRequest } from "../woodpecker/campaigns.ts";
import { counted } from "./editing.ts";

/** What a new campaign is answered with. */
export const createdOutput = {
  ...campaignWritten,
  steps: z
    .array(
      z.object({
        step: z.number(),
        id: z.string().optional(),
        versions: z.array(z.object({ version: z.string(), id: z.string().optional() })),
      }),
    )
    .optional()
    .describe("Steps with ids."),
  warnings: z.array(z.string()).optional().describe("What to look at before running it."),
};

export const createCampaign = operation({
  name: "create_campaign",
  title: "Create campaign",
  effect: "add",
  toolset: "campaigns",
  description:
    "Create a Woodpecker campaign with its whole sequence, as a DRAFT: nothing is sent until run_campaign. Mailbox ids come from list_mailboxes. After a lost answer look with list_campaigns: a second call makes a second campaign.",
  input: draftInput,
  output: createdOutput,
  accept: acceptDraft,
  rules: (input) => draftFaults(input as Draft),
  hints: {
    VALIDATION_FAILURE: (input) => likelyCauses(input as Draft),
    INPUT_DATA_VALIDATION_FAILURE: (input) => likelyCauses(input as Draft),
  },
  async run(input, api) {
    const draft = input as Draft;
    const created = campaignFrom(await api.send(...createRequest(draftForApi(draft))));
    return {
      outcome: "done" as const,
      campaign_id: created.id,
      name: created.name,
      status: created.status,
      steps: created.steps.map(({ step, id, versions }) => ({
        step,
        id,
        versions: versions.map(({ version, id: versionId }) => ({ version, id: versionId })),
      })),
      warnings: draftWarnings(draft),
      undo: `delete_campaign ${created.id}`,
      next: `Nothing is sent yet. Add prospects, look at it with get_campaign, then run_campaign ${created.id}.`,
    };
  },
  text: createdText,
});

function likelyCauses(draft: Draft): string {
  const found = draftWarnings(draft).slice(0, 5);
  return found.length > 0 ? `Found in this draft: ${found.join(" ")}` : "";
}

export function createdText({
  campaign_id,
  name,
  status,
  steps = [],
  warnings = [],
  next,
}: z.infer<z.ZodObject<typeof createdOutput>>) {
  return [
    `Created campaign ${campaign_id} ${quoted(name ?? "")}: ${status}, ${counted(steps.length, "step")}.`,
    ...steps.map(
      ({ step, versions }) => `Step ${step}: ${versions.map(({ version }) => version).join(", ")}`,
    ),
    ...(warnings.length > 0
      ? ["Look at this before running it:", ...warnings.map((warning) => `- ${warning}`)]
      : []),
    next ?? "",
  ].join("\n");
}
