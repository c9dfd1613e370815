/** Which era of the protocol a client on stdio speaks; the SDK of that era is loaded with the first message that needs it. */
import { couldNotLoad } from "../accounts/lazy.ts";
import { asObject } from "../values/loose.ts";
import { type FirstAnswers, firstAnswers } from "./first-answers.ts";
import { opensModern } from "./opening.ts";
import type { ServingOptions } from "./serving.ts";
import type { Wire } from "./wire.ts";

/** @returns whether it was a message of the era */
type Read = (message: unknown) => boolean;
type Era = (message: unknown) => boolean | Promise<boolean>;

/**
 * A client opens in one of the two eras. One that opened with the handshake stays there; one that only looked what the other era
 * holds may still turn to the handshake. What is not a message chooses nothing.
 */
export function chooseEra(wire: Wire, serving: ServingOptions): (message: unknown) => void {
  const answers = firstAnswers(serving);
  const handshake = openEra(answers.handshake, wire, async (to) =>
    (await import("./handshake.ts")).openHandshake(serving, to),
  );
  const modern = openEra(answers.modern, wire, async (to) =>
    (await import("./modern/over-stdio.ts")).openModern(serving, to),
  );
  let era: Era | undefined;
  const waiting: unknown[] = [];
  return async (message) => {
    if (waiting.push(message) > 1) return;
    // Whoever sends an id twice in one breath has both under way.
    await undefined;
    // One turn for each: a request that is cancelled in the same breath is not answered, and another one with its id is not meant.
    for (const next of waiting) {
      try {
        const chosen = isHandshake(next) ? handshake : (era ?? (opensModern(next) ? modern : handshake));
        if (await chosen(next)) era = chosen;
      } catch (error) {
        wire.failed(error as Error);
      }
    }
    waiting.length = 0;
  };
}

const isHandshake = (message: unknown) => asObject(message).method === "initialize" && !opensModern(message);

/** Answers what it can by itself; with the first other message the SDK takes over, and is told what was said until then. */
function openEra(answer: FirstAnswers, wire: Wire, load: (wire: Wire) => Promise<Read>): Era {
  /** By method: of several the last one counts. */
  const said = new Map<unknown, unknown>();
  let read: Read | undefined;
  return (message) => {
    if (read) return read(message);
    const { id, method } = asObject(message);
    const result = answer(message);
    if (result) {
      said.set(method, message);
      if (id !== undefined) wire.send({ result, jsonrpc: "2.0", id });
      return true;
    }
    return catchUp(said.values(), wire, load).then(
      (caughtUp) => {
        read = caughtUp;
        return read(message);
      },
      (error) => {
        if (method !== undefined && id !== undefined)
          wire.send({ jsonrpc: "2.0", id, error: { code: -32603, message: couldNotLoad } });
        throw error;
      },
    );
  };
}

/** An SDK that was told what was said before; its answers to that the client has already. */
async function catchUp(
  said: Iterable<unknown>,
  wire: Wire,
  load: (wire: Wire) => Promise<Read>,
): Promise<Read> {
  let answered: (() => void) | undefined;
  const read = await load({
    failed: wire.failed,
    send: async (message) => (answered ? answered() : wire.send(message)),
  });
  for (const message of said) {
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    read(message);
    if ("id" in asObject(message)) await answer;
  }
  answered = undefined;
  return read;
}
