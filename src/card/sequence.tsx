/** The steps as a timeline: what happens, how long it waits, when it may leave. */

import { useEffect, useRef } from "preact/hooks";
import { findingsOf, isAt, stepsOf } from "./data.ts";
import { Findings, findingsAt, Tally } from "./findings.tsx";
import { counted, sayWait, sayWindow } from "./format.ts";
import type { Known, SequenceStep } from "./types.ts";
import { linkedinWords } from "./words.ts";

interface Props {
  known: Known;
  selected: number;
  onSelect(step: number): void;
}

export function Sequence({ known, selected, onSelect }: Props) {
  // Many steps scroll by themselves, so that the e-mail stays in view beside them.
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const [box, chosen] = [list.current, list.current?.querySelector<HTMLElement>("[aria-pressed=true]")];
    if (!box || !chosen) return;
    const top = chosen.offsetTop - box.offsetTop;
    const end = top + chosen.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (end > box.scrollTop + box.clientHeight) box.scrollTop = end - box.clientHeight;
  }, [selected]);
  return (
    <ol class="sequence" aria-label="Steps of the campaign" ref={list}>
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

export const whatOf = ({ type, linkedin }: SequenceStep) =>
  type === "EMAIL" ? "E-mail" : (linkedinWords[linkedin?.action ?? ""] ?? "LinkedIn");

interface StepProps extends Omit<Props, "selected"> {
  step: SequenceStep;
  isSelected: boolean;
}

function StepButton({ known, step, isSelected, onSelect }: StepProps) {
  const { step: number, type, versions, delivery_times: windows = [] } = step;
  const found = findingsOf(known).filter((finding) => isAt(finding, number));
  const letters = versions.map(({ version }) => version);
  return (
    <button type="button" class="step" aria-pressed={isSelected} onClick={() => onSelect(number)}>
      <span class="title">
        Step {number} · {whatOf(step)}
      </span>
      {versions.length > 1 && (
        <span class="quiet">
          {counted(versions.length, "version")}, {letters[0]} to {letters.at(-1)}
        </span>
      )}
      {(type === "EMAIL" ? windows : []).map((window) => (
        <span class="quiet">{sayWindow(window)}</span>
      ))}
      <Tally list={found} />
    </button>
  );
}
