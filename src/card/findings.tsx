/** What the check found, beside the line it concerns. */
import { findingsOf, type Line, placesOf } from "./data.ts";
import { counted } from "./format.ts";
import { capital, sayPath } from "./plain.ts";
import { Said } from "./said.tsx";
import type { Finding, Known, Severity } from "./types.ts";
import { severityWords } from "./words.ts";

interface Props {
  list: readonly Finding[];
  /** They do not stand beside what they are about. */
  namesPlace?: boolean;
}

export function Findings({ list, namesPlace = false }: Props) {
  if (list.length === 0) return null;
  return (
    <ul class="findings">
      {list.map((finding) => (
        <li class={`finding ${finding.severity}`}>
          <strong>{severityWords[finding.severity]}</strong> {namesPlace && placeSaid(finding)}
          <Said text={finding.message} />{" "}
          <span class="remedy">
            <Said text={finding.remedy} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** "It needs at least 1 entry" speaks of the field; other sentences name it. */
function placeSaid({ path, step, version = "", message }: Finding): string {
  if (path && message.startsWith("It ")) return `${capital(sayPath(path))}: `;
  return step === undefined ? "" : `Step ${`${step} ${version}`.trim()}: `;
}

/** Those of one line: of a version where it is about one, else of the step. What is about several lines stands at the first. */
export const findingsAt = (known: Known, lines: readonly Line[], step?: number, version?: string) =>
  findingsOf(known).filter((finding) => {
    const here = placesOf(finding).find(
      (place) => place.step === step && (place.version === undefined || place.version === version),
    );
    return here !== undefined && lines.includes(here.line);
  });

/** "1 error, 2 warnings": what a step or a version has, in the least room. */
export function Tally({ list }: { list: readonly Finding[] }) {
  const parts = tallyOf(list);
  const [gravest] = parts;
  if (!gravest) return null;
  return <span class={`tally ${gravest.severity}`}>{parts.map(({ said }) => said).join(", ")}</span>;
}

/** By gravity. */
const counts: [Severity, (count: number) => string][] = [
  ["error", (count) => counted(count, "error")],
  ["could_not_check", (count) => `${count} not checked`],
  ["warning", (count) => counted(count, "warning")],
  ["info", (count) => counted(count, "note")],
];

/** What is only good to know is counted where there is nothing graver. */
export function tallyOf(list: readonly Finding[]): { severity: Severity; said: string }[] {
  const all = counts.flatMap(([severity, say]) => {
    const count = list.filter((one) => one.severity === severity).length;
    return count > 0 ? [{ severity, said: say(count) }] : [];
  });
  return all.length > 1 ? all.filter(({ severity }) => severity !== "info") : all;
}
