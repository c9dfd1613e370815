/** Decides whether a prospect may be written to when the turn comes, and with which version. */
import type { Step } from "../campaign.ts";
import { lacksValue } from "../snippets.ts";
import type { Enrolment, EnrolmentStatus, Prospect, StoredCampaign } from "../state.ts";
import { verified } from "./fate.ts";

export function versionOf(step: Step, { prospectId }: Enrolment) {
  const { versions } = step.body;
  return versions[prospectId % versions.length] as (typeof versions)[number];
}

/** Why a prospect is not written to when the turn has come; undefined: nothing is in the way. */
export function obstacle(
  { campaign }: StoredCampaign,
  step: Step,
  enrolment: Enrolment,
  prospect: Prospect,
  seed: number,
): EnrolmentStatus | undefined {
  // What became of somebody elsewhere counts when the campaign comes to them, unless it was told to write anyway.
  const { status } = prospect;
  if ((status === "BLACKLIST" || status === "BOUNCED") && !enrolment.forced) return status;
  const { message, subject } = versionOf(step, enrolment);
  if (lacksValue(`${subject ?? ""}\n${message}`, prospect)) return "TO-CHECK";
  // Undocumented: somebody without a profile is parked like somebody without a value for a snippet.
  if (step.type === "LINKEDIN") return prospect.fields.linkedin_url ? undefined : "TO-CHECK";
  if (enrolment.touches.some(({ mailboxId }) => mailboxId !== null)) return undefined;
  const mode = campaign.settings.catch_all_verification_mode;
  const address = verified(seed, prospect);
  if (mode === "NONE") return undefined;
  if (address === "invalid" || (address === "risky" && mode === "MAXIMUM")) return "INVALID";
  // Catch-all addresses are the risky ones: they are verified, and nothing more.
  return mode === "ONLY_VERIFY" && address === "risky" ? "TO-REVIEW" : undefined;
}
