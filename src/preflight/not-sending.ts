/**
 * "Why is nothing sent?" The reasons that can be seen, the likeliest first. Source: docs/woodpecker-api.md,
 * Campaigns: statuses (what each means and whether it sends), Mailboxes, Bounce shield.
 */
import { describeTimes } from "../model/delivery.ts";
import { openingOf } from "../model/openings.ts";
import { isZone, sayMoment, type Zone, zoneOf } from "../model/zone.ts";
import { plain, quoted } from "../values/foreign.ts";
import { asString } from "../values/loose.ts";
import type { Mailbox } from "../woodpecker/mailboxes.ts";
import { type Dossier, emailSteps, known, type SeenStep, whyUnread } from "./dossier.ts";
import { obstacleOf, sayFrozen } from "./senders.ts";
import { saySharing, sharedMailboxes } from "./sharing.ts";

type Reason = string | false | undefined;

/** undefined for a campaign that was never started. */
export function whyNotSending(dossier: Dossier): string[] | undefined {
  const { origin, status = "" } = dossier;
  if (origin !== "live" || status === "DRAFT") return undefined;
  const asked = [byStatus, byMailboxes, bySharing, byLinkedin, byQueue, byWindows, byParked];
  const reasons = asked.flatMap((by) => by(dossier) || []);
  return reasons.length > 0
    ? reasons
    : ["Nothing that can be seen stands in the way: people may just not be due yet."];
}

function byStatus(dossier: Dossier): Reason {
  const { status = "", autopausedAt, parts } = dossier;
  const resume = "running it again resumes it";
  switch (status) {
    case "RUNNING":
      return undefined;
    case "PAUSED": {
      if (!autopausedAt) return `It is PAUSED, by hand or through the API; ${resume}.`;
      const percent = known(parts.bounceShield);
      const limit = percent === undefined ? "the limit of the campaign" : `${percent} %`;
      return `It is PAUSED: the bounce shield paused it at ${pausedAt(dossier)}, because more e-mails bounced than ${limit} allows${bounced(parts.standing)}. Verify the addresses first; then ${resume}.`;
    }
    case "STOPPED":
      return `It is STOPPED: by hand, or by Woodpecker because a mailbox was disconnected; ${resume}.`;
    case "EDITED":
      return "It is EDITED: while it is being edited nothing is sent; running it starts it again when the edits are done.";
    case "COMPLETED":
      return "It is COMPLETED: nobody is left in the queue. Adding prospects makes it RUNNING again, and it then sends.";
    default:
      return `Its status is ${quoted(status, 40)}, which this server does not know.`;
  }
}

/** In the campaign's own zone, where both can be read. */
function pausedAt({ autopausedAt = "", settings }: Dossier): string {
  const time = Date.parse(autopausedAt);
  const zone = asString(settings.timezone) ?? "";
  return Number.isNaN(time) || !isZone(zone) ? plain(autopausedAt, 40) : sayMoment(zoneOf(zone), time);
}

/** The share so far, beside the limit. */
function bounced(standing: Dossier["parts"]["standing"]): string {
  const { all, sent } = known(standing) ?? {};
  const count = all?.bounced;
  if (count === undefined || !sent) return "";
  return `: ${count} of ${sent} e-mails so far, ${Math.round((count / sent) * 1000) / 10} %`;
}

function byMailboxes({ parts, mailboxIds, now }: Dossier): Reason {
  if (!parts.mailboxes) return undefined;
  const unread = whyUnread(parts.mailboxes);
  if (unread) return `The mailboxes could not be looked at: ${unread}`;
  const mailboxes = new Map(known(parts.mailboxes)?.map((mailbox) => [mailbox.id, mailbox]));
  const stopped = mailboxIds.flatMap((id) => stateOf(id, mailboxes.get(id ?? 0), now) ?? []);
  const of = mailboxIds.length;
  const those =
    stopped.length === of
      ? "No mailbox of the campaign can send now"
      : `${stopped.length} of ${of} mailboxes cannot send now`;
  const more = stopped.length > 5 ? "; …" : "";
  return stopped.length > 0 && `${those}: ${stopped.slice(0, 5).join("; ")}${more}.`;
}

function stateOf(id: number | undefined, mailbox: Mailbox | undefined, now: number): string | undefined {
  if (!mailbox) return `${id} does not exist`;
  const { email, dailyLimit, sentToday = 0 } = mailbox;
  const named = `${mailbox.id} (${quoted(email)})`;
  const obstacle = obstacleOf(mailbox, now);
  switch (obstacle?.kind) {
    case "receives":
      return `${named} only receives`;
    case "error":
      return `${named} is in error: ${quoted(obstacle.error, 120)}`;
    case "no_slot":
      return `${named} is not in a paid sending slot`;
    case "frozen":
      return `${named} is ${sayFrozen(obstacle.until)}`;
    case undefined:
      return dailyLimit !== undefined && sentToday >= dailyLimit
        ? `${named} has sent its ${dailyLimit} e-mails of today`
        : undefined;
  }
}

