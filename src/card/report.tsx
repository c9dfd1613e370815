/** Several campaigns side by side: sorted by their replies, the best and the worst marked. */
import { percent, sayDay } from "./format.ts";
import { forPerson } from "./plain.ts";
import { Said } from "./said.tsx";
import { Bar, Head } from "./several.tsx";
import type { Report, ReportRow } from "./types.ts";
import { sayStatus } from "./words.ts";

const rateOf = ({ replied = 0, delivered = 0 }: ReportRow) => (delivered > 0 ? replied / delivered : -1);

export function ReportView({ report }: { report: Report }) {
  const { campaigns, best, worst, period, news = {}, not_read: unread = [], left_out: left = 0 } = report;
  const rows = campaigns.toSorted((a, b) => rateOf(b) - rateOf(a) || b.sent - a.sent);
  const most = Math.max(0.001, ...rows.map(rateOf));
  const mark = ({ id }: ReportRow) =>
    id === worst?.id
      ? { said: "Fewest replies", look: "warning" }
      : id === best?.id && { said: "Most replies", look: "good" };
  const reason = worst?.reason ?? best?.reason;
  return (
    <section class="panel" aria-labelledby="report">
      <h2 id="report">By reply rate</h2>
      <p class="quiet">
        {period ? `${sayDay(period.from)} to ${sayDay(period.to)} (UTC).` : "Since each campaign began."}{" "}
        {reason && forPerson(reason)}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Campaigns">
        <table class="report">
          <Head names={["Campaign", "Replied of delivered", ...columns.map(([label]) => label)]} words={2} />
          <tbody>
            {rows.map((row) => {
              const marked = mark(row);
              return (
                <tr class={marked ? marked.look : ""}>
                  <th scope="row">
                    {row.name} <span class="quiet">{sayStatus(row.status)}</span>{" "}
                    {marked && <span class={`badge ${marked.look}`}>{marked.said}</span>}
                  </th>
                  <td class="bar-cell">
                    <Bar
                      share={Math.max(0, rateOf(row)) / most}
                      look={marked && marked.look === "warning" ? "loss" : "tone-0"}
                    />
                    <span class="quiet">
                      {row.delivered
                        ? `${percent(row.replied ?? 0, row.delivered)}: ${row.replied} of ${row.delivered}`
                        : "nothing delivered"}
                    </span>
                  </td>
                  {columns.map(([, numberOf]) => (
                    <td class="number">{numberOf(row)}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {newsOf(news).map((line) => (
        <p class="quiet">{line}</p>
      ))}
      {unread.map(({ id, name, reason: why }) => (
        <p class="quiet">
          {name ?? `Campaign ${id}`} is not among them: <Said text={why} />
        </p>
      ))}
      {left > 0 && <p class="quiet">{left} more campaigns are not shown.</p>}
    </section>
  );
}

const columns: [string, (row: ReportRow) => string | number][] = [
  ["People", ({ people }) => people ?? ""],
  ["Sent", ({ sent }) => sent],
  ["Opened", ({ opened = 0 }) => String(opened)],
  ["Interested", ({ interested = 0 }) => interested],
  ["Bounced", ({ bounced = 0 }) => bounced],
  ["Opted out", ({ opted_out: out = 0 }) => out],
];

/** How many of each are new. */
function newsOf({ since, ...kinds }: NonNullable<Report["news"]>): string[] {
  const counts = Object.entries(kinds).flatMap(([kind, list]) =>
    Array.isArray(list) && list.length > 0 ? [`${kind.replaceAll("_", " ")}: ${list.length}`] : [],
  );
  return counts.length > 0 ? [`New since ${forPerson(String(since ?? ""))}: ${counts.join(" · ")}`] : [];
}
