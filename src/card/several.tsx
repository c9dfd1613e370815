/** Several campaigns in one question or one result: a row for each, with a bar for what it would send to. */
import { factsIn } from "./facts.tsx";
import { capital } from "./plain.ts";
import { Said } from "./said.tsx";
import type { Launch, OneOfSeveral } from "./types.ts";
import { outcomeWords, sayStatus } from "./words.ts";

interface Props {
  campaigns: readonly OneOfSeveral[];
  facts?: Launch["facts"];
}

interface Row extends OneOfSeveral {
  own: Record<string, string>;
  people?: number;
}

export function Several({ campaigns, facts = {} }: Props) {
  const rows = campaigns.map((part) => rowOf(part, facts));
  const going = rows.filter(({ reason }) => reason === undefined);
  const left = rows.filter(({ reason }) => reason !== undefined);
  const most = Math.max(1, ...going.map(({ people = 0 }) => people));
  going.sort((a, b) => (b.people ?? 0) - (a.people ?? 0));
  return (
    <>
      {going.length > 0 && (
        <table class="bars several">
          <Head names={["Campaign", "Bar", "What"]} />
          <tbody>
            {going.map((row) => (
              <tr>
                <th scope="row">
                  {nameOf(row)}
                  {row.status && <span class="quiet"> {sayStatus(row.status)}</span>}
                </th>
                <td class="bar-cell">{row.people !== undefined && <Bar share={row.people / most} />}</td>
                <td>
                  <Said text={saidOf(row)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {left.length > 0 && (
        <ul class="findings">
          {left.map((row) => (
            <li class="finding warning">
              <strong>{outcomeWords[row.outcome] ?? row.outcome}</strong> {nameOf(row)}:{" "}
              <Said text={(row.reason ?? "").replaceAll("\n", " ")} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface HeadProps {
  names: readonly string[];
  /** So many at the left are words; without it, what the columns are is seen, and only a screen reader has to be told. */
  words?: number;
}

export const Head = ({ names, words }: HeadProps) => (
  <thead class={words === undefined ? "hidden" : ""}>
    <tr>
      {names.map((name, index) => (
        <th scope="col" class={words !== undefined && index >= words ? "number" : ""}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
);

export const Bar = ({ share, look = "tone-0" }: { share: number; look?: string }) => (
  <svg aria-hidden="true" width="100%" height="14" preserveAspectRatio="none">
    <rect class="track" width="100%" height="14" rx="3" />
    <rect class={look} width={`${Math.min(100, share * 100)}%`} height="14" rx="3" />
  </svg>
);

const nameOf = ({ name, campaign_id: id }: OneOfSeveral) => name ?? `Campaign ${id}`;

function rowOf(part: OneOfSeveral, facts: Launch["facts"]): Row {
  const label = Object.keys(facts).find(
    (one) => Number.parseInt(one.replace("campaign ", ""), 10) === part.campaign_id,
  );
  const own = label === undefined ? {} : factsIn(String(facts[label]));
  const people = Number.parseInt(own["will be written to"] ?? own["people enrolled"] ?? "", 10);
  return { ...part, own, ...(Number.isFinite(people) && { people }) };
}

function saidOf({ own, people, outcome }: Row): string {
  const lines = [
    own["will be written to"] !== undefined && `${people} will get e-mails`,
    own["will be written to"] === undefined && people !== undefined && `${people} people`,
    own["e-mails sent"] !== undefined && `${own["e-mails sent"]} e-mails sent`,
    own["will not"],
    own.senders && `from ${own.senders}`,
    own["last day"] && `last day ${own["last day"]}`,
  ].filter(Boolean);
  return lines.length > 0 ? capital(`${lines.join("; ")}.`) : (outcomeWords[outcome] ?? outcome);
}
