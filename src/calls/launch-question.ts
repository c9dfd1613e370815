/** What a person is asked before a campaign runs: what will happen, to whom, from whom, and what the check found. */
import type { Recipient } from "../forecast/emails.ts";
import { holidaysAmong, sayOnHolidays } from "../forecast/holidays.ts";
import { forecast } from "../forecast/index.ts";
import { planOf } from "../forecast/plan.ts";
import { bySetAside } from "../forecast/set-aside.ts";
import type { Change } from "../memory/journal.ts";
import { describeTimes } from "../model/delivery.ts";
import { holidaysOf } from "../model/holidays.ts";
import { openingOf } from "../model/openings.ts";
import { isZone, sayMoment, zoneOf } from "../model/zone.ts";
import { sayBounces } from "../preflight/bounces.ts";
import { type Dossier, emailSteps, known, type People } from "../preflight/dossier.ts";
import type { Finding } from "../preflight/finding.ts";
import { openRows } from "../preflight/people.ts";
import { senderAddresses } from "../preflight/senders.ts";
import { saySharing } from "../preflight/sharing.ts";
import { inPrompt, oneLine } from "../values/foreign.ts";
import { asNumber, asString } from "../values/loose.ts";
import type { Question } from "./operation.ts";

const recall = "and e-mails that have left cannot be recalled.";
const sentences: Record<string, string> = {
  PAUSED: `Resume this campaign? From then on Woodpecker e-mails real people again, ${recall}`,
  STOPPED: `Resume this campaign, which was stopped? From then on Woodpecker e-mails real people again, ${recall}`,
  EDITED: `Go on with this campaign as it is after the edits? From then on Woodpecker e-mails real people again, ${recall}`,
};
const start = `Start this campaign? From then on Woodpecker e-mails real people, ${recall}`;

/** @param recent what this server changed in the account, newest first */
export async function launchQuestion(
  dossier: Dossier,
  findings: readonly Finding[],
  recent: () => Promise<readonly Change[]>,
): Promise<Question> {
  const { id = 0, name, status = "", settings, steps, parts } = dossier;
  const people = known(parts.prospects);
  const standing = known(parts.standing);
  const shield = known(parts.bounceShield);
  const facts = {
    campaign: id,
    name: inPrompt(name),
    status: oneLine(status) || "unknown",
    ...sendersOf(dossier),
    ...sharingOf(dossier),
    steps: steps.length,
    "people enrolled": people?.total ?? "unknown",
    ...(people && reachOf(dossier, people)),
    ...(standing?.sent && { "e-mails sent already": standing.sent }),
    "opening e-mails a day": asNumber(settings.daily_enroll) ?? "unknown",
    ...firstAction(dossier),
    ...(emailSteps(dossier).length > 0 && { windows: windowsOf(dossier) }),
    ...(await ahead(dossier)),
    ...(parts.bounceShield && { "bounce shield": sayShield(dossier, shield) }),
    ...(status === "EDITED" && changesSinceRun(id, await recent())),
  };
  return {
    sentence: Object.hasOwn(sentences, status) ? (sentences[status] as string) : start,
    name,
    facts,
    derived,
    findings,
    state: agreedState(dossier),
  };
}

/** What counters and the clock move, and what stands in the state: whoever sends, by id, and the bounce shield's limit. */
const derived: readonly string[] = [
  "senders",
  "LinkedIn account",
  "mailboxes shared",
  "will be written to",
  "will not",
  "e-mails sent already",
  "first send window",
  "last day",
  "public holidays",
  "bounce shield",
];

/** What must still be so when the campaign is started: its status, its content, who is enrolled, and what would pause it. */
export const agreedState = ({
  status,
  given,
  autopausedAt,
  parts: { prospects, bounceShield },
}: Dossier) => ({
  status,
  content: given,
  autopausedAt,
  people: identity(known(prospects)),
  shield: bounceShield && ("value" in bounceShield ? (bounceShield.value ?? "off") : "unknown"),
});

/** One page holds a thousand people; beyond it their number and the newest of those that were read stand for all. */
function identity(people: People | undefined): unknown {
  if (!people) return undefined;
  const ids = people.rows.map(({ id }) => asNumber(id) ?? 0).sort((a, b) => a - b);
  return people.total <= people.rows.length ? ids : { total: people.total, newest: ids.at(-1) };
}

/** Who sends: mailboxes by their address, and the LinkedIn accounts of LinkedIn steps by their name. */
function sendersOf(dossier: Dossier): Record<string, string> {
  const { steps, parts } = dossier;
  const accounts = known(parts.linkedin) ?? [];
  const ids = [...new Set(steps.flatMap(({ linkedin }) => linkedin?.account ?? []))];
  const named = ids.map((id) => {
    const account = accounts.find((one) => one.id === id);
    return account ? `${id} ${inPrompt(account.name)}` : String(id);
  });
  return {
    senders: senderAddresses(dossier).join(", ") || "none",
    ...(named.length > 0 && { "LinkedIn account": named.join(", ") }),
  };
}

