/** The steps as a timeline: what happens, how long it waits, when it may leave. */

import { findingsOf, placeOf, stepsOf } from "./data.ts";
import { Findings, findingsAt, Tally } from "./findings.tsx";
import type { Known, SequenceStep } from "./types.ts";
import { counted, sayWait, sayWindow } from "./words.ts";

interface Props {
  known: Known;
  selected: number;
  onSelect(step: number): void;
}

export function Sequence({ known, selected, onSelect }: Props) {
  return (
    <ol class="sequence" aria-label="Steps of the campaign">
      {stepsOf(known).map((step) => (
        <li>
          {step.wait && <p class="wait">{sayWait(step.wait)} later</p>}
          <Findings list={findingsAt(known, ["wait"], step.step)} />
          <StepButton known={known} step={step} isSelected={step.step === selected} onSelect={onSelect} />
          <Findings list={findingsAt(known, ["delivery_times"], step.step)} />
        </li>
      ))}
    </ol>
  );
}

const actions = new Map([
  ["VISIT_PROFILE", "LinkedIn visit"],
  ["CONNECTION_REQUEST", "LinkedIn invitation"],
  ["DIRECT_MESSAGE", "LinkedIn message"],
  ["INMAIL_MESSAGE", "LinkedIn InMail"],
]);

function StepButton({
  known,
  step,
  isSelected,
  onSelect,
}: {
  known: Known;
  step: SequenceStep;
  isSelected: boolean;
  onSelect: Props["onSelect"];
}) {
  const { step: number, type, versions, delivery_times: windows = [], linkedin } = step;
  const what = type === "EMAIL" ? "E-mail" : (actions.get(linkedin?.action ?? "") ?? "LinkedIn");
  const found = findingsOf(known).filter((finding) => placeOf(finding).step === number);
  const letters = versions.map(({ version }) => version);
  return (
    <button type="button" class="step" aria-pressed={isSelected} onClick={() => onSelect(number)}>
      <span class="title">
        Step {number} · {what}
      </span>
      {versions.length > 1 && (
        <span class="quiet">
          {counted(versions.length, "version")}, {letters[0]} to {letters.at(-1)}
        </span>
      )}
      {windows.map((window) => (
        <span class="quiet">{sayWindow(window)}</span>
      ))}
      <Tally list={found} />
    </button>
  );
}
