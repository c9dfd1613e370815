/** The rows of a report: campaign, step and version. A campaign without a send in the period has none. */
import { count, grouped, isBounced, isDelivered, isOpened, percent, type Send } from "./sends.ts";

export const rowsOf = (sends: Send[]) =>
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
      id: first.stored.campaign.id,
      name: first.stored.campaign.name,
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
