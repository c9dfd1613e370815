/**
 * How fast and how small, as ratios within one run. `npm run bench` prints the table and writes bench/RESULTS.md.
 * Nothing here is part of the tests: times depend on the machine.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { bareServer } from "./bare.mjs";
import { open, timeToList } from "./peer.mjs";

const ours = ["dist/main.cjs", "--sandbox"];
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${Math.min(...values).toFixed(1)}-${Math.max(...values).toFixed(1)}`;

async function starts(rounds = 21) {
  const [own, bare] = [[], []];
  await timeToList(ours);
  for (let round = 0; round < rounds; round += 1) {
    own.push(await timeToList(ours));
    bare.push(await timeToList(["-e", bareServer]));
  }
  return { own, bare };
}

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
const draft = {
  name: "Bench",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Berlin", daily_enroll: 50 },
  delivery_times: [{ days: weekdays, from: "08:00", to: "18:00" }],
  steps: [1, 2, 3].map((number) => ({
    type: "EMAIL",
    ...(number > 1 && { wait: { value: 3, range: "DAY" } }),
    versions: [{ ...(number === 1 && { subject: "Hello" }), message: `<p>Hi {{FIRST_NAME | "there"}}</p>` }],
  })),
  dry_run: true,
};

/** A whole three-step draft checked and rendered, without an upstream request. */
async function calls(count = 2_000) {
  const peer = await open(ours);
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    await peer.request("tools/call", { name: "create_campaign", arguments: draft });
    times.push(performance.now() - started);
  }
  const list = await peer.request("tools/list", {});
  await peer.close();
  return { times: times.slice(100), bytes: JSON.stringify(list).length, tools: list.tools.length };
}

const { own, bare } = await starts();
const { times, bytes, tools } = await calls();
const sorted = times.toSorted((a, b) => a - b);

const rows = [
  [
    "start to tools/list, against a bare Node script",
    `${(median(own) / median(bare)).toFixed(2)} x`,
    `ours ${spread(own)} ms, bare ${spread(bare)} ms`,
  ],
  [
    "own cost of a call on stdio, median",
    `${median(times).toFixed(2)} ms`,
    `p99 ${sorted[Math.floor(sorted.length * 0.99)].toFixed(2)} ms`,
  ],
  ["tools/list", `${bytes} bytes`, `${tools} tools, ${Math.round(bytes / tools)} bytes each`],
];
const table = [
  "| What | Value | More |",
  "| --- | --- | --- |",
  ...rows.map((row) => `| ${row.join(" | ")} |`),
].join("\n");
const machine = `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim()}`;
writeFileSync("bench/RESULTS.md", `# Results\n\nWritten by \`npm run bench\`. ${machine}.\n\n${table}\n`);
console.log(`${machine}\n\n${table}`);
