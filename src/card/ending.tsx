/** What came of a call: its outcome, or why it failed. */
import { useEffect, useRef } from "preact/hooks";
import { capital, forPerson } from "./plain.ts";
import { Said } from "./said.tsx";
import { Several } from "./several.tsx";
import type { Ended } from "./types.ts";
import { outcomeWords } from "./words.ts";

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

const looks = new Set(["accepted", "partial", "failed"]);

export function Ending({ ended, takesFocus }: { ended: Ended } & TakesFocus) {
  const notice = useFocus<HTMLParagraphElement>(takesFocus);
  const { outcome, status, undo, next = "", request, campaigns } = ended;
  const runs = status === "RUNNING" && !["dry_run", "accepted"].includes(outcome);
  const sentence = runs ? "The campaign is running." : (outcomeWords[outcome] ?? outcome);
  const undone = typeof undo === "string" ? forPerson(undo) : "";
  return (
    <section class="panel" aria-label="Result">
      <p class={`notice ${looks.has(outcome) ? "warning" : "good"}`} ref={notice} tabIndex={-1} role="status">
        <strong>{sentence}</strong> {runs && outcome === "already" ? outcomeWords.already : ""}
        {request ? `The request would be: ${request.method} ${request.path}` : ""}
      </p>
      {campaigns && <Several campaigns={campaigns} />}
      {runs ? (
        <p class="quiet">
          The assistant can pause it at any time. E-mails that have left cannot be recalled.
        </p>
      ) : (
        <p class="quiet">
          {undone ? `To take it back: ${undone} ` : undo ? "The assistant can take it back. " : ""}
          <Said text={next} />
        </p>
      )}
    </section>
  );
}

/** The server explains failures in three parts, each a line; what it found stands in lines of its own. */
export function Failure({ text, takesFocus }: { text: string } & TakesFocus) {
  const section = useFocus<HTMLElement>(takesFocus);
  const lines = text
    .split("\n")
    .map((line) => line.replace(/^Next: (.)/, (_all, first) => first.toUpperCase()));
  const [what = "", ...rest] = lines.map(forPerson).filter(Boolean);
  return (
    <section class="panel" ref={section} tabIndex={-1} aria-label="Failure">
      <p class="notice warning">
        <strong>
          <Said text={what} />
        </strong>
      </p>
      {rest.map((line) =>
        line.startsWith("- ") ? (
          <p class="finding error">
            <Said text={capital(line.slice(2))} />
          </p>
        ) : (
          <p>
            <Said text={line} />
          </p>
        ),
      )}
    </section>
  );
}
