/** What the check found, as a whole; what concerns a line stands beside that line. */

import { findingsElsewhere, findingsOf } from "./data.ts";
import { Findings, tallyOf } from "./findings.tsx";
import { counted } from "./format.ts";
import { forPerson } from "./plain.ts";
import { Said } from "./said.tsx";
import type { Check, Known } from "./types.ts";

export function CheckPanel({ known, check }: { known: Known; check: Check }) {
  const { not_sending: reasons = [], left_out: left = 0 } = check;
  return (
    <section class="panel" aria-labelledby="check">
      <h2 id="check">The check</h2>
      <Found known={known} />
      {reasons.length > 0 && (
        <>
          <h3>Why nothing is sent, or may not be</h3>
          <ol>
            {reasons
              .map(forPerson)
              .filter(Boolean)
              .map((reason) => (
                <li>
                  <Said text={reason} />
                </li>
              ))}
          </ol>
        </>
      )}
      {left > 0 && <p class="quiet">{left} more did not fit into the result.</p>}
    </section>
  );
}

/** What stands among the facts is not said again. */
const isFact = ({ launch }: Known, message: string) =>
  Object.values(launch?.facts ?? {}).some((value) => String(value) === message.replace(/\.$/, ""));

/** The sum of it in a sentence, and what concerns the campaign as a whole. */
export function Found({ known }: { known: Known }) {
  const findings = findingsOf(known);
  const own = findingsElsewhere(known);
  const notes = own.filter(({ severity, message }) => severity === "info" && !isFact(known, message));
  const counts = tallyOf(findings).map((one) => one.said);
  const beside = findings.length > own.length ? " What concerns a step stands beside it, below." : "";
  return (
    <>
      <p>
        {counts.length === 0
          ? "The check found nothing."
          : `The check found ${counts.join(" and ")}.${beside}`}
      </p>
      <Findings list={own.filter(({ severity }) => severity !== "info")} namesPlace />
      {notes.length > 0 && (
        <details>
          <summary>{counted(notes.length, "note")}, good to know</summary>
          <Findings list={notes} namesPlace />
        </details>
      )}
    </>
  );
}
