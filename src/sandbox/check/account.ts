/**
 * Rules of a campaign that need the account: mailboxes that can send, LinkedIn accounts that exist. A fault is a 409
 * that does not say which.
 */
import { type Campaign, type CampaignBody, emailStepsOf, type Settings } from "../campaign.ts";
import { type State, smtpMailbox } from "../state.ts";
import { someStep } from "./campaign.ts";

export const canSend = (state: State, id: number): boolean => {
  const details = smtpMailbox(state, id)?.details;
  return details !== undefined && !details.error && details.in_slot;
};

export function fitsAccount(state: State, body: CampaignBody): boolean {
  const namesUnknownAccount = someStep(
    body.steps.followup,
    // Undocumented for LinkedIn: treated like a mailbox that does not exist. Its session may well be lost.
    (step) => step.type === "LINKEDIN" && !state.linkedInAccounts.has(step.body.linkedin_account_id),
  );
  return !namesUnknownAccount && haveSenders(state, body.email_account_ids ?? []);
}

/** Documented as the upper bound of the field, so that more is a fault of the body. */
export const isWithinLimit = (
  { sendingLimit }: State,
  { daily_enroll = 0 }: Partial<Settings> = {},
): boolean => daily_enroll <= sendingLimit;

export const haveSenders = (state: State, ids: number[]): boolean => ids.every((id) => canSend(state, id));

export function isRunnable(state: State, campaign: Campaign): boolean {
  if (!campaign.email_account_ids.every((id) => canSend(state, id))) return false;
  const opening = emailStepsOf(campaign)[0];
  if (!opening) return true;
  return (
    campaign.email_account_ids.length > 0 &&
    opening.body.versions.every(({ subject }) => (subject ?? "").trim() !== "")
  );
}
