/**
 * What this server did to the account, newest first, for "what did you just do?" and for lost answers. With a ledger it
 * is on disk and outlives the process; without one it holds the last writes of this process.
 */
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

export function createJournal({
  now = () => new Date(),
  ledger,
  tenant = "",
  onUnwritten,
  strict,
}: JournalOptions = {}): Journal {
  const changes: Change[] = [];
  let operations = 0;

  function record(entry: Loose, mustBeWritten: boolean): void {
    try {
      ledger?.append(entry);
    } catch (error) {
      if (mustBeWritten) throw error;
      onUnwritten?.();
    }
  }

  return {
    begin({ addresses, ...about }) {
      const change: Change = { time: now().toISOString(), ...about, outcome: "running" };
      operations += 1;
      const op = `${process.pid}-${Date.now().toString(36)}-${operations}`;
      const hashed = addresses?.map((address) => ledger?.hashOf(address));
      const { outcome: _outcome, ...intent } = change;
      record(
        { kind: "intent", op, account: tenant.slice(0, 8), ...intent, ...(hashed && { addresses: hashed }) },
        strict === true,
      );
      changes.unshift(change);
      changes.splice(MAX_KEPT);
      return (end) => {
        Object.assign(change, end);
        record({ kind: "outcome", op, time: now().toISOString(), ...end }, false);
      };
    },
    list: () => (ledger ? fromLedger(ledger.entries(), tenant.slice(0, 8)) : changes),
  };
}

/** Intents with what became of them; one without an outcome was cut off. */
function fromLedger(entries: readonly Loose[], account: string): Change[] {
  const ends = new Map(entries.filter((entry) => entry.kind === "outcome").map((entry) => [entry.op, entry]));
  return entries
    .filter((entry) => entry.kind === "intent" && entry.account === account)
    .map((intent) => changeFrom(intent, ends.get(intent.op) ?? { outcome: "unknown" }))
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
