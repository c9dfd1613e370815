/** The rows of the four reports. */
import { type State, smtpMailbox } from "../../state.ts";
import { count, grouped, isBounced, isDelivered, isOpened, percent, type Send } from "./sends.ts";

export type Rows = (state: State, sends: Send[]) => object[];

// A campaign without a send in the period has no row in any of them.

const campaignOf = ({ stored: { campaign } }: Send) => ({ id: campaign.id, name: campaign.name });
const sender = (state: State, { mailboxId }: Send) => smtpMailbox(state, mailboxId)?.details.email ?? "";

/** Campaign by mailbox, and people rather than e-mails. More fields exist than the documents name. */
export const general: Rows = (state, sends) =>
  grouped(sends, ({ stored, mailboxId }) => [stored.campaign.id, mailboxId]).map((group) => {
    const [first] = group;
    const people = (test: (send: Send) => boolean) =>
      new Set(group.filter(test).map(({ enrolment }) => enrolment.prospectId)).size;
    const contacted = people(() => true);
    return {
      ...campaignOf(first),
      status: first.stored.campaign.status,
      sent_from: sender(state, first),
      contacted_prospects: contacted,
      bounced: people(isBounced),
      bounced_rate: `${percent(people(isBounced), contacted)}%`,
      opened: people(isOpened),
      open_rate: `${percent(people(isOpened), people(isDelivered))}%`,
    };
  });

export const complete: Rows = (_, sends) =>
  grouped(sends, ({ stored, step, touch }) => [stored.campaign.id, step, touch.version]).map((group) => {
    const [first] = group;
    const sent = group.length;
    const countOf = (test: (send: Send) => boolean) => count(group, test);
    const delivered = countOf(isDelivered);
    const responded = countOf(({ touch }) => touch.repliedAt !== null);
    const optOut = countOf(({ touch }) => touch.optedOutAt !== null);
    const interest = (level: string) =>
      countOf(({ touch, enrolment }) => touch.repliedAt !== null && enrolment.interest === level);
    return {
      ...campaignOf(first),
      step: first.step,
      version: first.touch.version,
      sent,
      bounced: countOf(isBounced),
      bounce_rate: percent(countOf(isBounced), sent),
      opened: countOf(isOpened),
      opened_rate: percent(countOf(isOpened), delivered),
      clicked: countOf(({ touch }) => touch.clickedAt !== null),
      opt_out: optOut,
      opt_out_rate: percent(optOut, delivered),
      delivered,
      responded,
      responded_rate: percent(responded, delivered),
      interested_yes: interest("INTERESTED"),
      interested_maybe: interest("MAYBE-LATER"),
      interested_no: interest("NOT-INTERESTED"),
    };
  });

// The fields of the two that follow are not visible; their names are taken from the reports above. Campaigns with
// conditions have a YES and a NO path, and none of the seeded ones had anybody on the latter.

export const messages: Rows = (_, sends) =>
  grouped(sends, ({ stored, date, step, touch }) => [stored.campaign.id, date, step, touch.version]).map(
    (group) => ({ ...campaignOf(group[0]), ...placeOf(group[0]), sent: group.length }),
  );

export const openRate: Rows = (state, sends) =>
  grouped(sends, ({ stored, date, mailboxId, step, touch }) => [
    stored.campaign.id,
    date,
    mailboxId,
    step,
    touch.version,
  ]).map((group) => {
    const [first] = group;
    const [delivered, opened] = [count(group, isDelivered), count(group, isOpened)];
    return {
      ...campaignOf(first),
      ...placeOf(first),
      sent_from: sender(state, first),
      delivered,
      opened,
      open_rate: percent(opened, delivered),
    };
  });

const placeOf = ({ date, step, touch }: Send) => ({ date, path: "YES", step, version: touch.version });
