/**
 * The start of both eras, from spawn to the list of tools, and to a list that needs the SDK of the era, in turn with a Node that does nothing and with the bare script:
 * `node bench/eras.mjs [rounds] [main.cjs …]`. Other builds can be named, to compare them in the same rounds.
 */
import { spawn } from "node:child_process";
import { bareServer } from "./bare.mjs";
import { median, spread } from "./figures.mjs";
import { cleanEnv, envelope, hello } from "./peer.mjs";
import { endWithUs, processorOf } from "./process.mjs";

const [rounds = "21", ...given] = process.argv.slice(2);
const builds = given.length > 0 ? given : ["dist/main.cjs"];

const params = { _meta: envelope };
const eras = {
  "2025-11-25": [
    { id: 1, method: "initialize", params: hello },
    { method: "notifications/initialized" },
    { id: 2, method: "tools/list" },
  ],
  "2026-07-28": [
    { id: 1, method: "server/discover", params },
    { id: 2, method: "tools/list", params },
  ],
};
const prompts = { id: 3, method: "prompts/list", params };
const starts = Object.entries(eras).flatMap(([era, messages]) => [
  [era, messages],
  [`${era} and its prompts`, [...messages, prompts]],
]);

/** Until its requests are answered; a process without input until it has ended. */
function startOnce({ argv, messages = [] }) {
  const requests = messages.filter(({ id }) => id);
  const started = performance.now();
  const child = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "ignore"], env: cleanEnv() });
  endWithUs(child);
  let answers = 0;
  let run;
  const take = () => {
    run ??= { time: performance.now() - started, processor: processorOf(child.pid) };
  };
  child.stdout.on("data", (chunk) => {
    answers += chunk.filter((byte) => byte === 10).length;
    if (answers < requests.length) return;
    take();
    child.kill("SIGKILL");
  });
  for (const message of messages) child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  if (messages.length === 0) child.stdin.end();
  return new Promise((resolve) => {
    child.once("exit", () => {
      take();
      resolve(run);
    });
  });
}

const columns = [
  { name: "node -e 0", argv: ["-e", "0"] },
  { name: "bare script", argv: ["-e", bareServer], messages: eras["2025-11-25"] },
  ...builds.flatMap((build) =>
    starts.map(([era, messages]) => ({ name: `${build}, ${era}`, argv: [build, "--sandbox"], messages })),
  ),
];
const runs = [];
for (let round = -1; round < Number(rounds); round += 1) {
  const row = [];
  for (const column of columns) row.push(await startOnce(column));
  // The first start reads the files from the disk; it does not count.
  if (round >= 0) runs.push(row);
}
columns.forEach(({ name }, index) => {
  const own = runs.map((row) => row[index]);
  const times = runs.map((row) => row[index].time / row[0].time);
  const processor = runs.map((row) => row[index].processor / row[1].processor);
  const said = [
    `${median(own.map(({ time }) => time)).toFixed(1)} ms`,
    `${median(times).toFixed(2)} x node -e 0 (${spread(times)})`,
    ...(index > 0 ? [`processor ${median(processor).toFixed(2)} x bare script (${spread(processor)})`] : []),
  ];
  console.log(`${name}: ${said.join(", ")}`);
});
