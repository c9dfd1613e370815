/** The record of a call's writes: the journal is told before the first one leaves, and how the call ended. */
import type { Change, Recording } from "../memory/journal.ts";
import { Refusal } from "../values/refusal.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { Call } from "./context.ts";
import { peopleIn } from "./people.ts";
import { campaignOf } from "./result.ts";

/** The writes of one call. */
export interface Writes {
  api: Api;
  /** Whether one has left. */
  left(): boolean;
  /** Of the journal; nothing before the first write. */
  changeId(): string | undefined;
  /** Whether this failure leaves a write in doubt: it is the write's own, or nothing was read since the write was answered. */
  mayExplain(failure: unknown): boolean;
  /** Tells the journal how the call ended, if it was told of it. */
  end(ending: Partial<Change>): Promise<void>;
  /** What could not be written down of them. */
  notRecorded(): string | undefined;
}

/** An api that notes what becomes of writes. @param begin called before the first; without it nothing counts as a write */
export function recordWrites(api: Api, begin: (() => Promise<Recording>) | undefined): Writes {
  let recording: Recording | undefined;
  let left = false;
  let failure: unknown;
  let justAnswered = false;
  const reading = <T>(answer: Promise<T>) => {
    justAnswered = false;
    return answer;
  };
  return {
    left: () => left,
    changeId: () => recording?.id,
    mayExplain: (error) => error === failure || justAnswered,
    end: async (ending) => recording?.end(ending),
    notRecorded: () => recording?.notRecorded(),
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
          return answer;
        } catch (error) {
          failure = error;
          throw error;
        }
      },
    },
  };
}

/** Tells the journal, and the memory of repeats, that a write is about to leave. */
export async function begin(
  { operation, input, context, key, begun }: Call,
  consent: string | undefined,
): Promise<Recording> {
  const { journal, caller } = context;
  const intent = {
    tool: operation.name,
    ...(caller && { client: caller }),
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
