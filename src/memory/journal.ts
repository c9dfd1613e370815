/**
 * What this server did to the account, newest first, for "what did you just do?" and for lost answers. With a ledger it
 * is on disk and outlives the process; without one it holds the last writes of this process.
 */
import { randomBytes } from "node:crypto";
import { asArray, asNumber, asString, type Loose } from "../values/loose.ts";
import { sharedLost } from "../woodpecker/failure.ts";
import type { Ledger } from "./ledger.ts";

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

/** Where lines about writes stand for all who share the account. */
export interface Book {
  append(entry: Loose): Promise<void>;
  entries(): Promise<Loose[]>;
}

export interface Journal {
  /**
   * Called when the first write of a call is about to leave; what it gives back is told how it ended.
   *
   * @param halts what stops sending leaves also when the book cannot be written
   * @throws when it must be written down and cannot be
   */
  begin(intent: Intent, halts?: boolean): Promise<(end: Partial<Change>) => Promise<void>>;
  /** What is known. */
  list(): Promise<readonly Change[]>;
  /** The same, for limits. @throws when the book cannot be read */
  history(): Promise<readonly Change[]>;
  /** Whether this process has written anything. */
  wrote(): boolean;
}

export interface JournalOptions {
  now?: () => Date;
  ledger?: Ledger | undefined;
  book?: Book | undefined;
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
  const { now = () => new Date(), ledger, book, tenant = "", onUnwritten, strict } = options;
  const account = tenant.slice(0, 8);
  /** Of this process, newest first; what is listed from elsewhere may lack one that could not be written there. */
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

  /** In the book, if there is one, or else in the ledger. */
  const tell = async (entry: Loose, recorded: boolean): Promise<boolean> =>
    book
      ? book.append(entry).then(
          () => true,
          () => false,
        )
      : recorded;

  async function changesFrom(entries: () => Promise<Loose[]>): Promise<readonly Change[]> {
    const lines = fromLines(await entries(), account);
    const mine = new Map(own.filter((entry) => !entry.written).map(({ op, change }) => [op, change]));
    const rest = lines.filter(({ op }) => !mine.has(String(op))).map(({ change }) => change);
    return [...mine.values(), ...rest].sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  }
  const inLedger = async () => (ledger ? entriesOf(ledger) : []);

  return {
    async begin({ addresses, ...about }, halts = false) {
      const change: Change = { time: now().toISOString(), ...about, outcome: "running" };
      const op = `${process.pid}-${randomBytes(6).toString("hex")}`;
      const { outcome: _outcome, ...facts } = change;
      const intent = { kind: "intent", op, account, ...facts };
      const line = () => {
        const hashed = addresses?.map((address) => ledger?.hashOf(address));
        return { ...intent, ...(hashed && { addresses: hashed }) };
      };
      const recorded = record(line, strict === true);
      const entry = { op, change, written: await tell(intent, recorded) };
      const end = async (ended: Partial<Change>) => {
        Object.assign(change, ended);
        const outcome = { kind: "outcome", op, time: now().toISOString(), ...ended };
        const endRecorded = record(() => outcome, false);
        entry.written = (await tell(outcome, endRecorded)) && entry.written;
      };
      if (book && !entry.written && !halts) {
        record(() => ({ kind: "outcome", op, time: now().toISOString(), outcome: "not_done" }), false);
        throw sharedLost();
      }
      own.unshift(entry);
      own.splice(MAX_KEPT);
      return end;
    },
    list: async () => changesFrom(() => (book ? book.entries().catch(inLedger) : inLedger())),
    wrote: () => own.length > 0,
    history: async () => changesFrom(() => (book ? book.entries() : inLedger())),
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
function fromLines(entries: readonly Loose[], account: string): { op: unknown; change: Change }[] {
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
