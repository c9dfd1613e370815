/**
 * Mailboxes. Source: docs/woodpecker-api.md, Mailboxes and Campaigns: create: SMTP ids only, every one active and free of
 * errors, or create and run answer 409.
 */
import { quoted } from "../../values/foreign.ts";
import type { Mailbox } from "../../woodpecker/mailboxes.ts";
import { type Dossier, known } from "../dossier.ts";
import type { Issue, Path, Rule } from "../finding.ts";
import { frozenUntil, sayFrozen } from "../senders.ts";

interface Placed {
  path: Path;
  id: number;
  mailbox: Mailbox | undefined;
}

function placed({ mailboxIds, parts }: Dossier): Placed[] {
  const mailboxes = new Map((known(parts.mailboxes) ?? []).map((mailbox) => [mailbox.id, mailbox]));
  return mailboxIds.flatMap((id, index) =>
    id === undefined ? [] : [{ path: ["mailbox_ids", index], id, mailbox: mailboxes.get(id) }],
  );
}

type Judge = (mailbox: Mailbox, dossier: Dossier) => Omit<Issue, "path"> | undefined;

/** A rule on each mailbox of the campaign that exists and sends. */
const onEach = (judge: Judge) => (dossier: Dossier) =>
  placed(dossier).flatMap(({ path, mailbox }) => {
    const issue = mailbox?.type === "SMTP" ? judge(mailbox, dossier) : undefined;
    return issue ? [{ path, ...issue }] : [];
  });

/** Freezes further ahead may change. */
const SOON = 14 * 86_400_000;

const named = ({ id, email }: Pick<Mailbox, "id" | "email">) => `Mailbox ${id} (${quoted(email)})`;

export const mailboxRules: readonly Rule[] = [
  {
    // Ids come from GET /rest/v2/mailboxes.
    name: "mailbox_missing",
    severity: "error",
    needs: ["mailboxes"],
    find: (dossier) =>
      placed(dossier)
        .filter(({ mailbox }) => !mailbox)
        .map(({ path, id }) => ({
          path,
          message: `This Woodpecker account has no mailbox ${id}.`,
          remedy: "Use a mailbox that this account has, by its SMTP id.",
        })),
  },
  {
    // Campaigns take SMTP ids, inbox filters take IMAP ids.
    name: "mailbox_receives",
    severity: "error",
    needs: ["mailboxes"],
    find: (dossier) =>
      placed(dossier).flatMap(({ path, id, mailbox }) => {
        if (!mailbox || mailbox.type === "SMTP") return [];
        const twin = known(dossier.parts.mailboxes)?.find(
          ({ type, email }) => type === "SMTP" && email === mailbox.email,
        );
        return [
          {
            path,
            message: `Mailbox ${id} is the ${quoted(mailbox.type, 20)} side of ${quoted(mailbox.email)}, which receives; campaigns send from SMTP ids.`,
            remedy: twin
              ? `Use ${twin.id}, the SMTP id of the same address.`
              : "Use a mailbox that this account has, by its SMTP id.",
          },
        ];
      }),
  },
  {
    // A mailbox with an error makes create and run fail; a disconnected one stops a campaign.
    name: "mailbox_error",
    severity: "error",
    needs: ["mailboxes"],
    find: onEach((mailbox) =>
      mailbox.error
        ? {
            message: `${named(mailbox)} is in error: ${quoted(mailbox.error, 200)}.`,
            remedy: "Reconnect it in the Woodpecker app, or use another mailbox.",
          }
        : undefined,
    ),
  },
  {
    // in_slot; the vendor's own filter for mailboxes that campaigns may use asks for it.
    name: "mailbox_not_in_slot",
    severity: "error",
    needs: ["mailboxes"],
    find: onEach((mailbox) =>
      mailbox.inSlot
        ? undefined
        : {
            message: `${named(mailbox)} is not in a paid sending slot.`,
            remedy: "Give it a slot in the Woodpecker app, or use another mailbox.",
          },
    ),
  },
  {
    name: "mailbox_frozen",
    severity: "warning",
    needs: ["mailboxes"],
    find: onEach((mailbox, { now }) => {
      const until = frozenUntil(mailbox, now);
      const ahead = mailbox.freezes.find(({ start }) => start > now && start < now + SOON);
      if (until === undefined && ahead)
        return {
          message: `${named(mailbox)} will be frozen from ${new Date(ahead.start).toISOString()}, and sends nothing then.`,
          remedy: "Expect a pause, or add another mailbox.",
        };
      if (until === undefined) return undefined;
      return {
        message: Number.isFinite(until)
          ? `${named(mailbox)} is frozen and sends nothing until ${new Date(until).toISOString()}.`
          : `${named(mailbox)} is ${sayFrozen(until)}, and sends nothing.`,
        remedy: "Lift the freeze in the Woodpecker app, or add another mailbox.",
      };
    }),
  },
  {
    // A mailbox that starts cold lands in spam; Woodpecker's warm-up runs for weeks.
    name: "mailbox_warm_up",
    severity: "info",
    needs: ["mailboxes"],
    find: onEach((mailbox) =>
      mailbox.warmUp === undefined || /^(?:RUNNING|ACTIVE|COMPLETED|FINISHED)$/i.test(mailbox.warmUp)
        ? undefined
        : {
            message: `The warm-up of ${named(mailbox).replace("Mailbox", "mailbox")} is ${quoted(mailbox.warmUp, 30)}.`,
            remedy:
              "Let it run for some weeks first if the mailbox is new; switch it on in the Woodpecker app.",
          },
    ),
  },
  {
    name: "mailbox_limit_reached",
    severity: "warning",
    needs: ["mailboxes"],
    find: onEach(({ dailyLimit, sentToday = 0, id, email }) =>
      dailyLimit !== undefined && sentToday >= dailyLimit
        ? {
            message: `${named({ id, email })} has sent ${sentToday} of ${dailyLimit} e-mails today; it sends no more before tomorrow.`,
            remedy: "Wait, add a mailbox, or raise its daily limit in the Woodpecker app.",
          }
        : undefined,
    ),
  },
];
