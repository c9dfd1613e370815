/** What became of stopping people, as a result: who is paused where, who may still get e-mails, who is nobody's. */
import { z } from "zod/v3";
import { oneLine } from "../../values/foreign.ts";
import { Refusal } from "../../values/refusal.ts";
import type { Blocked } from "./blocking.ts";
import type { Gathered } from "./gather.ts";
import type { Named } from "./named-people.ts";
import { outcome } from "./outputs.ts";
import { byPerson, type Membership, type Standing } from "./pausing.ts";

const where = z.object({ email: z.string(), campaigns: z.array(z.number()) });
const active = where.extend({ reason: z.string() });

export const stoppedOutput = {
  outcome: z.enum([...outcome.options, "partial"]).describe("How it went."),
  stopped: z.array(where).optional().describe("Who was paused in which campaigns."),
  still_active: z.array(active).optional().describe("Who may still get e-mails."),
  blocked: z.array(z.string()).optional().describe("Now on the blacklist."),
  not_blocked: z
    .array(z.object({ entry: z.string(), reason: z.string() }))
    .optional()
    .describe("What is not, and why."),
  already: z.array(z.string()).optional().describe("Known, and got none there before."),
  unknown: z.array(z.string()).optional().describe("Not in the account."),
  left_out: z.number().optional().describe("People not shown."),
  undo: z.string().optional().describe("How to take it back."),
  next: z.string().optional().describe("What to do next."),
};

type Stopped = z.input<z.ZodObject<typeof stoppedOutput>>;
const byUrgency = ["still_active", "not_blocked", "unknown", "blocked", "stopped", "already"] as const;
type Lists = Required<Pick<Stopped, (typeof byUrgency)[number]>>;

const STILL = "Woodpecker accepts the pause, but they still read as active";
const AGAIN = "call stop_prospects again at once; who is stopped stays stopped.";

/** @throws Refusal where somebody may still get e-mails: a brake that did not catch everybody is a failure that must be seen */
export function told(
  named: Named,
  { people, unread }: Gathered,
  places: readonly Membership[],
  { stopped, still, unseen }: Standing,
  block?: Blocked,
): Stopped {
  const done = [...stopped, ...unseen];
  const touched = new Set(places.map(({ person }) => person));
  const lists: Lists = {
    stopped: byPerson(done),
    still_active: byPerson(still).map((row) => ({ ...row, reason: oneLine(row.reason ?? STILL) })),
    blocked: block?.blocked ?? [],
    not_blocked: (block?.notBlocked ?? []).map(({ entry, reason }) => ({ entry, reason: oneLine(reason) })),
    already: [...people.values()].filter(({ id }) => !touched.has(id)).map(({ email }) => email),
    unknown: named.unknownAmong(people.values(), new Set(unread.flatMap(({ names }) => names))),
  };
  const isPartial =
    unread.length > 0 || still.some(({ reason }) => reason !== undefined) || block?.failed === true;
  const shown = fitting(lists);
  const output: Stopped = {
    outcome: isPartial || lists.not_blocked.length > 0 ? "partial" : outcomeOf(still, lists),
    ...shown,
    undo: undoOf(done, lists.blocked),
    next: [shown.left_out ? inAll(lists) : "", nextOf(still, unseen)].filter(Boolean).join(" ") || undefined,
  };
  if (!isPartial) return output;
  const trouble = [
    ...(still.length > 0
      ? [`${persons(lists.still_active)} may still get e-mails: ${sayPlaces(lists.still_active)}`]
      : []),
    ...(lists.not_blocked.length > 0 ? [`not blocked: ${sayNotBlocked(lists.not_blocked)}`] : []),
    ...unread.slice(0, 5).map(({ names, reason }) => `${sayNames(names)} could not all be read: ${reason}`),
  ];
  const changed = [
    done.length > 0 ? `Stopped: ${sayPlaces(lists.stopped)}.` : "Nobody was stopped.",
    ...(lists.blocked.length > 0 ? [`Blocked: ${sayNames(lists.blocked)}.`] : []),
  ].join(" ");
  throw new Refusal(`Stop prospects: ${trouble.join("; ")}.`, AGAIN, changed, { ...output, next: AGAIN });
}

