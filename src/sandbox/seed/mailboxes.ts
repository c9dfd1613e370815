/** The mailboxes and LinkedIn accounts of the seeded accounts. */
import type { ImapMailbox, LinkedInAccount, Mailbox, SmtpMailbox } from "../state.ts";

interface Sender {
  id: number;
  email: string;
  from_name: string;
  provider: string;
  error?: string;
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

export const seededAccounts = (): Accounts => accounts(SENDERS, seededLinkedInAccounts());

// What belongs to one account must not be usable in another, so each has ids of its own.
export const clientAccounts = (): Accounts =>
  accounts([
    { id: 511, email: "mila@harborline.example", from_name: "Mila Soder", provider: "GOOGLE" },
    { id: 512, email: "timo@harborline.example", from_name: "Timo Aalto", provider: "GOOGLE" },
  ]);

export const headquartersAccounts = (): Accounts =>
  accounts([{ id: 521, email: "nora@tworivers.example", from_name: "Nora Vance", provider: "CUSTOM" }]);

function accounts(senders: Sender[], linkedInAccounts: LinkedInAccount[] = []): Accounts {
  return { mailboxes: senders.flatMap((sender) => [smtp(sender), imap(sender)]), linkedInAccounts };
}

function imapId(smtpId: number): number {
  return smtpId + 100;
}

function domainOf(email: string): string {
  return email.slice(email.indexOf("@") + 1);
}

function smtp({ id, email, from_name, provider, error }: Sender): SmtpMailbox {
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
      imap_id: imapId(id),
      daily_limit: 50,
      sent_today: 0,
      frequency_from: 90_000,
      frequency_to: 240_000,
      bcc_crm: "",
      signature: `<div>${from_name}</div><div>${domain}</div>`,
      open_url: `https://open.${domain}`,
      click_url: `https://click.${domain}`,
      unsubscribe_url: `https://unsubscribe.${domain}`,
      freeze_account: [],
      in_slot: true,
      warmup_data: { status: "RUNNING" },
    },
  };
}

function imap({ id, email, provider }: Sender): ImapMailbox {
  const server = `imap.${domainOf(email)}`;
  return { id: imapId(id), type: "IMAP", details: { email, provider, login: email, server, port: 993 } };
}

function seededLinkedInAccounts(): LinkedInAccount[] {
  return [
    {
      id: 77,
      username: null,
      session_status: "CONNECTED",
      full_name: "Ivo Bell",
      linkedin_url: "https://linkedin.example/in/ivo-bell",
      level: "PREMIUM",
    },
    {
      id: 78,
      username: null,
      session_status: "DISCONNECTED",
      full_name: "Nora Vance",
      linkedin_url: "https://linkedin.example/in/nora-vance",
      level: "CLASSIC",
    },
  ];
}
