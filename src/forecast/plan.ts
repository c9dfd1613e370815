/** A campaign as the simulation takes it, and in plain sentences what had to be assumed. */

import { defaultWait } from "../model/tree.ts";
import { DAY, dateOf, dayOf, isZone, toLocal, type Zone, zoneOf } from "../model/zone.ts";
import { type Dossier, known, type SeenStep, whyUnread } from "../preflight/dossier.ts";
import { openRows } from "../preflight/people.ts";
import { type Shared, saySharing, sharedMailboxes } from "../preflight/sharing.ts";
import { bareSnippets } from "../preflight/texts.ts";
import { asNumber, asString } from "../values/loose.ts";
import type { Recipient } from "./emails.ts";
import type { Crowd } from "./lanes.ts";
import type { Box } from "./senders.ts";
import { bySetAside } from "./set-aside.ts";
import type { Plan } from "./simulate.ts";
import { dueAfter } from "./waits.ts";

interface Planned {
  plan: Plan;
  assumptions: string[];
}

/** How many people the calendar of a draft counts with, unless told. */
export const PEOPLE_OF_A_DRAFT = 100;

/** @param people how many to count with, instead of those that are enrolled */
export function planOf(dossier: Dossier, from: number, people: number | undefined): Planned {
  const { settings, steps } = dossier;
  const assumptions: string[] = [];
  const name = asString(settings.timezone) ?? "";
  const timezone = isZone(name) ? name : "UTC";
  if (timezone !== name)
    assumptions.push("The campaign has no time zone that is known here; the calendar is in UTC.");
  const zone = zoneOf(timezone);
  const daily = asNumber(settings.daily_enroll);
  if (daily === undefined)
    assumptions.push("daily_enroll is not set; everybody is written to as soon as a mailbox can.");
  const working = settings.count_followup_delay_in_working_days === true;
  const plan: Plan = {
    from,
    timezone,
    daily_enroll: daily ?? Number.POSITIVE_INFINITY,
    working_days: working,
    steps: steps.map(({ type, wait, windows }) => ({ type, wait: wait ?? defaultWait, windows })),
    boxes: boxesOf(dossier, from, assumptions),
    people: crowdsOf(dossier, from, people, zone, working, assumptions),
  };
  assumptions.push(...general(dossier, working));
  return { plan, assumptions };
}

function boxesOf(dossier: Dossier, from: number, assumptions: string[]): Box[] {
  const { parts, now } = dossier;
  if (!known(parts.mailboxes)) {
    const why = whyUnread(parts.mailboxes)?.replace(/\.$/, "");
    assumptions.push(
      `The mailboxes could not be looked at${why ? ` (${why})` : ""}: no limit and no pause of theirs is counted.`,
    );
    return [{ limit: Number.POSITIVE_INFINITY, gap: 0, sentToday: 0, freezes: [] }];
  }
  const shared = sharedMailboxes(dossier);
  if (shared.length === 0) assumptions.push("No mailbox of the campaign can send now, so no e-mail leaves.");
  const today = Math.floor(from / DAY) === Math.floor(now / DAY);
  const sentences = shared.map(({ mailbox: { id, dailyLimit, gap } }) => {
    const pause = gap === undefined ? "unknown pauses" : `a pause of ${Math.round(gap / 1000)} s on average`;
    return `${id}: ${dailyLimit ?? "no known limit of"} e-mails a day, ${pause}`;
  });
  if (sentences.length > 0) {
    assumptions.push(
      `Mailboxes: ${sentences.slice(0, 5).join("; ")}${sentences.length > 5 ? `; and ${sentences.length - 5} more` : ""}. A mailbox's day ends at midnight UTC.`,
      othersOf(dossier),
    );
  }
  return shared.map((one) => boxOf(one, today));
}

/** What is left for this campaign; the pauses of the others' e-mails are its pauses, too. */
function boxOf({ mailbox, left }: Shared, today: boolean): Box {
  const { dailyLimit = Number.POSITIVE_INFINITY, gap = 0, sentToday = 0, freezes } = mailbox;
  const limit = left ?? dailyLimit;
  const stillToday = Math.max(0, Math.min(limit, dailyLimit - sentToday));
  return {
    limit,
    gap: limit > 0 && Number.isFinite(limit) ? (gap * dailyLimit) / limit : gap,
    sentToday: today && Number.isFinite(limit) ? limit - stillToday : 0,
    freezes,
  };
}

function othersOf(dossier: Dossier): string {
  const { running } = dossier.parts;
  if (whyUnread(running))
    return "Which other campaigns send from these mailboxes could not be read: none is counted.";
  const shared = saySharing(dossier);
  if (shared.length > 0)
    return `Other running campaigns share the mailboxes: ${shared.join("; ")}. How many steps they have is not known here: each of their openings is counted with one follow-up, and no campaign gets less than an even share.`;
  return running
    ? "No other running campaign sends from these mailboxes."
    : "Other campaigns are not counted.";
}