const outcomeOf = (still: readonly unknown[], { stopped, blocked }: Lists) =>
  still.length > 0 ? "accepted" : stopped.length + blocked.length > 0 ? "done" : "already";

function undoOf(places: readonly Membership[], blocked: readonly unknown[]): string | undefined {
  const campaigns = [...new Set(places.map(({ campaign }) => campaign))].slice(0, 20).join(", ");
  const said = [
    ...(campaigns === ""
      ? []
      : [
          `save_prospects with update_existing, their addresses, status ACTIVE and campaign_id ${campaigns} lets e-mails go on; a person is asked first.`,
        ]),
    ...(blocked.length > 0 ? ["The blacklist is changed back in the Woodpecker app."] : []),
  ];
  return said.length > 0 ? said.join(" ") : undefined;
}

const inAll = ({ stopped, still_active, blocked, already, unknown }: Lists) =>
  `In all: ${stopped.length} stopped, ${still_active.length} still active, ${blocked.length} blocked, ${already.length} who got nothing before, ${unknown.length} unknown.`;

function nextOf(still: readonly Membership[], unseen: readonly Membership[]): string | undefined {
  if (still.length > 0) return `Call stop_prospects again; if it stays so, do it in the Woodpecker app.`;
  if (unseen.length === 0) return undefined;
  return `${persons(byPerson(unseen))} could not be read back; search_prospects with campaign_id shows their status.`;
}

const persons = ({ length }: readonly unknown[]) => (length === 1 ? "1 person" : `${length} people`);

/** Room for people in a result, in characters. */
const MAX_LISTS = 16_000;

/** Tens of thousands do not fit into an answer: those in trouble come first, and who is not shown is counted. */
function fitting(lists: Lists): Lists & { left_out?: number } {
  let room = MAX_LISTS;
  let left = 0;
  const hasRoom = (row: unknown) => {
    room -= JSON.stringify(row).length + 1;
    if (room < 0) left += 1;
    return room >= 0;
  };
  const shown = byUrgency.map((name) => [name, (lists[name] as unknown[]).filter(hasRoom)]);
  return { ...(Object.fromEntries(shown) as Lists), ...(left > 0 && { left_out: left }) };
}

export function sayStopped({
  stopped = [],
  still_active = [],
  blocked = [],
  not_blocked = [],
  already = [],
  unknown = [],
  left_out = 0,
  undo,
  next,
}: Stopped): string {
  return [
    stopped.length > 0
      ? `Stopped ${left_out > 0 ? "many" : persons(stopped)}: ${sayPlaces(stopped)}.`
      : "Nobody had to be stopped.",
    ...(still_active.length > 0 ? [`May still get e-mails: ${sayPlaces(still_active)}.`] : []),
    ...(blocked.length > 0 ? [`On the blacklist: ${sayNames(blocked)}.`] : []),
    ...(not_blocked.length > 0 ? [`Not blocked: ${sayNotBlocked(not_blocked)}.`] : []),
    ...(already.length > 0 ? [`Known, and got nothing there before: ${sayNames(already)}.`] : []),
    ...(unknown.length > 0 ? [`Not in the account: ${sayNames(unknown)}.`] : []),
    ...(left_out > 0 ? [`${left_out} are not shown.`] : []),
    ...(undo ? [`To take it back: ${undo}`] : []),
    ...(next ? [next] : []),
  ].join("\n");
}

const sayPlaces = (rows: readonly { email: string; campaigns: readonly number[]; reason?: string }[]) =>
  rows
    .map(
      ({ email, campaigns, reason }) => `${email} in ${campaigns.join(", ")}${reason ? ` (${reason})` : ""}`,
    )
    .join("; ");

const sayNames = (names: readonly unknown[]) => names.map((name) => oneLine(String(name))).join(", ");

const sayNotBlocked = (rows: readonly { entry: string; reason: string }[]) =>
  rows.map(({ entry, reason }) => `${entry}: ${reason}`).join("; ");
