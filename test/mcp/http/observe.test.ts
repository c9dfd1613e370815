/** What an operator sees: whether it lives, whether it is ready, what it counts, and one line for each call. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { type HttpProgram, startHttp } from "../../support/http-program.ts";
import { theKey } from "../../support/http-session.ts";
import { waitFor } from "../../support/patience.ts";
import { startTenants, type Tenants } from "../../support/tenants.ts";

const ANNA = "key-of-anna-00000000";
const BERT = "key-of-bert-00000000";

let tenants: Tenants;
let server: HttpProgram;

beforeAll(async () => {
  tenants = await startTenants([ANNA, BERT]);
  const args = ["--auth", "header", "--sessions", "--metrics-port", "0", "--log-level", "info"];
  server = await startHttp(args, { WOODPECKER_API_URL: tenants.origin });
  const first = await begin(ANNA);
  await server.call("list_campaigns", {}, first);
  await server.call("list_campaigns", {}, first);
  await server.call("get_campaign", { campaign_id: 2101 }, first);
  await server.call("get_campaign", { campaign_id: 999 }, first);
  await server.call("pause_campaign", { campaign_id: 2101 }, await begin(BERT));
});

afterAll(async () => {
  await server.close();
  await tenants.close();
});

async function begin(key: string) {
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } };
  const { headers } = await server.rpc("initialize", params, theKey(key));
  return { ...theKey(key), "mcp-session-id": String(headers["mcp-session-id"]) };
}

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** The text of OpenMetrics, as strictly as its grammar; throws where it is none. */
function samplesIn(text: string): Sample[] {
  expect(text.endsWith("\n# EOF\n")).toBe(true);
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)) {
    const about = /^# (TYPE|HELP|UNIT) ([a-z0-9_]+) (.+)$/.exec(line);
    if (about) {
      const [, kind, name = "", rest = ""] = about;
      if (kind === "TYPE") {
        expect(types.has(name), name).toBe(false);
        types.set(name, rest);
      }
      continue;
    }
    const [, name = "", inner = "", value = ""] =
      /^([a-z0-9_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? (\S+)$/.exec(line) ?? [];
    expect(name, line).not.toBe("");
    const family = [...types.keys()].filter((one) => name === one || name.startsWith(`${one}_`)).at(-1) ?? "";
    const suffixes = { counter: ["_total"], histogram: ["_bucket", "_sum", "_count"], gauge: [""] }[
      types.get(family) ?? ""
    ];
    expect(suffixes, line).toContain(name.slice(family.length));
    expect(Number.isFinite(Number(value)), line).toBe(true);
    const labels = Object.fromEntries(
      Array.from(inner.matchAll(/([a-z]+)="([^"]*)"/g), ([, label, text_]) => [label, text_] as const),
    );
    samples.push({ name, labels, value: Number(value) });
  }
  return samples;
}

describe("/metrics", () => {
  it("counts calls, how they ended and what they waited for, and names nobody", async () => {
    const answer = await fetch(server.metricsUrl);
    expect(answer.headers.get("content-type")).toBe(
      "application/openmetrics-text; version=1.0.0; charset=utf-8",
    );
    const text = await answer.text();
    const samples = samplesIn(text).filter(({ name }) => name.startsWith("woodpecker_"));
    const of = (name: string) => samples.filter((sample) => sample.name === `woodpecker_${name}`);
    expect(of("calls_total").map(({ labels, value }) => [labels.tool, labels.outcome, value])).toEqual([
      ["list_campaigns", "ok", 2],
      ["get_campaign", "ok", 1],
      ["get_campaign", "error", 1],
      ["pause_campaign", "done", 1],
    ]);
    expect(of("call_seconds_count").map(({ labels, value }) => [labels.tool, value])).toEqual([
      ["list_campaigns", 2],
      ["get_campaign", 2],
      ["pause_campaign", 1],
    ]);
    const requests = tenants.arrived.length;
    expect(of("lane_wait_seconds_count")[0]?.value).toBe(requests);
    const exchanges = of("api_seconds_count");
    expect(exchanges.reduce((sum, { value }) => sum + value, 0)).toBe(requests);
    for (const { labels } of exchanges) {
      expect(Object.keys(labels).sort()).toEqual(["method", "status"]);
      expect(labels.status).toMatch(/^(\d{3}|none)$/);
    }
    expect(of("sessions")[0]?.value).toBe(2);
    for (const { name, labels, value } of of("call_seconds_bucket")) {
      if (labels.le !== "+Inf") continue;
      const count = samples.find(
        (one) => one.name === name.replace("bucket", "count") && one.labels.tool === labels.tool,
      );
      expect(value).toBe(count?.value);
    }
    // Keys, campaigns, people, and the names of the accounts in the log.
    const accounts = lines().map(({ account }) => String(account));
    for (const secret of [ANNA, BERT, "Bakeries", "2101", "example.com", "127.0.0.1", ...accounts]) {
      expect(text).not.toContain(secret);
    }
  });

  it("is at its own port, and nothing else is there", async () => {
    expect((await server.send({ method: "GET" }, "/metrics")).status).toBe(404);
    const at = (path: string, init?: RequestInit) => fetch(new URL(path, server.metricsUrl), init);
    for (const answer of [
      await at("/"),
      await at("/mcp"),
      await at("/healthz"),
      await at("/metrics", { method: "POST" }),
    ]) {
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
    }
  });
});

function lines(): Data[] {
  return server
    .stderr()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

describe("the log at level info", () => {
  it("is one line a call: tool, outcome, ms, account, and nothing else", () => {
    const calls = lines().filter(({ event }) => event === "call");
    expect(calls.map(({ tool, outcome }) => [tool, outcome])).toEqual([
      ["list_campaigns", "ok"],
      ["list_campaigns", "ok"],
      ["get_campaign", "ok"],
      ["get_campaign", "error"],
      ["pause_campaign", "done"],
    ]);
    for (const call of calls) {
      expect(Object.keys(call).sort()).toEqual([
        "account",
        "event",
        "level",
        "ms",
        "outcome",
        "time",
        "tool",
      ]);
      expect(call.ms).toBeGreaterThanOrEqual(0);
      expect(call.account).toMatch(/^[\w-]{8}$/);
    }
    const [anna, bert] = [calls[0].account, calls.at(-1).account];
    expect(anna).not.toBe(bert);
    expect(calls.map(({ account }) => account)).toEqual([anna, anna, anna, anna, bert]);
    const others = server
      .stderr()
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("{"));
    expect(others).toEqual([`metrics on ${server.metricsUrl}`, `listening on ${server.url}`]);
  });
});

describe("life and readiness", () => {
  it("/healthz and /readyz say so in a word", async () => {
    const at = async (path: string) => {
      const { status, text } = await server.send({ method: "GET" }, path);
      return [status, text];
    };
    expect(await at("/healthz")).toEqual([200, '{"status":"ok"}']);
    expect(await at("/readyz")).toEqual([200, '{"status":"ready"}']);
  });

  it("on SIGTERM what is under way is finished, and nothing new is begun", async () => {
    const ending = await startHttp(["--auth", "header"], { WOODPECKER_API_URL: tenants.origin });
    const held = tenants.hold(ANNA, /^POST/);
    const from = tenants.arrived.length;
    const last = ending.call("stop_campaign", { campaign_id: 2101 }, theKey(ANNA));
    const posts = () => tenants.arrived.slice(from).filter(({ line }) => line.startsWith("POST")).length;
    await waitFor(() => expect(posts()).toBe(1));
    ending.signal("SIGTERM");
    const ready = () =>
      ending.send({ method: "GET" }, "/readyz").then(
        ({ status }) => status,
        (error) => error.code,
      );
    await waitFor(async () => expect(await ready()).toBe("ECONNREFUSED"));
    const late = ending.call("pause_campaign", { campaign_id: 2101 }, theKey(BERT));
    await expect(late).rejects.toThrow("ECONNREFUSED");
    held.release();
    expect((await last).data.outcome).toBe("done");
    expect(await ending.ended()).toBe(0);
    expect(tenants.arrived.slice(from).every(({ key }) => key === ANNA)).toBe(true);
    await ending.leave();
  });
});
