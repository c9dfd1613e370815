/**
 * What this server did to the account, newest first, for "what did you just do?" and for lost answers. With a ledger it
 * is on disk and outlives the process; without one it holds the last writes of this process.
 */
import { randomBytes } from "node:crypto";
import type { Ledger } from "./ledger.ts";
import { asArray, asNumber, asString, type Loose } from "./model/loose.ts";

export interface Change {
  /** ISO 8601, UTC. */
  time: string;
  tool: string;
  /** The MCP client that called. */
  client?: string;
  campaign_id?: number;
  /** People that were added or removed. */
  people?: number;
  /** How a person agreed: form or token; absent where nobody had to. */
  consent?: string;
  /** done, not_done, unknown; running while it is not over. */
  outcome: string;
  verified_by?: string;
  undo?: string;
}

/** What is known before a write leaves. */
export type Intent = Pick<Change, "tool" | "client" | "campaign_id" | "people" | "consent"> & {
  addresses?: string[];
};

export interface Journal {
  /**
   * Called when the first write of a call is about to leave; what it gives back is told how it ended.
   *
   * @throws when it must be written down and cannot be
   */
  begin(intent: Intent): (end: Partial<Change>) => void;
  list(): readonly Change[];
}

export interface JournalOptions {
  now?: () => Date;
  ledger?: Ledger | undefined;
  /** Names the account in the ledger, which several may share. */
  tenant?: string;
  /** The ledger could not be written, and that is allowed. */
  onUnwritten?: () => void;
  /** Refuse the write instead. */
  strict?: boolean;
}

/** Enough for the limits of a day, which are counted from here. */
const MAX_KEPT = 5_000;

export function createJournal(options: JournalOptions = {}): Journal {
  const { now = () => new Date(), ledger, tenant = "", onUnwritten, strict } = options;
  const account = tenant.slice(0, 8);
  /** Of this process, by operation, newest first; the ledger may lack one that could not be written. */
  const own: { op: string; change: Change; written: boolean }[] = [];

  function record(entry: () => Loose, mustBeWritten: boolean): boolean {
    try {
      ledger?.append(entry());
      return ledger !== undefined;
    } catch (error) {
      if (mustBeWritten) throw error;
      onUnwritten?.();
      return false;
    }
  }

  return {
    begin({ addresses, ...about }) {
      const change: Change = { time: now().toISOString(), ...about, outcome: "running" };
      const op = `${process.pid}-${randomBytes(6).toString("hex")}`;
      const { outcome: _outcome, ...intent } = change;
      const line = () => {
        const hashed = addresses?.map((address) => ledger?.hashOf(address));
        return { kind: "intent", op, account, ...intent, ...(hashed && { addresses: hashed }) };
      };
      const entry = { op, change, written: record(line, strict === true) };
      own.unshift(entry);
      own.splice(MAX_KEPT);
      return (end) => {
        Object.assign(change, end);
        if (!record(() => ({ kind: "outcome", op, time: now().toISOString(), ...end }), false))
          entry.written = false;
      };
    },
    list() {
      const recorded = ledger ? fromLedger(entriesOf(ledger), account) : [];
      const mine = new Map(own.filter((entry) => !entry.written).map(({ op, change }) => [op, change]));
      const rest = recorded.filter(({ op }) => !mine.has(String(op))).map(({ change }) => change);
      return [...mine.values(), ...rest].sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
    },
  };
}

/** What can be read of it; where nothing can, this process still knows what it did. */
function entriesOf(ledger: Ledger): Loose[] {
  try {
    return ledger.entries();
  } catch {
    return [];
  }
}

/** Intents with what became of them; one without an outcome was cut off. */
function fromLedger(entries: readonly Loose[], account: string): { op: unknown; change: Change }[] {
  const ends = new Map(entries.filter((entry) => entry.kind === "outcome").map((entry) => [entry.op, entry]));
  return entries
    .filter((entry) => entry.kind === "intent" && entry.account === account)
    .map((intent) => ({
      op: intent.op,
      change: changeFrom(intent, ends.get(intent.op) ?? { outcome: "unknown" }),
    }))
    .reverse();
}

function changeFrom(intent: Loose, end: Loose): Change {
  const fields = {
    time: asString(intent.time) ?? "",
    tool: asString(intent.tool) ?? "",
    client: asString(intent.client),
    campaign_id: asNumber(end.campaign_id) ?? asNumber(intent.campaign_id),
    people: asNumber(intent.people) ?? (asArray(intent.addresses).length || undefined),
    consent: asString(intent.consent),
    outcome: asString(end.outcome) ?? "unknown",
    verified_by: asString(end.verified_by),
    undo: asString(end.undo),
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Change;
}
