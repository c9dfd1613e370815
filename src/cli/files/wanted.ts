/** What a file asks for: with ids for addresses, windows on each step, and looked over before anything is changed. */

import type { Step } from "../../model/steps.ts";
import { findProblems } from "../../preflight/index.ts";
import { draftDossier } from "../../preflight/read.ts";
import type { Loose } from "../../values/loose.ts";
import type { Session } from "./carry-out.ts";
import { showFindings } from "./diff.ts";
import type { CampaignFile } from "./format.ts";
import { FileFailure, type ReadFile } from "./parse.ts";
import type { Wanted } from "./plan.ts";

export const wantedOf = (
  { mailboxes, delivery_times, steps, ...rest }: CampaignFile,
  ids: number[],
): Wanted => ({
  ...rest,
  ...(mailboxes && { mailbox_ids: ids }),
  ...(steps && { steps: steps.map((step) => withTimes(step, delivery_times)) }),
});

const withTimes = (step: Step, times: CampaignFile["delivery_times"]): Step =>
  step.type === "EMAIL" && !step.delivery_times && times
    ? ({ ...step, delivery_times: times } as Step)
    : step;

/** @throws where there is any fault, with all of them */
export function refuse(read: ReadFile, faults: ReadFile["faults"]): void {
  if (faults.length > 0) throw new FileFailure([...faults.map(read.say), "Nothing was changed."]);
}

/** Findings stop nothing: nothing is sent before the campaign is run, and then they are found again. */
export async function check(
  draft: Loose,
  only: Parameters<typeof draftDossier>[3],
  { api, print }: Session,
): Promise<void> {
  const findings = findProblems(await draftDossier(api(), draft, Date.now(), only)).filter(
    ({ severity }) => severity !== "info",
  );
  if (findings.length > 0)
    print(["The check of the campaign as it will be finds:", ...showFindings(findings), ""].join("\n"));
}
