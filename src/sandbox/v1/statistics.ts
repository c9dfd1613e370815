/** The lifetime counters of a campaign. */
import { stepsOf } from "../campaign.ts";
import type { Enrolment, EnrolmentStatus, Interest, StoredCampaign } from "../state.ts";
import { emailStatisticsOf } from "./email-statistics.ts";

const count = <T>(items: T[], test: (item: T) => boolean): number => items.filter(test).length;

/**
 * Lifetime counters over all versions. The documents do not say whether they count e-mails or people; here
 * sent, delivery, opened, clicked, replied and bounced count e-mails, so that the steps add up to them.
 */
export function statisticsOf(stored: StoredCampaign) {
  const { campaign, enrolments } = stored;
  const steps = stepsOf(campaign);
  const emails = enrolments.flatMap((enrolment) =>
    enrolment.touches.filter((touch) => touch.mailboxId !== null),
  );
  const inStatus = (status: EnrolmentStatus) => count(enrolments, (enrolment) => enrolment.status === status);
  const marked = (interest: Interest) => count(enrolments, (enrolment) => enrolment.interest === interest);
  // Those parked for checking are not queued, though they have steps to go.
  const isQueued = ({ status, touches }: Enrolment) => status === "ACTIVE" && touches.length < steps.length;
  return {
    prospects: enrolments.length,
    queue: count(enrolments, isQueued),
    sent: emails.length,
    delivery: count(emails, (touch) => !touch.bounced),
    opened: count(emails, (touch) => touch.openedAt !== null),
    clicked: count(emails, (touch) => touch.clickedAt !== null),
    replied: count(emails, (touch) => touch.repliedAt !== null),
    autoreplied: inStatus("AUTOREPLIED"),
    bounced: count(emails, (touch) => touch.bounced),
    invalid: inStatus("INVALID"),
    check: inStatus("TO-CHECK"),
    optout: count(emails, (touch) => touch.optedOutAt !== null),
    interested: marked("INTERESTED"),
    maybe_later: marked("MAYBE-LATER"),
    not_interested: marked("NOT-INTERESTED"),
    emails: emailStatisticsOf(stored),
  };
}
