/**
 * Mailboxes. Source: docs/woodpecker-api.md, Mailboxes and Campaigns: create: SMTP ids only, every one active and free of
 * errors, or create and run answer 409.
 */
import { quoted } from "../../values/foreign.ts";
import { frozenUntil, type SenderBox } from "../../woodpecker/sender-boxes.ts";
import { type Dossier, known } from "../dossier.ts";
import type { Issue, Path, Rule } from "../finding.ts";

interface Placed {
  path: Path;
  id: number;
  box: SenderBox | undefined;
}

function placed({ mailboxIds, parts }: Dossier): Placed[] {
  const all = known(parts.mailboxes) ?? [];
  return mailboxIds.flatMap((id, index) =>
    id === undefined ? [] : [{ path: ["mailbox_ids", index], id, box: all.find((one) => one.id === id) }],
  );
}

type Judge = (box: SenderBox, dossier: Dossier) => Omit<Issue, "path"> | undefined;

/** A rule on each mailbox of the campaign that exists and sends. */
const onEach = (judge: Judge) => (dossier: Dossier) =>
  placed(dossier).flatMap(({ path, box }) => {
    const issue = box?.type === "SMTP" ? judge(box, dossier) : undefined;
    return issue ? [{ path, ...issue }] : [];
  });

const named = ({ id, email }: SenderBox) => `Mailbox ${id} (${quoted(email)})`;

export const mailboxRules: readonly Rule[] = [
  {
    // Ids come from GET /rest/v2/mailboxes.
    name: "mailbox_missing",
    severity: "error",
    needs: ["mailboxes"],
    find: (dossier) =>
      placed(dossier)
        .filter(({ box }) => !box)
        .map(({ path, id }) => ({
          path,
          message: `This Woodpecker account has no mailbox ${id}.`,
          remedy: "Take an SMTP id from list_mailboxes.",
        })),
  },
  {
    // Campaigns take SMTP ids, inbox filters take IMAP ids.
    name: "mailbox_receives",
    severity: "error",
    needs: ["mailboxes"],
    find: (dossier) =>
      placed(dossier).flatMap(({ path, id, box }) => {
        if (!box || box.type === "SMTP") return [];
        const twin = known(dossier.parts.mailboxes)?.find(
          (one) => one.type === "SMTP" && one.email === box.email,
        );
        return [
          {
            path,
            message: `Mailbox ${id} is the ${quoted(box.type, 20)} side of ${quoted(box.email)}, which receives; campaigns send from SMTP ids.`,
            remedy: twin
              ? `Use ${twin.id}, the SMTP id of the same address.`
              : "Take an SMTP id from list_mailboxes.",
          },
        ];
      }),
  },
  {
    // A mailbox with an error makes create and run fail; a disconnected one stops a campaign.
    name: "mailbox_error",
    severity: "error",
    needs: ["mailboxes"],
    find: onEach((box) =>
      box.error
        ? {
            message: `${named(box)} is in error: ${quoted(box.error, 200)}.`,
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
    find: onEach((box) =>
      box.inSlot
        ? undefined
        : {
            message: `${named(box)} is not in a paid sending slot.`,
            remedy: "Give it a slot in the Woodpecker app, or use another mailbox.",
          },
    ),
  },
  {
    name: "mailbox_frozen",
    severity: "warning",
    needs: ["mailboxes"],
    find: onEach((box, { now }) => {
      const until = frozenUntil(box, now);
      if (until === undefined) return undefined;
      const end = until === Number.MAX_SAFE_INTEGER ? "further notice" : new Date(until).toISOString();
      return {
        message: `${named(box)} is frozen and sends nothing until ${end}.`,
        remedy: "Lift the freeze in the Woodpecker app, or add another mailbox.",
      };
    }),
  },
  {
    name: "mailbox_limit_reached",
    severity: "warning",
    needs: ["mailboxes"],
    find: onEach(({ dailyLimit, sentToday, ...box }) =>
      dailyLimit !== undefined && sentToday >= dailyLimit
        ? {
            message: `Mailbox ${box.id} (${quoted(box.email)}) has sent ${sentToday} of ${dailyLimit} e-mails today; it sends no more before tomorrow.`,
            remedy: "Wait, add a mailbox, or raise its daily limit in the Woodpecker app.",
          }
        : undefined,
    ),
  },
];
