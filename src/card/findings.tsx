/** What the check found, beside the line it concerns. */
import { findingsOf, type Line, placeOf } from "./data.ts";
import type { Finding, Known, Severity } from "./types.ts";
import { counted } from "./words.ts";

const names: Record<Severity, string> = {
  error: "Error",
  could_not_check: "Not checked",
  warning: "Warning",
  info: "Good to know",
};

interface Props {
  list: readonly Finding[];
  /** They do not stand beside what they are about. */
  namesPlace?: boolean;
}

export function Findings({ list, namesPlace = false }: Props) {
  if (list.length === 0) return null;
  return (
    <ul class="findings">
      {list.map(({ severity, step, version = "", message, remedy }) => (
        <li class={`finding ${severity}`}>
          <strong>{names[severity]}</strong>{" "}
          {namesPlace && step !== undefined && `Step ${`${step} ${version}`.trim()}: `}
          {message} <span class="remedy">{remedy}</span>
        </li>
      ))}
    </ul>
  );
}

/** Those of one line: of a version where it is about one, else of the step, else of the campaign. */
export const findingsAt = (known: Known, lines: readonly Line[], step?: number, version?: string) =>
  findingsOf(known).filter((finding) => {
    const place = placeOf(finding);
    return (
      lines.includes(place.line) &&
      place.step === step &&
      (place.version === undefined || place.version === version)
    );
  });

/** "1 error, 2 warnings": what a step or a version has, in the least room. */
export function Tally({ list }: { list: readonly Finding[] }) {
  const parts = tallyOf(list);
  const [gravest] = parts;
  if (!gravest) return null;
  return <span class={`tally ${gravest.severity}`}>{parts.map(({ said }) => said).join(", ")}</span>;
}

/** By gravity. What is only good to know is counted where there is nothing graver. */
export function tallyOf(list: readonly Finding[]): { severity: Severity; said: string }[] {
  const count = (severity: Severity) => list.filter((one) => one.severity === severity).length;
  const [errors, unchecked, warnings, notes] = [
    count("error"),
    count("could_not_check"),
    count("warning"),
    count("info"),
  ];
  const grave: { severity: Severity; said: string }[] = [
    ...(errors > 0 ? [{ severity: "error" as const, said: counted(errors, "error") }] : []),
    ...(unchecked > 0 ? [{ severity: "could_not_check" as const, said: `${unchecked} not checked` }] : []),
    ...(warnings > 0 ? [{ severity: "warning" as const, said: counted(warnings, "warning") }] : []),
  ];
  return grave.length > 0 || notes === 0 ? grave : [{ severity: "info", said: counted(notes, "note") }];
}
