/** What the edits of a campaign have in common: they need DRAFT or EDITED, and speak of "step 2, version B". */

import { z } from "zod/v3";
import type { StepView, VersionView } from "../../model/tree.ts";
import { versionLetters } from "../../model/versions.ts";
import { unfit } from "../../values/fault.ts";
import { quoted } from "../../values/foreign.ts";
import { Refusal } from "../../values/refusal.ts";
import { type Campaign, readCampaign } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { inTheApp } from "../../woodpecker/unsupported.ts";
import { type Change, change, changeLines, shortened } from "./changed.ts";
import { outcome } from "./outputs.ts";

export const edited = {
  outcome,
  campaign_id: z.number().optional().describe("Id."),
  name: z.string().optional().describe("Name."),
  status: z.string().optional().describe("Status now."),
  changed: z.array(change).optional().describe("What was changed."),
  undo: z.string().optional().describe("How to take it back."),
  next: z.string().optional().describe("What to do next."),
};

/** The campaign, if it can be edited; otherwise what a person has to decide first. */
export async function readEditable(api: Api, id: number): Promise<Campaign> {
  const campaign = await readCampaign(api, id);
  const { name, status, partial, reason } = campaign;
  if (partial && campaign.steps.length === 0) {
    throw new Refusal(reason ?? "The campaign cannot be read in full.", `${inTheApp}.`);
  }
  if (status !== "DRAFT" && status !== "EDITED") {
    throw new Refusal(
      `Campaign ${id} ${quoted(name)} is ${status}; Woodpecker changes campaigns only in DRAFT or EDITED.`,
      `ask the person whether to call make_campaign_editable ${id}, once for all edits. ${status === "RUNNING" ? "It stops the sending until run_campaign is called again" : "It makes it EDITED, and run_campaign brings it back"}; run_campaign asks them before anything is sent.`,
    );
  }
  return campaign;
}

export function stepOf({ steps }: Campaign, number: number): StepView {
  const step = steps.find((one) => one.step === number);
  if (!step?.id) throw unfit(["step"], `: the campaign has ${counted(steps.length, "step")}; got ${number}`);
  return step;
}

export function versionOf({ step, versions }: StepView, letter: string): VersionView & { id: string } {
  const version = versions.find((one) => one.version === letter);
  if (!version?.id) {
    const known = versions.map((one) => one.version).join(", ");
    throw unfit(
      ["version"],
      `: step ${step} has ${counted(versions.length, "version")} (${known}); got "${letter}"`,
    );
  }
  return version as VersionView & { id: string };
}

export const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;

export const letter = z.enum(versionLetters as [string, ...string[]]).describe("Version, A to E.");

export const firstEmail = <S extends { type: string }>(steps: readonly S[]): S | undefined =>
  steps.find((step) => step.type === "EMAIL");

/** After an edit: the status (edits leave it as it is), and how the campaign comes to run again. */
function afterEdit(campaign: Campaign) {
  const { id, name, status } = campaign;
  const next =
    status === "EDITED"
      ? `It sends nothing until run_campaign ${id}, when all edits are done.`
      : `run_campaign ${id} starts it, when it is ready.`;
  return { campaign_id: id, name, status, next };
}

/** The end of an edit with what it changed. */
export const editDone = (campaign: Campaign, changed: readonly Change[]) => ({
  outcome: "done" as const,
  changed: changed.map(shortened),
  ...afterEdit(campaign),
});

/** Nothing would become another than it is: nothing is sent. */
export const editedAlready = (campaign: Campaign) => ({
  outcome: "already" as const,
  changed: [],
  ...afterEdit(campaign),
});

export function editedText({
  outcome: went,
  campaign_id,
  name = "",
  status,
  changed = [],
  next = "",
}: z.infer<z.ZodObject<typeof edited>>): string {
  const campaign = `Campaign ${campaign_id} ${quoted(name)} (${status})`;
  if (went === "already") return [`${campaign}: it is so already; nothing was sent.`, next].join("\n");
  return [`${campaign}, changed:`, ...changeLines(changed), next].join("\n");
}
