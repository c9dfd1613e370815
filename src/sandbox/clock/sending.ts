/** Carries out steps: first e-mails up to daily_enroll, follow-ups when due, each inside its window. */
import type { EmailStep, EmailVersion, Step } from "../campaign.ts";
import { type Enrolment, isBlacklisted, type Prospect, type Touch } from "../state.ts";
import { fateOf } from "./fate.ts";
import {
  eligibleAt,
  noteOpening,
  type Progress,
  planEnd,
  planFollowup,
  schedule,
  settle,
} from "./progress.ts";
import { obstacle, versionOf } from "./screening.ts";
import { firstSender, noteSend } from "./senders.ts";
import { nextOpen } from "./windows.ts";
import { DAY, dayOf, toInstants, toLocal } from "./zone.ts";

export function sendOpening(progress: Progress, now: number): void {
  const at = openNext(progress, now);
  const campaignId = progress.stored.campaign.id;
  if (at !== undefined)
    schedule(progress.run, { kind: "opening", at, last: progress.lastOpening, campaignId });
}

/** Writes to whoever may be written to now; tells when to go on, if there is anybody left. */
function openNext(progress: Progress, now: number): number | undefined {
  const { waiting, openings, zone, steps, stored } = progress;
  const { campaign } = stored;
  const [step] = steps;
  for (; step && campaign.status === "RUNNING"; progress.next++) {
    const enrolment = waiting[progress.next];
    if (!enrolment) return undefined;
    if (enrolment.status !== "ACTIVE") continue;
    if (eligibleAt(enrolment) > now) return eligibleAt(enrolment);
    const today = dayOf(toLocal(zone, now));
    if (openings.day === today && openings.count >= campaign.settings.daily_enroll) {
      return toInstants(zone, (today + 1) * DAY)[0];
    }
    const nextTry = attempt(progress, enrolment, step, now);
    if (nextTry > now) return nextTry;
  }
  return undefined;
}

export function sendFollowup(progress: Progress, prospectId: number, due: number, now: number): void {
  const { stored, enrolments, steps } = progress;
  const enrolment = enrolments.get(prospectId);
  const step = steps[enrolment?.touches.length ?? 0];
  if (stored.campaign.status !== "RUNNING" || enrolment?.status !== "ACTIVE" || !step) return;
  const at = attempt(progress, enrolment, step, now);
  const campaignId = stored.campaign.id;
  if (at > now) schedule(progress.run, { kind: "followup", at, due, campaignId, prospectId });
}

/** Carries the step out, or parks the prospect, or tells when to try again. */
function attempt(progress: Progress, enrolment: Enrolment, step: Step, now: number): number {
  const { run, stored, zone } = progress;
  const { state, seed } = run;
  if (step.type === "EMAIL") {
    const open = nextOpen(step.delivery_time, zone, now);
    if (open > now) return open;
  } else if (state.linkedInAccounts.get(step.body.linkedin_account_id)?.session_status !== "CONNECTED") {
    // Nothing is documented for a lost session; people wait until it is back.
    return Number.POSITIVE_INFINITY;
  }
  const sender = step.type === "EMAIL" ? senderFor(progress, enrolment, now) : undefined;
  if (sender && sender.at > now) return sender.at;
  const prospect = state.prospects.get(enrolment.prospectId);
  if (!prospect || stored.campaign.status !== "RUNNING") return now;
  const listed = isBlacklisted(state, prospect.email);
  // For good: who is taken off the list later stays blacklisted. Not even force helps against the list.
  if (listed) prospect.status = "BLACKLIST";
  const status = listed ? "BLACKLIST" : obstacle(stored, step, enrolment, prospect, seed);
  if (status) {
    settle(progress, enrolment, status, now);
    return now;
  }
  const touch = carryOut(progress, enrolment, step, sender?.id ?? null, now);
  prospect.updated = touch.at;
  if (step.type === "EMAIL" && sender) {
    noteSend(state, sender.id, now, seed);
    planOutcomes(progress, enrolment, prospect, step, touch);
  }
  return now;
}

/** A campaign whose mailboxes are all disconnected is stopped. */
function senderFor({ run, stored: { campaign } }: Progress, { touches }: Enrolment, now: number) {
  const before = touches.findLast(({ mailboxId }) => mailboxId !== null)?.mailboxId;
  const sender = firstSender(run.state, campaign.email_account_ids, before ?? undefined, now);
  if (!sender) campaign.status = "STOPPED";
  return sender;
}

function carryOut(
  progress: Progress,
  enrolment: Enrolment,
  step: Step,
  mailboxId: number | null,
  now: number,
) {
  const touch: Touch = {
    stepId: step.id,
    version: versionOf(step, enrolment).version,
    mailboxId,
    at: new Date(now),
    bounced: false,
    openedAt: null,
    clickedAt: null,
    repliedAt: null,
    optedOutAt: null,
  };
  if (enrolment.touches.length === 0) noteOpening(progress, now);
  enrolment.touches.push(touch);
  if (mailboxId !== null) progress.sent++;
  progress.lastTouch = now;
  if (enrolment.touches.length < progress.steps.length) planFollowup(progress, enrolment);
  else {
    progress.queued--;
    planEnd(progress);
  }
  return touch;
}

function planOutcomes(
  { run, stored: { campaign } }: Progress,
  enrolment: Enrolment,
  prospect: Prospect,
  step: EmailStep,
  touch: Touch,
): void {
  const { touches, prospectId } = enrolment;
  const version = versionOf(step, enrolment) as EmailVersion;
  const fate = fateOf({
    seed: run.seed,
    campaignId: campaign.id,
    prospect,
    step: touches.length - 1,
    first: touches.every((other) => other === touch || other.mailboxId === null),
    version,
    tracked:
      version.track_opens && !campaign.settings.open_disabled_list?.includes(providerOf(prospect.email)),
  });
  for (const { kind, after } of fate) {
    const at = touch.at.getTime() + Math.round(after);
    schedule(run, { kind, at, campaignId: campaign.id, prospectId, touch });
  }
}

/** Known by the address only: nobody in the sandbox has a mail server to be asked. */
function providerOf(email: string): string {
  if (/@g(oogle)?mail\.com$/i.test(email)) return "google.com";
  return /@(outlook|hotmail)\.com$/i.test(email) ? "outlook.com" : "OTHER_PROVIDER";
}
