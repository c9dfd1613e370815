/** The mailboxes and LinkedIn accounts of the seeded accounts. */
import type { ImapMailbox, LinkedInAccount, Mailbox, SmtpMailbox } from "../state.ts";
import { offsetTime } from "../time.ts";
import type { Account } from "../types.ts";

interface Sender {
  id: number;
  email: string;
  from_name: string;
  provider: string;
  error?: string;
  /** Where answers arrive; two senders may share it. */
  imap_id?: number;
  daily_limit?: number;
  /** Nothing leaves in between. An older form of "no freeze" is an empty text. */
  freeze?: { from: string; to: string }[] | "";
  /** null: it is not warmed up. */
  warmUp?: string | null;
}

// All of them can send, except 504, which has lost its login.
const SENDERS: Sender[] = [
  { id: 501, email: "nora@northwind.example", from_name: "Nora Vance", provider: "GOOGLE" },
  { id: 502, email: "ivo@brightlane.example", from_name: "Ivo Bell", provider: "CUSTOM" },
  { id: 503, email: "ivo@try-brightlane.example", from_name: "Ivo Bell", provider: "CUSTOM" },
  {
    id: 504,
    email: "nora@get-northwind.example",
    from_name: "Nora Vance",
    provider: "GOOGLE",
    error: "Authentication failed. Reconnect the mailbox.",
  },
];

export interface Accounts {
  mailboxes: Mailbox[];
  linkedInAccounts: LinkedInAccount[];
}

const DAILY_LIMIT = 50;

/** The frozen one, the disconnected one, and the one that warms up and is the only one left to send. */
const faults = (now: Date): Record<number, Partial<Sender>> => ({
  501: { freeze: [{ from: offsetTime(now, -1), to: offsetTime(now, 6) }] },
  502: { error: "Connection lost: the server refused the password." },
  503: { daily_limit: 5, freeze: "" },
});

/** It reads its answers where 502 reads them. */
const ALIAS: Sender = {
  id: 505,
  email: "ivo@hello-brightlane.example",
  from_name: "Ivo Bell",
  provider: "CUSTOM",
  imap_id: 602,
  warmUp: null,
};

export function seededAccounts(account: Account = {}, now = new Date()): Accounts {
  const changed = account.unhealthy ? faults(now) : {};
  const senders = [...SENDERS, ...(account.busy ? [ALIAS] : [])].map((sender) => ({
    ...sender,
    ...(account.raised && { daily_limit: DAILY_LIMIT * 4 }),
    ...changed[sender.id],
  }));
  return accounts(senders, [
    linkedIn(77, "Ivo Bell", "CONNECTED", "PREMIUM"),
    linkedIn(78, "Nora Vance", "DISCONNECTED", "CLASSIC"),
  ]);
}

// What belongs to one account must not be usable in another, so each has ids of its own.
export const clientAccounts = (): Accounts =>
  accounts([
    { id: 511, email: "mila@harborline.example", from_name: "Mila Soder", provider: "GOOGLE" },
    { id: 512, email: "timo@harborline.example", from_name: "Timo Aalto", provider: "GOOGLE" },
  ]);

export const headquartersAccounts = (): Accounts =>
  accounts([{ id: 521, email: "nora@tworivers.example", from_name: "Nora Vance", provider: "CUSTOM" }]);

function accounts(senders: Sender[], linkedInAccounts: LinkedInAccount[] = []): Accounts {
  const mailboxes = senders.flatMap((sender) =>
    sender.imap_id === undefined ? [smtp(sender), imap(sender)] : [smtp(sender)],
  );
  return { mailboxes, linkedInAccounts };
}

const imapId = (smtpId: number): number => smtpId + 100;
const domainOf = (email: string): string => email.slice(email.indexOf("@") + 1);

function smtp({ id, email, from_name, provider, error, warmUp = "RUNNING", ...more }: Sender): SmtpMailbox {
  const domain = domainOf(email);
  return {
    id,
    type: "SMTP",
    details: {
      email,
      provider,
      login: email,
      server: `smtp.${domain}`,
      port: 465,
      from_name,
      error: error ?? null,
      imap_id: more.imap_id ?? imapId(id),
      daily_limit: more.daily_limit ?? DAILY_LIMIT,
      sent_today: 0,
      frequency_from: 90_000,
      frequency_to: 240_000,
      bcc_crm: "",
      signature: `<div>${from_name}</div><div>${domain}</div>`,
      open_url: `https://open.${domain}`,
      click_url: `https://click.${domain}`,
      unsubscribe_url: `https://unsubscribe.${domain}`,
      freeze_account: more.freeze ?? [],
      in_slot: true,
      warmup_data: warmUp === null ? null : { status: warmUp },
    },
  };
}

function imap({ id, email, provider }: Sender): ImapMailbox {
  const server = `imap.${domainOf(email)}`;
  return { id: imapId(id), type: "IMAP", details: { email, provider, login: email, server, port: 993 } };
}

const linkedIn = (
  id: number,
  full_name: string,
  session_status: LinkedInAccount["session_status"],
  level: LinkedInAccount["level"],
): LinkedInAccount => ({
  id,
  username: null,
  session_status,
  full_name,
  linkedin_url: `https://linkedin.example/in/${full_name.toLowerCase().replace(" ", "-")}`,
  level,
});
