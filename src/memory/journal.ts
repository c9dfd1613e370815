/**
 * What this server did to the account, newest first, for "what did you just do?" and for lost answers. With a ledger it
 * is on disk and outlives the process; without one it holds the last writes of this process.
 */
import { randomBytes } from "node:crypto";
import type { Loose } from "../values/loose.ts";
import { sharedLost } from "../woodpecker/failure.ts";
import { type Change, changeFrom, cutOff, type ReadOn, type Recorded, read } from "./journal-lines.ts";
import type { Ledger } from "./ledger.ts";
import { parse } from "./ledger-lines.ts";
import type { Wanted, Watched } from "./ledger-watch.ts";
import { WINDOW_MS } from "./repeats.ts";

export type { Change };

/** All that limits, repeats and confirmations need to know of a change. */
export type Done = Pick<Change, "time" | "outcome" | "campaign_id" | "people">;

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
  /** What a tool did in the last 24 hours, for limits. @throws when the book cannot be read */
  history(tool: string): Promise<readonly Done[]>;
  /** The same call of the last ten minutes, by another process or before a restart, of which nobody knows whether it was carried out. */
  inDoubt(key: string): Promise<Done | undefined>;
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

export function createJournal(options: JournalOptions = {}): Journal {
  const { now = () => new Date(), ledger, book, tenant = "", onUnwritten, strict } = options;
  const account = tenant.slice(0, 8);
  const own: Recorded[] = [];

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

  const watches = new Map<string, () => Iterable<Watched>>();

  /** From the ledger alone, without reading it whole each time: what others did, or this process before a restart. */
  function inLedgerLately(wanted: Pick<Wanted, "tool" | "keyed" | "since">): Watched[] {
    if (!ledger) return [];
    const name = wanted.tool ?? "";
    const watch = watches.get(name) ?? ledger.watch({ ...wanted, account, now });
    watches.set(name, watch);
    const mine = new Set<unknown>(own.map(({ op }) => op));
    return [...watch()].filter(({ op }) => !mine.has(op));
  }

  const inLedger = (): Iterable<readonly Loose[]> => ledger?.backwards() ?? [];
  const inBook = async () => [((await book?.entries()) ?? []).reverse()];

  function since(ms: number): ReadOn {
    const first = new Date(now().getTime() - ms).toISOString();
    return (block) => block.some(({ time }) => String(time) >= first);
  }

  /** What others did, or this process before a restart. */
  function others(blocks: Iterable<readonly Loose[]>, readOn: ReadOn): Recorded[] {
    const mine = new Set(own.map(({ op }) => op));
    return read(blocks, account, readOn).filter(({ op }) => !mine.has(op));
  }

  const newestFirst = (known: Recorded[]): Change[] =>
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
      const known = others(book ? await inBook().catch(inLedger) : inLedger(), readOn);
      return newestFirst([...own, ...known]).slice(0, MAX_LISTED);
    },
    async history(tool) {
      const ofTool = (known: readonly Recorded[]) =>
        known.map(({ change }) => change).filter((change) => change.tool === tool);
      const known = book
        ? ofTool(others(await inBook(), since(DAY_MS)))
        : inLedgerLately({ tool, since: DAY_MS });
      return [...ofTool(own), ...known];
    },
    async inDoubt(key) {
      const from = new Date(now().getTime() - WINDOW_MS).toISOString();
      const known = book
        ? others(await inBook(), since(WINDOW_MS)).map((one) => ({ ...one.change, key: one.key }))
        : inLedgerLately({ keyed: true, since: WINDOW_MS });
      const found = known.find((one) => one.key === key && one.outcome === "unknown" && one.time >= from);
      return found && "line" in found ? changeFrom(parse(found.line ?? "") ?? {}, cutOff) : found;
    },
    wrote: () => own.length > 0,
  };
}

const unwritable = ({ code, message }: NodeJS.ErrnoException) =>
  `The ledger of writes could not be written (${code ?? message})`;
