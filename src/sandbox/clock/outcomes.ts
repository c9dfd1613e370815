/** Carries out what came of an e-mail: status, reply in the inbox, paused colleagues, bounce shield. */
import { addReply } from "../replies.ts";
import type { Enrolment, Outcome, Prospect, ProspectStatus } from "../state.ts";
import { interestOf } from "./fate.ts";
import { type Progress, settle } from "./progress.ts";

// A domain that many share says nothing about who works where.
const SHARED_DOMAINS = new Set(["example.com", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com"]);

const domainOf = ({ email }: Prospect): string => email.slice(email.indexOf("@") + 1).toLowerCase();

interface Party {
  progress: Progress;
  enrolment: Enrolment;
  prospect: Prospect;
  outcome: Outcome;
}

export function applyOutcome(progress: Progress, outcome: Outcome): void {
  const enrolment = progress.enrolments.get(outcome.prospectId);
  const prospect = progress.run.state.prospects.get(outcome.prospectId);
  // Deleted in the meantime.
  if (!enrolment?.touches.includes(outcome.touch) || !prospect) return;
  prospect.updated = new Date(outcome.at);
  APPLY[outcome.kind]({ progress, enrolment, prospect, outcome });
}

const APPLY: Record<Outcome["kind"], (party: Party) => void> = {
  open: ({ outcome: { touch, at } }) => {
    touch.openedAt = new Date(at);
  },
  click: ({ outcome: { touch, at } }) => {
    touch.clickedAt = new Date(at);
  },
  reply(party) {
    const { progress, enrolment, outcome } = party;
    outcome.touch.repliedAt = new Date(outcome.at);
    enrolment.interest = interestOf(progress.run.seed, outcome.campaignId, outcome.prospectId);
    recordReply(party, enrolment.interest);
    settleEverywhere(party, "REPLIED");
    pauseColleagues(party, "REPLIED");
  },
  autoreply(party) {
    const { progress, enrolment, outcome } = party;
    recordReply(party, "AUTOREPLY");
    // It concerns this campaign only, and does not undo what is already known of somebody.
    if (enrolment.status === "ACTIVE") settle(progress, enrolment, "AUTOREPLIED", outcome.at);
  },
  optout(party) {
    party.outcome.touch.optedOutAt = new Date(party.outcome.at);
    settleEverywhere(party, "BLACKLIST");
  },
  bounce(party) {
    party.outcome.touch.bounced = true;
    party.progress.bounced++;
    settleEverywhere(party, "BOUNCED");
    pauseColleagues(party, "BOUNCED");
    raiseShield(party);
  },
};

function recordReply(
  { progress, prospect, outcome }: Party,
  kind: Parameters<typeof addReply>[1]["kind"],
): void {
  const { touch, at } = outcome;
  const { campaign } = progress.stored;
  addReply(progress.run.state, { prospect, campaign, touch, kind, at: new Date(at), read: false });
}

function settleEverywhere({ progress, enrolment, prospect, outcome }: Party, status: ProspectStatus): void {
  // Somebody who was written to by force and answers has still opted out.
  if (prospect.status !== "BLACKLIST") prospect.status = status;
  settle(progress, enrolment, status, outcome.at);
}

function pauseColleagues({ progress, prospect, outcome }: Party, why: "REPLIED" | "BOUNCED"): void {
  const { settings } = progress.stored.campaign;
  const { auto_pause_prospect_from_domain_statuses: statuses } = settings;
  const domain = domainOf(prospect);
  if (SHARED_DOMAINS.has(domain) || !statuses.includes(why)) return;
  for (const colleague of progress.enrolments.values()) {
    const other = progress.run.state.prospects.get(colleague.prospectId);
    if (colleague.status === "ACTIVE" && other && domainOf(other) === domain) {
      settle(progress, colleague, "PAUSED", outcome.at);
    }
  }
}

/** From how many e-mails on the rate counts is not documented: from the first. */
function raiseShield({ progress: { stored, sent, bounced }, outcome }: Party): void {
  const { campaign, bounceThreshold } = stored;
  if (bounceThreshold === null || campaign.status !== "RUNNING") return;
  if ((bounced / sent) * 100 <= bounceThreshold) return;
  campaign.status = "PAUSED";
  campaign.bounce_shield_autopaused_at = new Date(outcome.at).toISOString();
}
