/** The record of a call's writes: the journal is told before the first one leaves, and how the call ended. */
import type { Change, Recording } from "../memory/journal.ts";
import { oneLine } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { WriteRequest } from "../woodpecker/requests.ts";
import type { Call } from "./context.ts";
import { peopleIn } from "./people.ts";
import type { Ready } from "./prepare.ts";
import { campaignOf } from "./result.ts";
import { traceOf, undoWords } from "./trace.ts";

/** The writes of one call. */
export interface Writes {
  api: Api;
  /** Whether one has left. */
  left(): boolean;
  /** Of the journal; nothing before the first write. */
  changeId(): string | undefined;
  /** Whether this failure leaves a write in doubt: it is the write's own, or nothing was read since the write was answered. */
  mayExplain(failure: unknown): boolean;
  /** Tells the journal how the call ended and what was changed, if it was told of it; `undo` in words, where that is to be found here. */
  end(ending: Partial<Change>, output?: Loose): Promise<{ undo?: string }>;
  /** What could not be written down of them. */
  notRecorded(): string | undefined;
}

/**
 * An api that notes what becomes of writes.
 *
 * @param begin called before the first; without it nothing counts as a write
 */
export function recordWrites(
  { api, prepared }: Ready,
  call: Call,
  begin: (() => Promise<Recording>) | undefined,
): Writes {
  const { operation, context } = call;
  let recording: Recording | undefined;
  let left = false;
  let failure: unknown;
  const done: WriteRequest[] = [];
  let doubtful: WriteRequest | undefined;
  let valuesLost: string | undefined;
  let justAnswered = false;
  const reading = <T>(answer: Promise<T>) => {
    justAnswered = false;
    return answer;
  };
  return {
    left: () => left,
    changeId: () => recording?.id,
    mayExplain: (error) => error === failure || justAnswered,
    async end(ending, output = {}) {
      if (!recording) return {};
      // Nobody got its answer, and it was done.
      const all = doubtful && ending.outcome === "done" ? [...done, doubtful] : done;
      const held = ending.outcome === "accepted" ? [] : all;
      const { facts, kept } = traceOf(call, prepared, held, output);
      await recording.end({ ...facts, ...ending });
      const keeping = context.changes.keep(recording.id, kept);
      if (operation.effect === "halt") return {};
      if (!(await keeping) && kept.edits.length > 0) valuesLost = UNKEPT;
      const undo = undoWords(operation.name, kept);
      return undo === undefined ? {} : { undo };
    },
    notRecorded() {
      const lost = [recording?.notRecorded(), valuesLost].filter(Boolean);
      return lost.length > 0 ? lost.join(" ") : undefined;
    },
    api: {
      get: (...request) => reading(api.get(...request)),
      getCounted: (...request) => reading(api.getCounted(...request)),
      async send(...request) {
        if (begin) {
          recording ??= await begin();
          left = true;
        }
        try {
          const answer = await api.send(...request);
          justAnswered = true;
          done.push(request[0]);
          return answer;
        } catch (error) {
          failure = error;
          doubtful = request[0];
          throw error;
        }
      },
    },
  };
}

const UNKEPT =
  "What the values were before could not be recorded on disk or in Redis; list_recent_changes knows it as long as this server runs.";

/** Tells the journal, and the memory of repeats, that a write is about to leave. */
export async function begin(
  { operation, input, context, key, begun }: Call,
  consent: string | undefined,
): Promise<Recording> {
  const { journal, caller = "", person } = context;
  // A client says of itself what it likes; the journal is of all clients of the account.
  const client = oneLine(caller, 80);
  const intent = {
    tool: operation.name,
    ...(client && { client }),
    ...(person && { person }),
    ...campaignOf(input),
    ...peopleIn(input),
    ...(consent && { consent }),
    ...(key && { key }),
  };
  try {
    await begun?.();
    return await journal.begin(intent, operation.effect === "halt");
  } catch (error) {
    if (error instanceof ApiFailure) throw error;
    throw new Refusal(
      `${operation.title}: the ledger of writes cannot be written, and without it nothing may be changed.`,
      "the operator of this server has to fix WOODPECKER_LEDGER.",
      "Nothing was sent and nothing was changed.",
    );
  }
}
