/** What came of a call: its outcome, or why it failed. */
import { useEffect, useRef } from "preact/hooks";
import type { Ended } from "./types.ts";

interface TakesFocus {
  /** The person has just decided: the keyboard and the screen reader go to what came of it. */
  takesFocus: boolean;
}

function useFocus<E extends HTMLElement>(takesFocus: boolean) {
  const ref = useRef<E>(null);
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus]);
  return ref;
}

const outcomes: Record<string, string> = {
  done: "Done.",
  accepted: "Woodpecker accepted it, but the campaign does not read so.",
  already: "That was already so; nothing was changed.",
  coalesced: "The same call was under way; this is its result.",
  deduplicated: "This was done already; nothing was done again.",
  dry_run: "A dry run: nothing was sent and nothing was changed.",
};

export function Ending({ ended, takesFocus }: { ended: Ended } & TakesFocus) {
  const notice = useFocus<HTMLParagraphElement>(takesFocus);
  const { outcome, status, undo, next, request } = ended;
  const runs = status === "RUNNING" && outcome !== "dry_run";
  const sentence = runs ? "The campaign is running." : (outcomes[outcome] ?? outcome);
  return (
    <section class="panel" aria-label="Result">
      <p class="notice good" ref={notice} tabIndex={-1} role="status">
        <strong>{sentence}</strong> {runs && outcome === "already" ? outcomes.already : ""}
        {request ? `The request would be: ${request.method} ${request.path}` : ""}
      </p>
      {runs ? (
        <p class="quiet">
          The assistant can pause it at any time. E-mails that have left cannot be recalled.
        </p>
      ) : (
        <p class="quiet">
          {undo && `To take it back: ${undo}. `}
          {next}
        </p>
      )}
    </section>
  );
}

/** The server explains failures in three parts, each a line. */
export function Failure({ text, takesFocus }: { text: string } & TakesFocus) {
  const section = useFocus<HTMLElement>(takesFocus);
  return (
    <section class="panel" ref={section} tabIndex={-1} aria-label="Failure">
      {text.split("\n").map((line, index) => (
        <p class={index === 0 ? "lead" : ""}>{line}</p>
      ))}
    </section>
  );
}
