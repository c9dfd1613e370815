/** The sends by day as stacked bars, with the same numbers as a table. */

import { counted, momentOf, sayDay, sayShortDay, sayTime } from "./format.ts";
import { Head } from "./several.tsx";
import type { Calendar } from "./types.ts";
import { useWidth } from "./use-width.ts";

const DAY = 86_400_000;
const HEIGHT = 132;
const [TOP, BOTTOM, LEFT] = [18, 22, 4];
/** Beyond this, days without a send are left out of the picture. */
const MAX_SPAN = 120;

type Day = Calendar["days"][number];

export function CalendarChart({ calendar }: { calendar: Calendar }) {
  const { ref, width } = useWidth<HTMLDivElement>(560);
  const {
    timezone,
    total,
    first_send: first,
    last_send: last,
    never = 0,
    days_left_out: left = 0,
    linkedin = 0,
  } = calendar;
  const steps = [...new Set(calendar.days.flatMap((day) => Object.keys(day.by_step)))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const holidays = calendar.days.filter(({ holiday }) => holiday);
  const most = Math.max(0, ...calendar.days.map((day) => day.total));
  const when = first && last ? `, from ${sayTime(first)} to ${sayTime(last)}${yearAfter(first, last)}` : "";
  const peak = total > 0 && left === 0 ? `, at most ${most} a day` : "";
  const lost = never > 0 ? `; ${never} would never leave` : "";
  const what = [
    ...(total > linkedin || linkedin === 0 ? [counted(total - linkedin, "e-mail")] : []),
    ...(linkedin > 0 ? [counted(linkedin, "LinkedIn action")] : []),
  ].join(" and ");
  const summary = `${what}${when} (${timezone})${peak}${lost}.`;
  return (
    <section class="panel" aria-labelledby="calendar">
      <h2 id="calendar">Calendar of sends</h2>
      <p class="quiet">{summary} A forecast: nobody answers, bounces or opts out in it.</p>
      {holidays.length > 0 && <p>On public holidays: {holidays.map(holidayOf).join(", ")}.</p>}
      {calendar.days.length > 0 && (
        <>
          <div class="chart" ref={ref}>
            <Bars days={withGaps(calendar.days)} steps={steps} width={width} summary={summary} />
          </div>
          <ul class="legend" aria-hidden="true">
            {steps.slice(0, TONES).map((_step, index) => (
              <li>
                <i class={`tone-${toneOf(index)}`} /> {legendOf(steps, index)}
              </li>
            ))}
          </ul>
          <details>
            <summary>The same as a table</summary>
            <table>
              <Head names={["Day", ...steps.map((step) => `Step ${step}`), "All"]} words={1} />
              <tbody>
                {calendar.days.map((day) => (
                  <tr>
                    <th scope="row">{dayOf(day)}</th>
                    {steps.map((step) => (
                      <td class="number">{day.by_step[step] ?? 0}</td>
                    ))}
                    <td class="number">{day.total}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
          {spanOf(calendar.days) > MAX_SPAN && (
            <p class="quiet">The picture leaves out days without a send.</p>
          )}
          {left > 0 && <p class="quiet">{counted(left, "more day")} not shown.</p>}
        </>
      )}
    </section>
  );
}

/** Fri 25 Dec (Christmas Day) */
const dayOf = ({ date, holiday }: Pick<Day, "date" | "holiday">) =>
  holiday ? `${sayDay(date)} (${holiday})` : sayDay(date);
const holidayOf = (day: Day) => `${dayOf(day)}: ${day.total}`;

const TONES = 8;
/** The last tone stands for all steps that are left, since one that came twice would say that two are the same. */
const toneOf = (index: number) => Math.min(index, TONES - 1);
const legendOf = (steps: readonly string[], index: number) =>
  index === TONES - 1 && steps.length > TONES
    ? `Steps ${steps[index]} to ${steps.at(-1)}; the table has each`
    : `Step ${steps[index]}`;

/** Said where it is another one than that of the first send. */
const yearAfter = (first: string, last: string) =>
  first.slice(0, 4) === last.slice(0, 4) ? "" : ` of ${last.slice(0, 4)}`;

function spanOf(days: readonly Day[]): number {
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? (momentOf(last.date) - momentOf(first.date)) / DAY + 1 : 0;
}

function withGaps(days: readonly Day[]): Day[] {
  const [first] = days;
  const span = spanOf(days);
  if (!first) return [];
  if (span > MAX_SPAN) return [...days];
  return Array.from({ length: span }, (_, index) => {
    const date = new Date(momentOf(first.date) + index * DAY).toISOString().slice(0, 10);
    return days.find((day) => day.date === date) ?? { date, total: 0, by_step: {} };
  });
}

interface BarsProps {
  days: readonly Day[];
  steps: readonly string[];
  width: number;
  summary: string;
}

function Bars({ days, steps, width, summary }: BarsProps) {
  const most = Math.max(1, ...days.map(({ total }) => total));
  const slot = Math.min(64, (width - LEFT * 2) / days.length);
  const bar = Math.max(1.5, Math.min(36, slot * 0.72));
  const scale = (HEIGHT - TOP - BOTTOM) / most;
  const every = Math.max(1, Math.ceil(58 / slot));
  return (
    <svg
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`Bar chart: ${summary}`}
    >
      <line class="axis" x1={0} x2={width} y1={HEIGHT - BOTTOM + 0.5} y2={HEIGHT - BOTTOM + 0.5} />
      {days.map(({ date, total, by_step, holiday }, index) => {
        const middle = LEFT + slot * (index + 0.5);
        let y = HEIGHT - BOTTOM;
        return (
          <g>
            <title>{`${dayOf({ date, holiday })}: ${counted(total, "send")}`}</title>
            {steps.map((step, place) => {
              const height = (by_step[step] ?? 0) * scale;
              y -= height;
              return height > 0 ? (
                <rect
                  class={`tone-${toneOf(place)}`}
                  x={middle - bar / 2}
                  y={y}
                  width={bar}
                  height={height}
                />
              ) : null;
            })}
            {total > 0 && slot >= 22 && (
              <text class="value" x={middle} y={y - 5} text-anchor="middle">
                {total}
              </text>
            )}
            {index % every === 0 && (
              <text x={Math.max(middle, index === 0 ? 20 : 0)} y={HEIGHT - 6} text-anchor="middle">
                {sayShortDay(date)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