/** Others that send from the same mailboxes; a reason only where the limits hold for all of them. */
function bySharing(dossier: Dossier): Reason {
  const isFull = sharedMailboxes(dossier).some(
    ({ others, mailbox: { dailyLimit = Number.POSITIVE_INFINITY, sentToday = 0 }, taken }) =>
      others.length > 0 && (sentToday >= dailyLimit || taken >= dailyLimit / 2),
  );
  return isFull && `The mailboxes serve other running campaigns too: ${saySharing(dossier).join("; ")}.`;
}

function byLinkedin({ steps, parts }: Dossier): Reason {
  const accounts = known(parts.linkedin) ?? [];
  const lost = steps.flatMap(({ number, linkedin }) => {
    const account = accounts.find(({ id }) => id === linkedin?.account);
    return account && !account.connected
      ? [`step ${number} waits for LinkedIn account ${account.id}, which is ${account.status}`]
      : [];
  });
  return lost.length > 0 && `People wait before a LinkedIn step: ${lost.join("; ")}.`;
}

function byQueue({ parts, status }: Dossier): Reason {
  const standing = known(parts.standing);
  const total = standing?.prospects ?? known(parts.prospects)?.total;
  if (total === 0) return "Nobody is enrolled.";
  if (standing?.queue === 0 && status !== "COMPLETED")
    return `Nobody is left in the queue: of ${total} prospects all are done, have answered, or cannot be written to.`;
  return [parts.standing, parts.prospects].every(whyUnread) && "The prospects could not be looked at.";
}

function byParked({ parts }: Dossier): Reason {
  const people = known(parts.prospects);
  const counted = people?.rows.filter((row) => row.status === "TO-CHECK").length ?? 0;
  const parked = known(parts.standing)?.check ?? counted;
  if (parked === 0) return undefined;
  // The finding prospects_set_aside has the number already.
  if (parked === counted)
    return "Whoever is set aside under TO-CHECK, counted among the findings, is written to only once the data is complete.";
  return `${parked} ${parked === 1 ? "prospect is" : "prospects are"} set aside under TO-CHECK, mostly for a missing snippet value; they are written to only once the data is complete.`;
}

/** Is a window open now, and if not, when does the next one open? */
function byWindows(dossier: Dossier): Reason {
  const { settings, now, status } = dossier;
  const name = asString(settings.timezone) ?? "";
  const emails = emailSteps(dossier);
  if (emails.length === 0 || status === "COMPLETED") return undefined;
  if (!isZone(name))
    return `The windows could not be compared with the time: ${quoted(name, 60)} is not a known time zone.`;
  const zone = zoneOf(name);
  const openingOfStep = ({ windows }: SeenStep) => openingOf(windows, zone);
  const closed = emails.filter((step) => openingOfStep(step).closesAt(now) === undefined);
  if (closed.length === 0) return undefined;
  const opens = closed.map((step) => openingOfStep(step).nextOpen(now));
  const say = (text: string) =>
    status === "RUNNING" ? text : `Once it runs again, this counts too: ${text}`;
  if (closed.length < emails.length) {
    const steps = closed.map(({ number }) => number).join(", ");
    return say(`The windows of step ${steps} are closed now; ${nextOf(opens[0], zone)}${listed(closed)}`);
  }
  const next = Math.min(...opens);
  if (!Number.isFinite(next)) return say(`No delivery window ever opens${listed(emails, "")}.`);
  return say(
    `All delivery windows are closed now (${sayMoment(zone, now)}); ${nextOf(next, zone)}${listed(emails)}`,
  );
}

/** The whole list of windows, once where all steps have the same. */
function listed(steps: readonly SeenStep[], end = "."): string {
  const said = steps.map(({ windows }) => describeTimes(windows) || "none");
  const isOne = new Set(said).size === 1;
  const list = isOne
    ? said[0]
    : steps.map(({ number }, index) => `step ${number}: ${said[index]}`).join("; ");
  return `${end === "." ? " Windows" : "; windows"}: ${list}${end}`;
}

const nextOf = (time: number | undefined, zone: Zone) =>
  time === undefined || !Number.isFinite(time)
    ? "none opens again."
    : `the next one opens ${sayMoment(zone, time)}.`;
