/** An account as the rules see it, without a server: mailboxes in every condition, and LinkedIn accounts. */

import { type Dossier, dossierOf, type Known, type Parts } from "../../src/preflight/dossier.ts";
import { asArray, asObject, type Loose } from "../../src/values/loose.ts";
import type { CampaignRow } from "../../src/woodpecker/campaigns.ts";
import { type LinkedinAccount, linkedinAccountFrom } from "../../src/woodpecker/linkedin-accounts.ts";
import { type Mailbox, mailboxFrom } from "../../src/woodpecker/mailboxes.ts";
import { enrolledFrom } from "../../src/woodpecker/prospects.ts";

/** A Tuesday morning. */
export const now = Date.parse("2026-03-24T09:00:00Z");

const smtp = (id: number, details: object = {}): Mailbox =>
  mailboxFrom({
    id,
    type: "SMTP",
    details: {
      email: `m${id}@northwind.example`,
      error: null,
      in_slot: true,
      daily_limit: 100,
      sent_today: 3,
      frequency_from: 60_000,
      frequency_to: 120_000,
      signature: "<div>Nora</div>",
      freeze_account: [],
      ...details,
    },
  });

export const mailboxes: Mailbox[] = [
  smtp(501),
  smtp(502),
  smtp(503),
  smtp(504, { error: "Authentication failed." }),
  smtp(505, { in_slot: false }),
  smtp(506, { freeze_account: [{ from: "2026-03-20T00:00:00Z", to: "2026-04-06T00:00:00Z" }] }),
  smtp(507, { sent_today: 100 }),
  smtp(508, { signature: '<a href="{{UNSUBSCRIBE}}">unsubscribe</a>' }),
  mailboxFrom({ id: 601, type: "IMAP", details: { email: "m501@northwind.example" } }),
];

export const linkedin: LinkedinAccount[] = [
  { id: 77, full_name: "Ivo Bell", session_status: "CONNECTED", level: "PREMIUM" },
  { id: 78, full_name: "Nora Vance", session_status: "DISCONNECTED", level: "CLASSIC" },
  { id: 79, full_name: "Mila Soder", session_status: "CONNECTED", level: "CLASSIC" },
].map(linkedinAccountFrom);

export const campaigns: CampaignRow[] = [
  { id: 2101, name: "Warehouse leads, DACH", status: "RUNNING", from_names: [], from_emails: [] },
];

const value = <T>(given: T): Known<T> => ({ value: given });

/** The subject that reading would make, of a draft or of a live campaign with these people. */
export function subject(view: Loose, live?: Loose, parts: Parts = {}): Dossier {
  const around: Parts = {
    ...(asArray(view.mailbox_ids).length > 0 && { mailboxes: value(mailboxes) }),
    ...(asArray(view.steps).some((step) => asObject(step).linkedin) && { linkedin: value(linkedin) }),
    ...((!live || live.status === "DRAFT") && { campaigns: value(campaigns) }),
    ...(live && {
      prospects: value({
        total: asArray(live.prospects).length,
        rows: asArray(live.prospects).map(asObject).map(enrolledFrom),
      }),
    }),
    ...parts,
  };
  return dossierOf(view, {
    origin: live ? "live" : "draft",
    given: view,
    parts: around,
    now,
    ...(live && { id: 3000, status: String(live.status) }),
  });
}
