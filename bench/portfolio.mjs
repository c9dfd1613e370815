/**
 * Statistics of 40 campaigns against the sandbox, which works on a request for 80 ms and is 60 ms away: how busy is the
 * one place that Woodpecker gives an account, and what would a second request in flight gain and risk?
 */
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { busyShare, refusals, startDistance } from "./distance.mjs";
import { texts } from "./drafts.mjs";
import { open } from "./peer.mjs";

const SERVICE_MS = 80;
const AWAY_MS = 60;
const CAMPAIGNS = 40;

/** So many at a time, each beginning when another has ended. */
async function inFlight(width, tasks) {
  const left = [...tasks];
  const worker = async () => {
    for (let task = left.shift(); task; task = left.shift()) await task();
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** Our server, as an assistant calls it: one call after the other, or several in one turn. */
async function throughOurs(sandbox, ids, atOnce) {
  const distance = await startDistance(sandbox.origin, AWAY_MS);
  const env = { WOODPECKER_API_URL: distance.origin, WOODPECKER_API_KEY: sandbox.key };
  const peer = await open(["dist/main.cjs"], { env });
  const failed = [];
  const tasks = ids.map((campaign_id) => async () => {
    const result = await peer.call("get_campaign_statistics", { campaign_id });
    if (result.isError) failed.push(result.content[0].text);
  });
  // The first call loads the parts of the server that calls need.
  await tasks[0]();
  distance.seen.length = 0;
  await inFlight(atOnce, tasks);
  await peer.close();
  distance.close();
  return {
    ...busyShare(distance.seen),
    requests: distance.seen.length,
    refused: refusals(distance.seen),
    failed: failed.length,
  };
}

/** The same requests without our server and its lane, `width` of them at a time, beside another program with `others`. */
async function withoutLane(sandbox, ids, width, others = 0) {
  const distance = await startDistance(sandbox.origin, AWAY_MS);
  const ask = (id) =>
    fetch(`${distance.origin}/rest/v1/campaign_list?id=${id}`, {
      headers: { "x-api-key": sandbox.key },
    }).then((answer) => answer.arrayBuffer());
  let over = false;
  const other = async () => {
    while (!over) {
      await fetch(`${sandbox.origin}/rest/v2/mailboxes`, { headers: { "x-api-key": sandbox.key } }).then(
        (answer) => answer.arrayBuffer(),
      );
    }
  };
  const company = Array.from({ length: others }, other);
  await inFlight(
    width,
    ids.map((id) => () => ask(id)),
  );
  over = true;
  await Promise.all(company);
  distance.close();
  return { ...busyShare(distance.seen), refused: refusals(distance.seen) };
}

export async function measurePortfolio(quick) {
  register("tsx/esm", pathToFileURL("./"), { data: true });
  const { startSandbox } = await import("../src/sandbox/index.ts");
  const sandbox = await startSandbox({ serviceMs: SERVICE_MS });
  try {
    const ids = await seeded(sandbox, quick ? 8 : CAMPAIGNS);
    const widths = quick ? [1, 2] : [1, 2, 3, 7, 8];
    const plain = [];
    for (const width of widths) plain.push({ width, ...(await withoutLane(sandbox, ids, width)) });
    const shared = [];
    for (const width of quick ? [] : [1, 2])
      shared.push({ width, ...(await withoutLane(sandbox, ids, width, 6)) });
    return {
      campaigns: ids.length,
      inTurn: await throughOurs(sandbox, ids, 1),
      together: await throughOurs(sandbox, ids, 8),
      plain,
      shared,
    };
  } finally {
    await sandbox.close();
  }
}

/** So many campaigns, made without the way there and back. */
async function seeded({ origin, key }, count) {
  const body = JSON.stringify({
    name: "Portfolio",
    email_account_ids: [501],
    settings: { timezone: "Europe/Paris", daily_enroll: 20 },
    steps: {
      type: "START",
      followup: {
        type: "EMAIL",
        delivery_time: { MONDAY: [{ from: "08:00", to: "17:00" }] },
        body: {
          versions: [{ subject: "Hello", message: texts[0], signature: "SENDER", track_opens: false }],
        },
        followup_after: { range: "DAY", value: 1 },
        followup: null,
      },
    },
  });
  const headers = { "x-api-key": key, "content-type": "application/json" };
  const ids = [];
  for (let index = 0; index < count; index += 1) {
    const answer = await fetch(`${origin}/rest/v2/campaigns`, { method: "POST", headers, body });
    const { id } = await answer.json();
    if (!answer.ok) throw new Error(`the sandbox refused a campaign (${answer.status})`);
    ids.push(id);
  }
  return ids;
}