function crowdsOf(
  dossier: Dossier,
  from: number,
  people: number | undefined,
  zone: Zone,
  working: boolean,
  assumptions: string[],
): Crowd[] {
  const { origin, parts, steps, status } = dossier;
  if (people !== undefined) return [{ next: 0, count: people, due: from }];
  if (origin === "draft") {
    assumptions.push(
      `Nobody is enrolled in a draft; the calendar counts with ${PEOPLE_OF_A_DRAFT} people (say otherwise with people).`,
    );
    return [{ next: 0, count: PEOPLE_OF_A_DRAFT, due: from }];
  }
  const standing = known(parts.standing);
  const enrolled = known(parts.prospects);
  if (status !== "DRAFT" && standing?.queue !== undefined) {
    assumptions.push(
      "The campaign has begun. How far each person has got cannot be read; it is estimated from the counters, as if everyone under way had just had their last step. Follow-ups may come earlier than shown.",
    );
    return underway(standing, steps).map(({ next, count }) => {
      const wait = steps[next]?.wait ?? defaultWait;
      return { next, count, due: next === 0 ? from : dueAfter(from, wait, zone, working) };
    });
  }
  if (!enrolled) {
    assumptions.push("How many people are enrolled could not be read; the calendar counts with none.");
    return [];
  }
  const all = enrolled.rows.length >= enrolled.total;
  const active: readonly Recipient[] = openRows(enrolled.rows).filter((row) => row.status !== "TO-CHECK");
  const { nothing, partly } = all ? bySetAside(active, steps) : { nothing: 0, partly: 0 };
  const count = all ? active.length - nothing : enrolled.total;
  if (count < enrolled.total)
    assumptions.push(
      `${enrolled.total - count} of ${enrolled.total} people are not counted: set aside, answered, bounced or opted out.`,
    );
  if (partly > 0)
    assumptions.push(
      `${partly} of them may be set aside at a step whose text needs a value that they lack; they are counted to the end.`,
    );
  if (status !== "DRAFT")
    assumptions.push("How far people are could not be read; all are taken to stand before step 1.");
  return [{ next: 0, count, due: from }];
}

/** Counters of the campaign: how many are where, and how many e-mails each step has sent. */
export interface Standing {
  queue?: number | undefined;
  prospects?: number | undefined;
  check?: number | undefined;
  steps: readonly { step: number; sent: number }[];
}

/** Those in the queue, by the step they stand before: the counters name e-mails only, and people who left are in them. */
export function underway(standing: Standing, steps: readonly SeenStep[]): { next: number; count: number }[] {
  const { queue = 0, prospects = queue, check = 0 } = standing;
  const sentOf = (number: number) => standing.steps.find(({ step }) => step === number)?.sent ?? 0;
  const emails = steps.filter(({ type }) => type === "EMAIL");
  const opened = sentOf(emails[0]?.number ?? 1);
  const fresh = Math.max(0, Math.min(queue, prospects - opened - check));
  const waiting = emails.slice(1).map(({ index, number }, place) => {
    const before = sentOf(emails[place]?.number ?? 0);
    return { next: index, count: Math.max(0, before - sentOf(number)) };
  });
  const most = waiting.reduce((sum, { count }) => sum + count, 0);
  let left = queue - fresh;
  const share = most === 0 ? 0 : Math.min(1, left / most);
  const shared = waiting.map(({ next, count }) => {
    const here = Math.min(left, Math.round(count * share));
    left -= here;
    return { next, count: here };
  });
  return [{ next: 0, count: fresh }, ...shared].filter(({ count }) => count > 0);
}

function general(dossier: Dossier, working: boolean): string[] {
  const { settings, steps } = dossier;
  const said = [
    "Nobody answers, bounces or opts out; anyone who does gets no further step, so later days are an upper limit.",
    "Follow-ups that are due go before new people, and a thread keeps its mailbox.",
    bareSnippets(dossier).length > 0 &&
      "Everybody is counted, even anyone without a value for a snippet that has no fallback, who would be set aside.",
    working && "Waits are counted in working days, Monday to Friday.",
    settings.prospect_timezone === true &&
      "Prospects' own time zones come first in Woodpecker, but its API does not show them; the campaign's zone is used for all.",
    steps.some(({ type }) => type === "LINKEDIN") &&
      "LinkedIn steps are counted too; they have no windows, and LinkedIn's own daily limits are not known here.",
  ];
  return said.filter((sentence) => sentence !== false);
}

/** Names the clock changes between two moments. */
export function clockChanges(timezone: string, from: number, to: number): string[] {
  const zone = zoneOf(timezone);
  const days: string[] = [];
  for (let { end } = zone.stretchAt(from); end < to && days.length < 4; { end } = zone.stretchAt(end)) {
    days.push(dateOf(dayOf(toLocal(zone, end))));
  }
  return days.length > 0
    ? [`Clocks change in ${timezone} on ${days.join(", ")}; windows and waits in days keep their hour.`]
    : [];
}
