/** Recent changes as they are answered: cut to what an answer carries, and as people read them. */
import { z } from "zod/v3";
import { cut, plain, quoted } from "../../values/foreign.ts";
import { shownJson } from "../../values/unseen.ts";

export const shownChange = z.object({
  change_id: z.string(),
  time: z.string(),
  tool: z.string(),
  by: z.object({ client: z.string().optional(), person: z.string().optional() }),
  campaign_id: z.number().optional(),
  campaign: z.object({ id: z.number(), name: z.string().optional() }).optional(),
  campaigns: z.array(z.object({ campaign_id: z.number(), name: z.string().optional() })).optional(),
  people: z.number().optional(),
  consent: z.string().optional(),
  outcome: z.string(),
  verified_by: z.string().optional(),
  changes: z.array(z.object({ what: z.string(), before: z.unknown(), after: z.unknown() })),
  undo: z.array(z.object({ tool: z.string(), arguments: z.record(z.unknown()) })),
  note: z.string().optional(),
});
export type ShownChange = z.infer<typeof shownChange>;

const MAX_VALUE = 400;
/** Of the structured result; the same again in words. */
const MAX_ALL = 17_000;

/** @param changes newest first; the newest keep their calls */
export function fittingChanges(changes: readonly ShownChange[]): ShownChange[] {
  let room = MAX_ALL;
  const shown: ShownChange[] = [];
  for (const change of changes) {
    const short = {
      ...change,
      changes: change.changes.map(({ what, before, after }) => ({
        what,
        before: shortened(before),
        after: shortened(after),
      })),
    };
    const bare = isLong(short, room) ? { ...short, undo: [], note: TOO_LONG } : short;
    const size = JSON.stringify(bare).length;
    if (size > room && shown.length > 0) break;
    shown.push(bare);
    room -= size;
  }
  return shown;
}

const TOO_LONG =
  "The call that takes it back is too long for this list: ask with campaign_id and a limit of 1.";

const isLong = (change: ShownChange, room: number) =>
  change.undo.length > 0 && JSON.stringify(change).length > room;

function shortened(value: unknown): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined || text.length <= MAX_VALUE) return value;
  return `${cut(text, MAX_VALUE)}… (${text.length} characters)`;
}

export function changesText(changes: readonly ShownChange[], total: number): string {
  if (total === 0) return "No change is known.";
  return [`${changes.length} of ${total}, times in UTC`, ...changes.flatMap(linesOf)].join("\n");
}

function linesOf(change: ShownChange): string[] {
  const { campaign, campaigns = [], people, consent, by } = change;
  const head = [
    change.time,
    change.tool,
    change.campaign_id,
    campaign?.name && quoted(campaign.name),
    people && `${people} people`,
    change.outcome,
    consent && `agreed by ${consent}`,
    by.client && `by ${quoted(by.client)}`,
    by.person && `for ${quoted(by.person)}`,
    `(${change.change_id})`,
  ];
  return [
    head.filter(Boolean).join(" "),
    ...campaigns.map(({ campaign_id: id, name }) => `  ${id}${name ? ` ${quoted(name)}` : ""}`),
    ...change.changes.map(
      ({ what, before, after }) =>
        `  ${plain(what)}${before === undefined ? "" : `: ${said(before)} → ${said(after)}`}`,
    ),
    ...change.undo.map(({ tool: name, arguments: args }) => `  undo: ${name} ${shownJson(args)}`),
    ...(change.note ? [`  ${plain(change.note, 1_000)}`] : []),
  ];
}

const said = (value: unknown) => (value === null ? "none" : shownJson(value));
