/** The e-mails that were sent between two days, grouped and counted for reports. */
import { stepsOf } from "../../campaign.ts";
import {
  type Enrolment,
  type Interest,
  type State,
  type StoredCampaign,
  smtpMailbox,
  type Touch,
} from "../../state.ts";

/** One e-mail that was sent in the period of a report. */
export interface Send {
  stored: StoredCampaign;
  enrolment: Enrolment;
  touch: Touch;
  /** The address it left from. */
  mailbox: string;
  /** Counted over all steps from 1. */
  step: number;
  /** In UTC. */
  date: string;
}

/** Both days are part of it. What came of an e-mail counts for the day on which the e-mail was sent. */
export function sendsBetween(state: State, from: string, to: string): Send[] {
  const sends: Send[] = [];
  for (const stored of state.campaigns.values()) {
    const numbers = new Map(stepsOf(stored.campaign).map(({ id }, index) => [id, index + 1]));
    for (const enrolment of stored.enrolments) {
      for (const touch of enrolment.touches) {
        const date = touch.at.toISOString().slice(0, 10);
        const { mailboxId } = touch;
        if (mailboxId === null || date < from || date > to) continue;
        const mailbox = smtpMailbox(state, mailboxId)?.details.email ?? "";
        sends.push({ stored, enrolment, touch, mailbox, step: numbers.get(touch.stepId) ?? 0, date });
      }
    }
  }
  return sends;
}

/** The sends with the same key together, in the order of the keys. */
export function grouped(sends: Send[], keyOf: (send: Send) => (string | number)[]): [Send, ...Send[]][] {
  const groups = new Map<string, [Send, ...Send[]]>();
  for (const send of sends) {
    const key = keyOf(send).join("/");
    const group = groups.get(key);
    if (group) group.push(send);
    else groups.set(key, [send]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;

export const count = (sends: Send[], test: (send: Send) => boolean): number => sends.filter(test).length;
export const isOpened = ({ touch }: Send): boolean => touch.openedAt !== null;
export const isBounced = ({ touch }: Send): boolean => touch.bounced;
export const isDelivered = ({ touch }: Send): boolean => !touch.bounced;
export const isClicked = ({ touch }: Send): boolean => touch.clickedAt !== null;
export const isReplied = ({ touch }: Send): boolean => touch.repliedAt !== null;
export const isReplyOf =
  (level: Interest) =>
  ({ touch, enrolment }: Send): boolean =>
    touch.repliedAt !== null && enrolment.interest === level;
