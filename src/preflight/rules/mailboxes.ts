/**
 * Mailboxes. Source: docs/woodpecker-api.md, Mailboxes and Campaigns: create: SMTP ids only, every one active and free of
 * errors, or create and run answer 409.
 */

import { quoted } from "../../values/foreign.ts";
import { sayTime } from "../../values/moment.ts";
import type { Mailbox } from "../../woodpecker/mailboxes.ts";
import { type Dossier, known, SOON } from "../dossier.ts";
import { each, needing, on } from "../finding.ts";
import { frozenUntil, sayFrozen } from "../senders.ts";

/** The mailboxes of the campaign, each with its place and what this account has under its id. */
const placed = ({ mailboxIds, parts }: Dossier) =>
  mailboxIds.flatMap((id, index) => {
    const mailbox = known(parts.mailboxes)?.find((one) => one.id === id);
    return id === undefined ? [] : [{ path: ["mailbox_ids", index], id, mailbox }];
  });

/** Those that exist and send. */
const senders = (dossier: Dossier) =>
  placed(dossier).flatMap(({ path, mailbox }) => (mailbox?.type === "SMTP" ? [{ path, ...mailbox }] : []));

const named = ({ id, email }: Mailbox) => `Mailbox ${id} (${quoted(email)})`;

export const mailboxRules = needing("mailboxes", [
  on(placed, {
    // Ids come from GET /rest/v2/mailboxes.
    name: "mailbox_missing",
    severity: "error",
    found: ({ mailbox }) => !mailbox,
    message: (_found, { id }) => `This Woodpecker account has no mailbox ${id}.`,
    remedy: "Use a mailbox that this account has, by its SMTP id.",
  }),
  {
    // Campaigns take SMTP ids, inbox filters take IMAP ids.
    name: "mailbox_receives",
    severity: "error",
    find: each(placed, ({ id, mailbox }, { parts }) => {
      if (!mailbox || mailbox.type === "SMTP") return undefined;
      const twin = known(parts.mailboxes)?.find(
        ({ type, email }) => type === "SMTP" && email === mailbox.email,
      );
      return {
        message: `Mailbox ${id} is the ${quoted(mailbox.type, 20)} side of ${quoted(mailbox.email)}, which receives; campaigns send from SMTP ids.`,
        remedy: twin
          ? `Use ${twin.id}, the SMTP id of the same address.`
          : "Use a mailbox that this account has, by its SMTP id.",
      };
    }),
  },
  on(senders, {
    // A mailbox with an error makes create and run fail; a disconnected one stops a campaign.
    name: "mailbox_error",
    severity: "error",
    found: ({ error }) => error,
    message: (error, mailbox) => `${named(mailbox)} is in error: ${quoted(error, 200)}.`,
    remedy: "Reconnect it in the Woodpecker app, or use another mailbox.",
  }),
  on(senders, {
    // in_slot; the vendor's own filter for mailboxes that campaigns may use asks for it.
    name: "mailbox_not_in_slot",
    severity: "error",
    found: ({ inSlot }) => !inSlot,
    message: (_found, mailbox) => `${named(mailbox)} is not in a paid sending slot.`,
    remedy: "Give it a slot in the Woodpecker app, or use another mailbox.",
  }),
  {
    name: "mailbox_frozen",
    severity: "warning",
    find: each(senders, (mailbox, { now }) => {
      const until = frozenUntil(mailbox, now);
      const ahead = mailbox.freezes.find(({ start }) => start > now && start < now + SOON);
      if (until !== undefined)
        return {
          message: Number.isFinite(until)
            ? `${named(mailbox)} is frozen and sends nothing until ${sayTime(until)}.`
            : `${named(mailbox)} is ${sayFrozen(until)}, and sends nothing.`,
          remedy: "Lift the freeze in the Woodpecker app, or add another mailbox.",
        };
      return (
        ahead && {
          message: `${named(mailbox)} will be frozen from ${sayTime(ahead.start)}, and sends nothing then.`,
          remedy: "Expect a pause, or add another mailbox.",
        }
      );
    }),
  },
  on(senders, {
    // A mailbox that starts cold lands in spam; Woodpecker's warm-up runs for weeks.
    name: "mailbox_warm_up",
    severity: "info",
    found: ({ warmUp = "RUNNING" }) => !/^(?:RUNNING|ACTIVE|COMPLETED|FINISHED)$/i.test(warmUp),
    message: (_found, mailbox) =>
      `The warm-up of ${named(mailbox).replace("Mailbox", "mailbox")} is ${quoted(mailbox.warmUp ?? "", 30)}.`,
    remedy: "Let it run for some weeks first if the mailbox is new; switch it on in the Woodpecker app.",
  }),
  on(senders, {
    name: "mailbox_limit_reached",
    severity: "warning",
    found: ({ dailyLimit, sentToday = 0 }) => dailyLimit !== undefined && sentToday >= dailyLimit,
    message: (_found, mailbox) =>
      `${named(mailbox)} has sent ${mailbox.sentToday ?? 0} of ${mailbox.dailyLimit} e-mails today; it sends no more before tomorrow.`,
    remedy: "Wait, add a mailbox, or raise its daily limit in the Woodpecker app.",
  }),
]);
