/**
 * What other running campaigns take of a campaign's mailboxes. Their list rows tell who sends and how many openings a day
 * (docs/woodpecker-api.md, Campaigns: list); how many steps they have is not told: one follow-up is counted for each opening.
 */
import { firstOf, quoted } from "../values/foreign.ts";
import type { CampaignRow } from "../woodpecker/campaigns.ts";
import type { Mailbox } from "../woodpecker/mailboxes.ts";
import { type Dossier, known } from "./dossier.ts";
import { able, limitOf } from "./senders.ts";

const EMAILS_PER_OPENING = 2;

export interface Shared {
  mailbox: Mailbox;
  others: readonly CampaignRow[];
  /** E-mails a day that the others want of it. */
  taken: number;
  /** What of the daily limit is left for this campaign, at least an even share; undefined where there is no limit. */
  left: number | undefined;
}

export const sendsFrom = ({ from_emails }: CampaignRow, email: string): boolean =>
  from_emails.some((address) => address.toLowerCase() === email.toLowerCase());

/** Each mailbox of the campaign that can send, with who else sends from it. */
export function sharedMailboxes(dossier: Dossier): Shared[] {
  const running = known(dossier.parts.running) ?? [];
  return able(dossier).map((mailbox) => {
    const others = running.filter((row) => row.id !== dossier.id && sendsFrom(row, mailbox.email));
    const openings = others.reduce((sum, row) => sum + openingsOf(row), 0);
    return {
      mailbox,
      others,
      taken: Math.round(openings * EMAILS_PER_OPENING),
      left: leftOf(mailbox, others.length, openings),
    };
  });
}

/** Its openings are shared by its mailboxes. */
const openingsOf = ({ daily_enroll = 0, from_emails }: CampaignRow) => daily_enroll / from_emails.length;

function leftOf({ dailyLimit }: Mailbox, others: number, openings: number): number | undefined {
  if (dailyLimit === undefined) return undefined;
  const even = Math.floor(dailyLimit / (others + 1));
  return Math.max(even, Math.round(dailyLimit - openings * EMAILS_PER_OPENING));
}

/** E-mails a day that are left for this campaign; undefined where a mailbox has no limit. */
export function leftTogether(dossier: Dossier): number | undefined {
  const shared = sharedMailboxes(dossier);
  if (limitOf(shared.map(({ mailbox }) => mailbox)) === undefined) return undefined;
  return shared.reduce((sum, { left = 0 }) => sum + left, 0);
}

/** `The mailbox also sends for 2104 "Spring" (40 openings a day); …`, of the mailboxes that are shared, by address where there are several. */
export function saySharing(dossier: Dossier): string[] {
  const all = sharedMailboxes(dossier);
  return all
    .filter(({ others }) => others.length > 0)
    .map(({ mailbox, others, left }) => {
      const rest =
        left === undefined
          ? ""
          : `; about ${left} of its ${mailbox.dailyLimit} e-mails a day are left for this one`;
      return `${all.length > 1 ? mailbox.email : "The mailbox"} also sends for ${firstOf(others, 3, sayOther)}${rest}`;
    });
}

function sayOther({ id, name, daily_enroll, from_emails }: CampaignRow): string {
  if (daily_enroll === undefined) return `${id} ${quoted(name)}`;
  const from = from_emails.length > 1 ? ` from ${from_emails.length} mailboxes` : "";
  return `${id} ${quoted(name)} (${daily_enroll} openings a day${from})`;
}
