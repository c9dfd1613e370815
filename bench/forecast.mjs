/** How long the calendar of a large campaign takes, and what it keeps in memory: `node --expose-gc bench/forecast.mjs`. */
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { median } from "./figures.mjs";

register("tsx/esm", pathToFileURL("./"), { data: true });
const { forecast } = await import("../src/forecast/index.ts");

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
const windows = [{ days: weekdays, from: "08:00", to: "18:00" }];
const steps = Array.from({ length: 16 }, () => ({
  type: "EMAIL",
  wait: { value: 3, range: "DAY" },
  windows,
}));
const box = (limit, gap) => ({ limit, gap, sentToday: 0, freezes: [] });
const plan = (count, daily_enroll, boxes) => ({
  from: Date.parse("2026-01-05T06:00:00Z"),
  timezone: "Europe/Berlin",
  daily_enroll,
  working_days: false,
  steps,
  boxes,
  people: [{ next: 0, count, due: 0 }],
});

const cases = [
  ["one kind of mailbox, nothing limits", plan(10_000, 500, [box(100_000, 10)])],
  ["20 mailboxes alike, 200 a day each", plan(10_000, 500, Array(20).fill(box(200, 60_000)))],
  [
    "5 kinds of mailboxes, 50 to 250 a day",
    plan(
      10_000,
      100,
      [1, 2, 3, 4, 5].map((n) => box(50 * n, 45_000 * n)),
    ),
  ],
  ["one mailbox, 50 a day, ten years", plan(10_000, 50, [box(50, 120_000)])],
];

for (const [name, given] of cases) {
  const times = [];
  let calendar;
  for (let round = 0; round < 7; round += 1) {
    const started = performance.now();
    calendar = forecast(given);
    times.push(performance.now() - started);
  }
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const another = forecast(given);
  globalThis.gc?.();
  const kept = Math.round((process.memoryUsage().heapUsed - before) / 1024);
  const heap = globalThis.gc ? `, ${kept} KiB kept of ${another.days.length} days` : "";
  console.log(
    `${name}: ${calendar.total} sends on ${calendar.days.length} days, ` +
      `median ${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})${heap}`,
  );
}