/** Which other running campaigns send from the same mailboxes; a person should know what their day has to hold. */
function sharingOf(dossier: Dossier): Record<string, string> {
  const { running } = dossier.parts;
  if (running && "unreadable" in running)
    return { "mailboxes shared": "unknown: the running campaigns could not be read" };
  const shared = saySharing(dossier);
  return shared.length > 0 ? { "mailboxes shared": shared.join("; ") } : {};
}

const are = (count: number, what: string) => `${count} ${count === 1 ? "is" : "are"} ${what}`;

/** Of those enrolled, who will get something, and who will not and why. */
function reachOf(dossier: Dossier, { rows, total }: People) {
  const open = openRows(rows);
  const active: readonly Recipient[] = open.filter((row) => row.status !== "TO-CHECK");
  const parked = open.length - active.length;
  const { nothing, partly } = bySetAside(active, dossier.steps);
  const done = rows.length - open.length;
  const reasons = [
    nothing > 0 && `${are(nothing, "set aside")}: no value for something that the texts need`,
    parked > 0 && `${are(parked, "set aside")} (TO-CHECK)`,
    done > 0 && `${done} replied, bounced, opted out or paused`,
  ].filter(Boolean);
  const looked = rows.length < total ? ` of the first ${rows.length}` : "";
  const ends =
    partly > 0 ? `, ${partly} of them perhaps not to the end: no value for something that a text needs` : "";
  return {
    "will be written to": `${active.length - nothing}${looked}${ends}`,
    ...(reasons.length > 0 && { "will not": reasons.join("; ") }),
  };
}

/** A LinkedIn step has no windows: what it does happens at once. */
function firstAction(dossier: Dossier): Record<string, string> {
  const [first] = dossier.steps;
  if (first?.type !== "LINKEDIN") return { "first send window": firstWindow(dossier) };
  const action = String(first.linkedin?.action ?? "touch")
    .toLowerCase()
    .replaceAll("_", " ");
  return { "first action": `LinkedIn ${action}, at once: LinkedIn steps have no windows` };
}

function firstWindow(dossier: Dossier): string {
  const [first] = emailSteps(dossier);
  const name = asString(dossier.settings.timezone) ?? "";
  if (!first || !isZone(name)) return "unknown";
  const zone = zoneOf(name);
  const opening = openingOf(first.windows, zone);
  const opens = opening.nextOpen(dossier.now);
  if (!Number.isFinite(opens)) return "never";
  const closes = opening.closesAt(opens) ?? opens;
  return opens === dossier.now ? `open now, until ${sayMoment(zone, closes)}` : sayMoment(zone, opens);
}

function windowsOf(dossier: Dossier): string {
  const said = emailSteps(dossier).map(({ windows }) => describeTimes(windows));
  const different = [...new Set(said)];
  if (different.length === 1) return different[0] || "none";
  return emailSteps(dossier)
    .map(({ number }, index) => `step ${number}: ${said[index] || "none"}`)
    .slice(0, 6)
    .join("; ");
}

async function ahead(dossier: Dossier): Promise<Record<string, string>> {
  const { timezone, last_send, total, days } = forecast(planOf(dossier, dossier.now, undefined).plan);
  const holidays = holidaysAmong(days, await holidaysOf(timezone));
  return {
    "last day": last_send
      ? `${last_send.slice(0, 10)}, after about ${total} sends, if nobody answers`
      : "none in sight",
    ...(holidays.length > 0 && { "public holidays": sayOnHolidays(holidays) }),
  };
}

function sayShield(dossier: Dossier, percent: number | undefined): string {
  const { autopausedAt } = dossier;
  const limit = percent === undefined ? "off" : `pauses the campaign above ${percent} % bounces`;
  if (!autopausedAt) return limit;
  const rate = sayBounces(dossier);
  return `${limit}; it paused the campaign at ${oneLine(autopausedAt, 40)}${rate ? `: ${rate}` : ""}`;
}

/** Edits of this server since the campaign last ran, as far as they are known. */
function changesSinceRun(id: number, recent: readonly Change[]): Record<string, string> {
  const own = recent.filter((change) => change.campaign_id === id && change.outcome === "done");
  const lastRun = own.findIndex(({ tool }) => tool === "run_campaign");
  if (lastRun < 0) return {};
  const edits = own
    .slice(0, lastRun)
    .filter(({ tool }) => /^(update|add|delete)_|^save_prospects$/.test(tool));
  if (edits.length === 0) return {};
  return {
    "changed since it last ran": [...new Set(edits.map(({ tool }) => tool.replaceAll("_", " ")))].join(", "),
  };
}
