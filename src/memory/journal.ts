/**
 * What this server did to the account, newest first, for "what did you just do?" and for lost answers. With a ledger it
 * is on disk and outlives the process; without one it holds the last writes of this process.
 */
import { randomBytes } from "node:crypto";
import { asArray, asNumber, asNumbers, asString, type Loose } from "../values/loose.ts";
import { sharedLost } from "../woodpecker/failure.ts";
import type { Ledger } from "./ledger.ts";
import { WINDOW_MS } from "./repeats.ts";

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

/** What is known before a write leaves. */
type Intent = Pick<Change, "tool" | "client" | "person" | "campaign_id" | "people" | "consent"> & {
  addresses?: string[];
  /** Equal for equal calls (src/memory/repeats.ts). */
  key?: string;
};

export interface Recording {
  /** Names the call in the journal. */
  id: string;
  /** Told how the write ended. */
  end(ended: Partial<Change>): Promise<void>;
  /** What could not be written down so far, as a sentence. */
  notRecorded(): string | undefined;
}

/** Where lines about writes stand for all who share the account. */
export interface Book {
  append(entry: Loose): Promise<void>;
  entries(): Promise<Loose[]>;
}

export interface Journal {
  /**
   * Called when the first write of a call is about to leave.
   *
   * @param halts what stops sending leaves also when nothing can be written down
   * @throws when it must be written down and cannot be
   */
  begin(intent: Intent, halts?: boolean): Promise<Recording>;
  /** The latest of what is known. */
  list(): Promise<readonly Change[]>;
  /** All of the last 24 hours, for limits. @throws when the book cannot be read */
  history(): Promise<readonly Change[]>;
  /** The same call of the last ten minutes, by another process or before a restart, of which nobody knows whether it was carried out. */
  inDoubt(key: string): Promise<Change | undefined>;
  /** Whether this process has written anything. */
  wrote(): boolean;
}

interface JournalOptions {
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

/** Of this process, newest first: for the limits of a day where there is no ledger. */
const MAX_KEPT = 5_000;
/** For a list, and how far a shared ledger is read for them. */
const MAX_LISTED = 1_000;
const MAX_BLOCKS = 32;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Known {
  op: unknown;
  key?: unknown;
  change: Change;
}

/** Whether to read what is older than this block of lines, with so many changes known. */
type ReadOn = (block: readonly Loose[], known: number) => boolean;

export function createJournal(options: JournalOptions = {}): Journal {
  const { now = () => new Date(), ledger, book, tenant = "", onUnwritten, strict } = options;
  const account = tenant.slice(0, 8);
  const own: Known[] = [];

  /** What went wrong, if anything did. */
  function record(entry: Loose): NodeJS.ErrnoException | undefined {
    try {
      ledger?.append(entry);
      return undefined;
    } catch (error) {
      onUnwritten?.();
      return error as NodeJS.ErrnoException;
    }
  }

  /** Whether all who share the account can see it. */
  const share = async (entry: Loose): Promise<boolean> => {
    try {
      await book?.append(entry);
      return true;
    } catch {
      return false;
    }
  };

  const inLedger = (): Iterable<readonly Loose[]> => ledger?.backwards() ?? [];
  const inAll = async () => (book ? [(await book.entries()).reverse()] : inLedger());

  function since(ms: number): ReadOn {
    const first = new Date(now().getTime() - ms).toISOString();
    return (block) => block.some(({ time }) => String(time) >= first);
  }

  /** What others did, or this process before a restart. */
  function others(blocks: Iterable<readonly Loose[]>, readOn: ReadOn): Known[] {
    const mine = new Set(own.map(({ op }) => op));
    return read(blocks, account, readOn).filter(({ op }) => !mine.has(op));
  }

  const newestFirst = (known: Known[]): Change[] =>
    known.map(({ change }) => change).sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));

  return {
    async begin({ addresses, key, ...about }, halts = false) {
      const op = `${process.pid}-${randomBytes(6).toString("hex")}`;
      const change: Change = { change_id: op, time: now().toISOString(), ...about, outcome: "running" };
      const { outcome: _outcome, change_id: _op, ...facts } = change;
      const intent = { kind: "intent", op, account, ...facts, ...(key && { key }) };
      const hashes = addresses && ledger?.hashesOf(addresses);
      const lost: string[] = [];
      const failure = record({ ...intent, ...(hashes && { addresses: hashes }) });
      if (failure && strict && !halts) throw failure;
      if (failure) lost.push(`${unwritable(failure)}, so this call does not stand in it.`);
      if (!(await share(intent))) {
        if (!halts) {
          record({ kind: "outcome", op, time: now().toISOString(), outcome: "not_done" });
          throw sharedLost();
        }
        lost.push("What the replicas share could not be written, so the others do not know of this call.");
      }
      own.unshift({ op, change });
      own.splice(MAX_KEPT);
      return {
        id: op,
        async end(ended) {
          Object.assign(change, ended);
          const outcome = { kind: "outcome", op, time: now().toISOString(), ...ended };
          const failed = record(outcome);
          const shared = await share(outcome);
          if (lost.length > 0) return;
          if (failed) lost.push(`${unwritable(failed)}, so it does not say how this call ended.`);
          if (!shared)
            lost.push(
              "What the replicas share could not be written, so the others do not know how this call ended.",
            );
        },
        notRecorded: () => (lost.length > 0 ? lost.join(" ") : undefined),
      };
    },
    async list() {
      let blocks = 0;
      const readOn: ReadOn = (_block, known) => ++blocks < MAX_BLOCKS && known < MAX_LISTED;
      const known = others(await inAll().catch(inLedger), readOn);
      return newestFirst([...own, ...known]).slice(0, MAX_LISTED);
    },
    history: async () => newestFirst([...own, ...others(await inAll(), since(DAY_MS))]),
    async inDoubt(key) {
      const from = new Date(now().getTime() - WINDOW_MS).toISOString();
      return others(await inAll(), since(WINDOW_MS)).find(
        (known) => known.key === key && known.change.outcome === "unknown" && known.change.time >= from,
      )?.change;
    },
    wrote: () => own.length > 0,
  };
}

const unwritable = ({ code, message }: NodeJS.ErrnoException) =>
  `The ledger of writes could not be written (${code ?? message})`;

/** Intents of an account with what became of them, newest first; one without an outcome was cut off. */
function read(blocks: Iterable<readonly Loose[]>, account: string, readOn: ReadOn): Known[] {
  const ends = new Map<unknown, Loose>();
  // By name, since a file that is rotated meanwhile may be read twice.
  const known = new Map<unknown, Known>();
  for (const block of blocks) {
    for (const entry of block) {
      const { kind, op, key } = entry;
      if (kind === "outcome") ends.set(op, entry);
      if (kind !== "intent" || entry.account !== account) continue;
      known.set(op, { op, key, change: changeFrom(entry, ends.get(op) ?? { outcome: "unknown" }) });
    }
    if (!readOn(block, known.size)) break;
  }
  return [...known.values()];
}

function changeFrom(intent: Loose, end: Loose): Change {
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
