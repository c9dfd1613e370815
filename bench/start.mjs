/** Spawn to `tools/list` answered, and the memory of the process then: everyone once in each round, in turn. */
import { spawnSync } from "node:child_process";
import { attempt, median, spread } from "./figures.mjs";
import { open } from "./peer.mjs";
import { memoryOf, processorOf } from "./process.mjs";

/** Another version of Node, from the npm registry, to start servers with. */
export async function anotherNode(major) {
  const ask = ["-y", "-p", `node@${major}`, "node", "-p", "process.execPath + ' ' + process.version"];
  const { status, stdout } = spawnSync("npx", ask, { encoding: "utf8", timeout: 180_000 });
  const [, command, version] = /^(.+) (v\S+)$/.exec(stdout?.trim() ?? "") ?? [];
  if (status !== 0 || !command) throw new Error(`node@${major} could not be fetched`);
  return { command, major, version: `Node ${version.slice(1)}.` };
}

async function startOnce({ argv, env, era }, command) {
  const started = performance.now();
  const peer = await open(argv, { env, command, era });
  const list = await peer.request("tools/list", {});
  const time = performance.now() - started;
  const processor = processorOf(peer.pid);
  const memory = memoryOf(peer.pid);
  await peer.kill();
  return { time, processor, memory, list };
}

const FLOOR = "bare Node script";

/** After these rounds the servers that need several times the bare script sit out: more rounds would not bring them nearer. */
const ROUNDS_FOR_ALL = 5;
const FAR = 3;

/**
 * For each column: times and memory as ratios to the bare script of the same round, and the list it answered.
 *
 * @param node its program and major version
 */
export async function measureStarts(columns, rounds, { command, major }) {
  const runs = new Map(columns.map((column) => [column.name, []]));
  const timesOf = (name) => runs.get(name).map((run) => run.time);
  const failures = new Map(
    columns.flatMap(({ name, skipped, node = 0 }) =>
      skipped ? [[name, skipped]] : node > major ? [[name, `needs Node ${node}`]] : [],
    ),
  );
  const first = new Map();
  const far = new Set();
  // The first start reads the files from the disk; it stands by itself.
  for (let round = -1; round < rounds; round += 1) {
    if (round === ROUNDS_FOR_ALL) {
      const isFar = ({ name }) => median(timesOf(name)) > FAR * median(timesOf(FLOOR));
      for (const column of columns.filter(isFar)) far.add(column);
    }
    for (const column of columns) {
      if (failures.has(column.name) || far.has(column)) continue;
      const run = await attempt(() => startOnce(column, command));
      if (run.failed) failures.set(column.name, run.failed);
      else if (round >= 0) runs.get(column.name).push(run);
      else first.set(column.name, run.time);
    }
  }
  const floor = runs.get(FLOOR);
  return columns.map(({ name, sameList }) => {
    const own = runs.get(name);
    if (failures.has(name)) return { name, failed: failures.get(name) };
    const said = (of, unit) => {
      if (!of(own[0])) return "not known here";
      const ratios = own.map((run, index) => of(run) / of(floor[index]));
      return `${median(ratios).toFixed(2)} x (${spread(ratios)}), ${median(own.map(of)).toFixed(0)} ${unit}`;
    };
    return {
      name,
      list: own[0].list,
      sameList,
      first: `${(first.get(name) / first.get(FLOOR)).toFixed(2)} x, ${first.get(name).toFixed(0)} ms`,
      time: said((run) => run.time, "ms"),
      processor: said((run) => run.processor, "ms"),
      memory: said((run) => run.memory, "MiB"),
    };
  });
}
