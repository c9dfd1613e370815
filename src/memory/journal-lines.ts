/** A change of the account, and how the lines of a book or ledger tell of it. */
import { asArray, asNumber, asNumbers, asString, type Loose } from "../values/loose.ts";

export interface Change {
  /** Names the change, also for whoever takes it back. */
  change_id: string;
  /** ISO 8601, UTC. */
  time: string;
  tool: string;
  /** The MCP client that called. */
  client?: string;
  /** Who called, as far as it is known. */
  person?: string;
  campaign_id?: number;
  /** Names of what was changed, without the values. */
  fields?: string[];
  /** What was paused of all. */
  campaigns?: number[];
  /** Status of the campaign before. */
  was?: string;
  /** People that were added or removed. */
  people?: number;
  /** How a person agreed: form or token; absent where nobody had to. */
  consent?: string;
  /** done, not_done, unknown; running while it is not over. */
  outcome: string;
  verified_by?: string;
  undo?: string;
}

export interface Recorded {
  op: unknown;
  key?: unknown;
  change: Change;
}

/** Whether to read what is older than this block of lines, with so many changes known. */
export type ReadOn = (block: readonly Loose[], known: number) => boolean;

/** Intents of an account with what became of them, newest first; one without an outcome was cut off. */
export function read(blocks: Iterable<readonly Loose[]>, account: string, readOn: ReadOn): Recorded[] {
  const ends = new Map<unknown, Loose>();
  // By name, since a file that is rotated meanwhile may be read twice.
  const known = new Map<unknown, Recorded>();
  for (const block of blocks) {
    for (const entry of block) {
      const { kind, op, key } = entry;
      if (kind === "outcome") ends.set(op, entry);
      if (kind !== "intent" || entry.account !== account) continue;
      known.set(op, { op, key, change: changeFrom(entry, ends.get(op) ?? cutOff) });
    }
    if (!readOn(block, known.size)) break;
  }
  return [...known.values()];
}

/** Of what has no end in the book. */
export const cutOff: Loose = { outcome: "unknown" };

export function changeFrom(intent: Loose, end: Loose): Change {
  const fields = asArray(end.fields).map(String);
  const campaigns = asNumbers(asArray(end.campaigns));
  const known = {
    change_id: asString(intent.op) ?? "",
    time: asString(intent.time) ?? "",
    tool: asString(intent.tool) ?? "",
    client: asString(intent.client),
    person: asString(intent.person),
    campaign_id: asNumber(end.campaign_id) ?? asNumber(intent.campaign_id),
    fields: fields.length > 0 ? fields : undefined,
    campaigns: campaigns.length > 0 ? campaigns : undefined,
    was: asString(end.was),
    people: asNumber(intent.people) ?? (asArray(intent.addresses).length || undefined),
    consent: asString(intent.consent),
    outcome: asString(end.outcome) ?? "unknown",
    verified_by: asString(end.verified_by),
    undo: asString(end.undo),
  };
  return Object.fromEntries(
    Object.entries(known).filter(([, value]) => value !== undefined),
  ) as unknown as Change;
}
