/** The rows of the four reports: by step and version, by campaign and mailbox, sent by day, opened by day. */
import {
  count,
  grouped,
  isBounced,
  isClicked,
  isDelivered,
  isOpened,
  isReplied,
  isReplyOf,
  percent,
  type Send,
} from "./sends.ts";

/** Campaign, step and version. A campaign without a send in the period has none. */
export const completeRows = (sends: Send[]) =>
  grouped(sends, ({ stored, step, touch }) => [stored.campaign.id, step, touch.version]).map((group) => {
    const [first] = group;
    const sent = group.length;
    const countOf = (test: (send: Send) => boolean) => count(group, test);
    const delivered = countOf(isDelivered);
    const responded = countOf(isReplied);
    const optOut = countOf(({ touch }) => touch.optedOutAt !== null);
    return {
      id: first.stored.campaign.id,
      name: first.stored.campaign.name,
      step: first.step,
      version: first.touch.version,
      sent,
      bounced: countOf(isBounced),
      bounce_rate: percent(countOf(isBounced), sent),
      opened: countOf(isOpened),
      opened_rate: percent(countOf(isOpened), delivered),
      clicked: countOf(isClicked),
      opt_out: optOut,
      opt_out_rate: percent(optOut, delivered),
      delivered,
      responded,
      responded_rate: percent(responded, delivered),
      interested_yes: countOf(isReplyOf("INTERESTED")),
      interested_maybe: countOf(isReplyOf("MAYBE-LATER")),
      interested_no: countOf(isReplyOf("NOT-INTERESTED")),
    };
  });

/** Rates are text here and numbers in the complete report. */
const rate = (part: number, whole: number): string => `${percent(part, whole)}%`;

const emailOf = ({ mailbox }: Send): string => mailbox;

/** Counts people and not e-mails: one who was written to from two mailboxes stands in both rows. */
export const generalRows = (sends: Send[]) =>
  grouped(sends, (send) => [send.stored.campaign.id, emailOf(send)]).map((group) => {
    const [first] = group;
    const { id, name, status } = first.stored.campaign;
    const people = (test: (send: Send) => boolean): number =>
      new Set(group.filter(test).map(({ enrolment }) => enrolment.prospectId)).size;
    const [contacted, delivered] = [people(() => true), people(isDelivered)];
    const [bounced, opened] = [people(isBounced), people(isOpened)];
    const [clicked, responded] = [people(isClicked), people(isReplied)];
    return {
      id,
      name,
      status,
      sent_from: emailOf(first),
      contacted_prospects: contacted,
      bounced,
      bounced_rate: rate(bounced, contacted),
      delivered,
      opened,
      open_rate: rate(opened, delivered),
      clicked,
      clicked_rate: rate(clicked, delivered),
      responded,
      responded_rate: rate(responded, delivered),
      interested_yes: people(isReplyOf("INTERESTED")),
      interested_maybe: people(isReplyOf("MAYBE-LATER")),
      interested_no: people(isReplyOf("NOT-INTERESTED")),
    };
  });

// Of the rows of the next two only what they are grouped by is known; the names are those of the complete report.
const placeOf = ({ stored, step, touch, date }: Send) => ({
  id: stored.campaign.id,
  name: stored.campaign.name,
  date,
  path: null,
  step,
  version: touch.version,
});

export const messageRows = (sends: Send[]) =>
  grouped(sends, ({ stored, date, step, touch }) => [stored.campaign.id, date, step, touch.version]).map(
    (group) => ({ ...placeOf(group[0]), sent: group.length }),
  );

export const openRows = (sends: Send[]) =>
  grouped(sends, (send) => [
    send.stored.campaign.id,
    send.date,
    emailOf(send),
    send.step,
    send.touch.version,
  ]).map((group) => {
    const delivered = count(group, isDelivered);
    const opened = count(group, isOpened);
    return {
      ...placeOf(group[0]),
      sent_from: emailOf(group[0]),
      delivered,
      opened,
      open_rate: percent(opened, delivered),
    };
  });
