/**
 * What a call costs besides Woodpecker: the time of list_campaigns against an instant upstream, minus the time of the same
 * upstream request made alone, in turn with it. Beside it the bare script and one trivial tool on the bare SDK.
 */
import { bare, oneTool } from "./columns.mjs";
import { attempt, median, quantile, spread } from "./figures.mjs";
import { open } from "./peer.mjs";
import { processorOf } from "./process.mjs";
import { startUpstream } from "./upstream.mjs";
import { connect, serve } from "./web.mjs";

const WARM = 200;

async function timed(task) {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

/** All tasks in turn, so that a busy moment falls on each of them. */
async function inTurn(tasks, count) {
  const times = tasks.map(() => []);
  for (let round = -WARM; round < count; round += 1) {
    for (const [index, task] of tasks.entries()) {
      const time = await timed(task);
      if (round >= 0) times[index].push(time);
    }
  }
  return times;
}

const said = (times, less = 0) =>
  `${(median(times) - less).toFixed(2)} / ${(quantile(times, 0.99) - less).toFixed(2)} ms`;

/** Ours and the one tool, over HTTP. */
const startBoth = ({ env }) =>
  Promise.all([serve(["dist/main.cjs", "--http", "--port", "0"], env), serve([...oneTool.argv, "--http"])]);

export async function measureCalls(count) {
  const upstream = await startUpstream();
  const alone = connect(`${upstream.origin}/rest/v1/campaign_list`);
  const ends = [upstream.close, alone.close];
  const compared = async ([own, one, floor]) => {
    const tasks = [
      () => own.call("list_campaigns", {}),
      () => one.call("echo", { text: "hello" }),
      alone.get,
    ];
    if (floor) tasks.push(() => floor.call("nothing", {}));
    return rows(...(await inTurn(tasks, count)));
  };
  const stdio = await attempt(async () => {
    const started = [open(["dist/main.cjs"], { env: upstream.env }), open(oneTool.argv), open(bare.argv)];
    const peers = await Promise.all(started);
    ends.push(...peers.map((peer) => peer.kill));
    return compared(peers);
  });
  const http = await attempt(async () => {
    const servers = await startBoth(upstream);
    const clients = servers.map(({ url }) => connect(url));
    ends.push(...servers.map((server) => server.kill), ...clients.map((client) => client.close));
    return compared(clients);
  });
  for (const end of ends) end();
  return { stdio, http };
}

function rows(ours, sdk, request, hand) {
  const upstream = median(request);
  const ratios = ours.map((time, index) => (time - request[index]) / sdk[index]);
  return {
    ours: said(ours, upstream),
    sdk: said(sdk),
    ...(hand && { bare: said(hand) }),
    ratio: `${median(ratios).toFixed(2)} x (${spread(ratios)})`,
    upstream: said(request),
  };
}

const CONNECTIONS = 16;

async function rate(server, client, name, args, seconds) {
  let [done, failed] = [0, 0];
  const until = performance.now() + seconds * 1_000;
  const caller = async () => {
    while (performance.now() < until) {
      try {
        await client.call(name, args);
        done += 1;
      } catch {
        failed += 1;
      }
    }
  };
  const before = processorOf(server.pid);
  const started = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, caller));
  return {
    perSecond: (done * 1_000) / (performance.now() - started),
    processor: before === undefined ? undefined : (processorOf(server.pid) - before) / done,
    failed,
  };
}

/** Requests per second with 16 connections: ours against an instant upstream, and one trivial tool on the bare SDK. */
export async function measureRate(rounds, seconds) {
  const upstream = await startUpstream();
  const servers = await startBoth(upstream);
  const [own, sdk] = servers.map(({ url }) => connect(url, CONNECTIONS));
  const runs = [];
  for (let round = -1; round < rounds; round += 1) {
    const ours = await rate(servers[0], own, "list_campaigns", {}, seconds);
    const one = await rate(servers[1], sdk, "echo", { text: "hello" }, seconds);
    if (round >= 0) runs.push({ ours, one });
  }
  for (const end of [own.close, sdk.close, upstream.close, ...servers.map((server) => server.kill)]) end();
  const failed = runs.reduce((sum, { ours }) => sum + ours.failed, 0);
  const said = (who, of, unit, digits) =>
    of(runs[0][who]) === undefined
      ? "not known here"
      : `${median(runs.map((run) => of(run[who]))).toFixed(digits)} ${unit}`;
  const ratio = (of) => {
    const ratios = runs.map(({ ours, one }) => of(ours) / of(one));
    return Number.isNaN(ratios[0]) ? "-" : `${median(ratios).toFixed(2)} x (${spread(ratios)})`;
  };
  const row = (of, unit, digits) => [
    said("ours", of, unit, digits),
    said("one", of, unit, digits),
    ratio(of),
  ];
  return {
    rates: row(({ perSecond }) => perSecond, "a second", 0),
    processor: row(({ processor }) => processor, "ms", 2),
    unanswered: failed,
  };
}
