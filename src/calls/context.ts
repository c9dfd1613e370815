/** What a call brings along on its way through the gate, and the forms in which it comes out. */
import type { Approvals } from "../memory/approvals.ts";
import type { Changes } from "../memory/changes.ts";
import type { Confirmations } from "../memory/confirmations.ts";
import type { Halts } from "../memory/halts.ts";
import type { Imports } from "../memory/imports.ts";
import type { Journal } from "../memory/journal.ts";
import type { Earlier, Repeats } from "../memory/repeats.ts";
import type { WriteLock } from "../memory/write-lock.ts";
import type { CallResult } from "../values/call-result.ts";
import type { Loose } from "../values/loose.ts";
import type { Around } from "../woodpecker/around.ts";
import type { Client } from "../woodpecker/client.ts";
import type { CallTools, Operation } from "./operation.ts";

/** What came back from a form; `unasked` says why nobody was asked at all. */
export type FormAnswer =
  | { action: string; content?: Loose | undefined; note?: string; unasked?: undefined }
  | { unasked: string };

/** Puts a question to the person through the client; undefined when the client cannot. */
export type Ask = (message: string) => Promise<FormAnswer>;

/** For a client whose question travels in the result: nobody waits, and the same call comes again with the answer. */
export interface Rounds {
  /** Who calls: an answer counts only for the one that was asked. */
  principal: string;
  /** What the question went out with. */
  state?: string | undefined;
  answer?: { action: string; content?: Loose | undefined } | undefined;
}

export interface ConsentContext {
  ask?: Ask | undefined;
  rounds?: Rounds | undefined;
  /** Whose account: a token is worth nothing for another. */
  tenant: string;
  confirmations: Confirmations;
  approvals?: Approvals | undefined;
  /** The model never holds a token: a person agrees in a form, on the card or in a terminal. */
  onlyPersons?: boolean | undefined;
  /** The client shows the launch card, which alone gets a token. */
  card?: boolean | undefined;
  signal?: AbortSignal;
  now?: () => number;
}

export interface CallContext extends ConsentContext {
  client: Client;
  repeats: Repeats;
  journal: Journal;
  imports: Imports;
  changes: Changes;
  writeLock: WriteLock;
  halts: Halts;
  /** Name of the MCP client, for the journal. */
  caller?: string | undefined;
  /** Who called, as far as it is known. */
  person?: string | undefined;
  progress?: CallTools["progress"] | undefined;
  /** The client company that an agency's key acts in; part of every question. */
  company?: (() => Promise<string>) | undefined;
  companyId?: string | undefined;
  /** What people call the account; part of every question, too. */
  accountName?: string | undefined;
  /** No write leaves; each shows what it would have been. */
  dryRun?: boolean | undefined;
  readBackPauses?: readonly number[] | undefined;
  onDefect?: (error: unknown) => void;
}

/** A call whose arguments fit. */
export interface Call {
  operation: Operation;
  input: Loose;
  context: CallContext;
  /** Equal for equal writes. */
  key?: string;
  /** The same call was carried out, or begun, some minutes ago. */
  earlier?: Earlier | undefined;
  /** What campaigns of one call have around them, read once. */
  around?: Around | undefined;
  /** How many starts the whole call is about, for limits; one, where it is not said. */
  runs?: number | undefined;
  /** Changes with every halt of a campaign that it would send to; a person's word counts until then. */
  mark?: string;
  /** How halts of its campaign stood before the write. */
  marks?: { campaign: string; people: string } | undefined;
  /** When any of its campaigns was last started; a word from before it was for that start. */
  doneAt?: number | undefined;
  /** Asked right before each write leaves. @throws when it must not leave any more */
  mayLeave?: (() => Promise<void>) | undefined;
  /** Told before the first write leaves. */
  begun?: (() => Promise<void>) | undefined;
}

export interface Output {
  structured: Loose;
  text: string;
  /** For the page of a host; not shown to the model. */
  meta?: Loose;
}

/** How a call ended; unclear: its write may or may not have been carried out. */
export interface Ended {
  result: CallResult;
  certainty: "done" | "not_done" | "unclear";
}
