/** What came of the sends: a funnel, rates that name what they are of, and A/B versions with their intervals. */

import { percent, sayDay } from "./format.ts";
import { capital } from "./plain.ts";
import { Bar, Head } from "./several.tsx";
import type { Comparison, Rate, Statistics } from "./types.ts";
import { meaningOfTest } from "./words.ts";

const label = (name: string) => capital(name === "optout" ? "opted out" : name.replaceAll("_", " "));

const gains = ["opened", "clicked", "replied"];

export function StatisticsView({ statistics }: { statistics: Statistics }) {
  const { counters, rates, steps, comparisons = [], period } = statistics;
  const { sent = 0, delivered = counters.delivery ?? 0 } = counters;
  const stages = [...new Set([...gains, ...Object.keys(rates)])].flatMap((name) => {
    const rate = rates[name];
    return rate ? [{ name, rate }] : [];
  });
  const most = Math.max(1, sent);
  // One axis for all, or a long line of one test would stand for less than a short one of another.
  const end = Math.max(0.01, ...comparisons.flatMap(({ versions }) => versions.map(({ high }) => high)));
  return (
    <>
      <section class="panel" aria-labelledby="funnel">
        <h2 id="funnel">From sent to replied</h2>
        <p class="quiet">
          {period ? `${sayDay(period.from)} to ${sayDay(period.to)} (UTC)` : "Since the campaign began"}
          {sent === 0 && ". Nothing was sent."}
        </p>
        <table class="bars">
          <Head names={["Stage", "Bar", "E-mails", "Rate"]} />
          <tbody>
            <Row name="Sent" count={sent} share={sent / most} said="" />
            <Row
              name="Delivered"
              count={delivered}
              share={delivered / most}
              said={sent > 0 ? `${percent(delivered, sent)} of ${sent} sent e-mails` : ""}
            />
            {stages.map(({ name, rate }) => (
              <Row
                name={label(name)}
                count={rate.numerator}
                share={rate.numerator / most}
                said={sayRate(rate)}
                isLoss={!gains.includes(name)}
              />
            ))}
          </tbody>
        </table>
        <Others counters={counters} />
      </section>
      {comparisons.length > 0 && (
        <section class="panel" aria-labelledby="versions">
          <h2 id="versions">A/B versions</h2>
          <p class="quiet">
            The dot is the rate that was measured, the line its 95 % interval, all from 0 to {percent(end)}.
          </p>
          {comparisons.map((comparison) => (
            <Intervals comparison={comparison} end={end} steps={steps} />
          ))}
        </section>
      )}
      {steps.length > 0 && <ByStep steps={steps} />}
    </>
  );
}

const sayRate = ({ numerator, denominator, of }: Rate) =>
  denominator > 0 ? `${percent(numerator, denominator)} of ${denominator} ${of}` : `of no ${of} yet`;

interface RowProps {
  name: string;
  count: number;
  share: number;
  said: string;
  isLoss?: boolean;
}

function Row({ name, count, share, said, isLoss = false }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="bar-cell">
        <Bar share={share} look={isLoss ? "loss" : "tone-0"} />
      </td>
      <td class="number">{count}</td>
      <td class="quiet">{said}</td>
    </tr>
  );
}

/** Counters that no bar shows. */
const shown = ["sent", "delivered", "delivery", ...gains, "bounced", "optout"];

function Others({ counters }: { counters: Statistics["counters"] }) {
  const rest = Object.entries(counters).filter(([name, count]) => !shown.includes(name) && count > 0);
  if (rest.length === 0) return null;
  return <p class="quiet">{rest.map(([name, count]) => `${label(name)}: ${count}`).join(" · ")}</p>;
}

interface IntervalsProps {
  comparison: Comparison;
  end: number;
  steps: Statistics["steps"];
}

function Intervals({ comparison: { step, metric, versions, verdict }, end, steps }: IntervalsProps) {
  const numbersOf = (version: string) => {
    const row = steps.find((one) => one.step === step && one.version === version);
    const [delivered, hits] = [Number(row?.delivered), Number(row?.[metric])];
    return delivered > 0 ? { delivered, ...(Number.isFinite(hits) && { hits }) } : undefined;
  };
  const percentOf = (value: number) => `${(value / end) * 100}%`;
  return (
    <table class="bars intervals">
      <caption>
        Step {step}, {metric}: <strong>{verdict}</strong>. <span class="quiet">{meaningOfTest(verdict)}</span>
      </caption>
      <Head names={["Version", "Interval", "Rate and interval"]} />
      <tbody>
        {versions.map(({ version, rate, low, high }) => {
          const n = numbersOf(version);
          return (
            <tr>
              <th scope="row">
                {version} {n && <span class="quiet">n = {n.delivered}</span>}
              </th>
              <td class="bar-cell">
                <svg aria-hidden="true" width="100%" height="18" overflow="visible">
                  <line class="axis" x1="0" x2="100%" y1="9" y2="9" />
                  <line class="range" x1={percentOf(low)} x2={percentOf(high)} y1="9" y2="9" />
                  <circle class="tone-0" cx={percentOf(rate)} cy="9" r="5" />
                </svg>
              </td>
              <td>
                {n?.hits === undefined ? percent(rate) : percent(n.hits, n.delivered)}{" "}
                <span class="quiet">
                  ({percent(low)} to {percent(high)})
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ByStep({ steps }: Pick<Statistics, "steps">) {
  const columns = [...new Set(steps.flatMap((step) => Object.keys(step)))];
  return (
    <section class="panel" aria-labelledby="by-step">
      <h2 id="by-step">By step</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Table by step">
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th scope="col" class={isText(name) ? "" : "number"}>
                  {label(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr>
                {columns.map((name) => (
                  <td class={isText(name) ? "" : "number"}>{String(step[name] ?? "")}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const isText = (name: string) => name === "step" || name === "version";
