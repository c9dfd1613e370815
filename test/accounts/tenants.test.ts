/**
 * One server, several accounts (AUTH_MODE header): nothing of one reaches another. Every place where the server keeps
 * something between calls has a case here; one without a case fails the last tests of this file.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inProcess, type Memory } from "../../src/memory/index.ts";
import { draft } from "../support/draft.ts";
import { type HttpProgram, startHttp } from "../support/http-program.ts";
import { theKey } from "../support/http-session.ts";
import { waitFor } from "../support/patience.ts";
import { type Instead, startTenants, type Tenants } from "../support/tenants.ts";

const [ANNA, BERT, CARL, DORA, EMIL, FAYE] = ["anna", "bert", "carl", "dora", "emil", "faye"].map(
  (name) => `key-of-${name}-00000000`,
) as [string, string, string, string, string, string];
const keys = [ANNA, BERT, CARL, DORA, EMIL, FAYE];

/** Two accounts in which everything is marked. */
const marked = [
  { key: ANNA, mark: "Mark of Anna", id: 3001 },
  { key: BERT, mark: "Mark of Bert", id: 3002 },
];
const campaigns: Instead = (key, line) => {
  const own = marked.find((one) => one.key === key);
  if (!own || !line.startsWith("GET")) return undefined;
  const campaign = { id: own.id, name: own.mark, status: "DRAFT", steps: null };
  return line.includes("/campaigns/") ? campaign : [campaign];
};

let folder: string;
let tenants: Tenants;
let server: HttpProgram;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenants-"));
  tenants = await startTenants(keys, campaigns);
  server = await startHttp(["--auth", "header"], {
    WOODPECKER_API_URL: tenants.origin,
    WOODPECKER_LEDGER: join(folder, "ledger.jsonl"),
    WOODPECKER_STATE_DIR: "off",
    WOODPECKER_MAX_RUNS_PER_DAY: "1",
    LOG_LEVEL: "debug",
  });
});

afterAll(async () => {
  await server.close();
  await tenants.close();
  const ledger = readdirSync(folder).map((file) => readFileSync(join(folder, file), "latin1"));
  rmSync(folder, { recursive: true, force: true });
  const said = [server.answered(), server.stderr(), ...ledger].join("\n");
  for (const key of keys) expect(said).not.toContain(key);
});

describe("two tenants, 150 calls each, all with the id 0", () => {
  it("get their own answers", async () => {
    const before = tenants.arrived.length;
    const crossed: unknown[] = [];
    let answered = 0;
    async function ask({ key, mark, id }: (typeof marked)[number], n: number): Promise<void> {
      const [name, args] =
        n % 2 ? ["make_campaign_editable", { campaign_id: id, dry_run: true }] : ["list_campaigns", {}];
      const { messages } = await server.rpc("tools/call", { name, arguments: args }, theKey(key), { id: 0 });
      const [{ id: answeredId, result }] = messages as [{ id: number; result: object }];
      const text = JSON.stringify(result);
      const marks = marked.filter((one) => text.includes(one.mark)).map((one) => one.mark);
      if (answeredId !== 0 || marks.join() !== mark) crossed.push({ mark, marks, answeredId });
      answered += 1;
    }
    const workers = marked.flatMap((tenant) =>
      Array.from({ length: 10 }, async (_none, worker) => {
        for (let n = 0; n < 15; n += 1) await ask(tenant, worker + n);
      }),
    );
    await Promise.all(workers);
    expect([answered, crossed]).toEqual([300, []]);

    // The same connections carry both; the key belongs to the request.
    const arrived = tenants.arrived.slice(before);
    expect(arrived).toHaveLength(300);
    const keysOn = new Map<number, Set<string>>();
    for (const { connection, key, line } of arrived) {
      keysOn.set(connection, (keysOn.get(connection) ?? new Set()).add(key));
      const [, id] = /\/campaigns\/(\d+)/.exec(line) ?? [];
      const owner = marked.find((one) => String(one.id) === id);
      if (owner) expect(key).toBe(owner.key);
    }
    expect([...keysOn.values()].some(({ size }) => size === 2)).toBe(true);
  });
});

const changes = async (key: string) =>
  (await server.call("list_recent_changes", {}, theKey(key))).data.changes as { tool: string }[];

const stores: Record<keyof Memory, () => Promise<void>> = {
  async lane() {
    const held = tenants.hold(CARL);
    const count = (key: string) => tenants.arrived.filter((one) => one.key === key).length;
    const carl = [1, 2].map(() => server.call("list_campaigns", {}, theKey(CARL)));
    await waitFor(() => expect(count(CARL)).toBe(1));
    // His own next one waits, hers does not; and what goes wrong for a third ends nothing of theirs.
    const wrong = await server.call("list_campaigns", {}, theKey("nobody-has-this-key"));
    expect(wrong.failed).toBe(true);
    expect((await server.call("list_campaigns", {}, theKey(DORA))).data.total).toBe(6);
    expect(count(CARL)).toBe(1);
    held.release();
    for (const { data } of await Promise.all(carl)) expect(data.total).toBe(6);
  },

  async repeats() {
    const campaign = { ...draft, name: "The same for both" };
    const held = tenants.hold(CARL, /^POST/);
    const first = server.call("create_campaign", campaign, theKey(CARL));
    await waitFor(() => expect(tenants.arrived.at(-1)?.line).toBe("POST /rest/v2/campaigns"));
    // While his is under way, and after it.
    const other = await server.call("create_campaign", campaign, theKey(DORA));
    held.release();
    expect([(await first).data.outcome, other.data.outcome]).toEqual(["done", "done"]);
    for (const key of [CARL, DORA]) {
      const again = await server.call("create_campaign", campaign, theKey(key));
      expect(again.data.outcome).toBe("deduplicated");
      expect(tenants.writes(key)).toEqual(["POST /rest/v2/campaigns"]);
    }
  },

  async confirmations() {
    const run = { campaign_id: 2102 };
    const { data } = await server.call("run_campaign", run, theKey(EMIL));
    const token = { ...run, confirmation: data.confirmation };
    const stolen = await server.call("run_campaign", token, theKey(FAYE));
    expect(stolen.data.outcome).toBe("confirmation_required");
    expect(tenants.writes(FAYE)).toEqual([]);
    expect((await server.call("run_campaign", token, theKey(EMIL))).data.outcome).toBe("done");
    // Used up by him, hers is still good.
    expect((await server.agree("run_campaign", run, theKey(FAYE))).data.outcome).toBe("done");
    expect([EMIL, FAYE].map(tenants.writes)).toEqual([
      ["POST /rest/v2/campaigns/2102/run"],
      ["POST /rest/v2/campaigns/2102/run"],
    ]);
  },

  // In one process the ledger stands for it.
  async book() {
    await server.call("pause_campaign", { campaign_id: 2101 }, theKey(DORA));
    expect((await changes(DORA))[0]?.tool).toBe("pause_campaign");
    for (const key of [ANNA, CARL, EMIL]) {
      expect((await changes(key)).map(({ tool }) => tool)).not.toContain("pause_campaign");
    }
    expect(await changes("key-that-did-nothing")).toEqual([]);
  },

  async writeLock() {
    const held = tenants.hold(CARL);
    const edit = { campaign_id: 2104, name: "Renamed" };
    const his = server.call("update_campaign", edit, theKey(CARL));
    await waitFor(() => expect(tenants.arrived.some(({ key }) => key === CARL)).toBe(true));
    // His write has not ended; hers does not wait for it.
    expect((await server.call("update_campaign", edit, theKey(DORA))).data.outcome).toBe("done");
    held.release();
    expect((await his).data.outcome).toBe("done");
  },

  async imports() {
    const person = { email: "somebody@new.example" };
    const { data } = await server.call("save_prospects", { prospects: [person] }, theKey(CARL));
    const stolen = await server.call("delete_prospects", { added_by: data.change_id }, theKey(DORA));
    expect(stolen.text).toContain("is not known");
    const own = await server.call("delete_prospects", { added_by: data.change_id }, theKey(CARL));
    expect(own.data).toMatchObject({ outcome: "confirmation_required", facts: { "leave the account": 1 } });
  },

  async changes() {
    const edit = { campaign_id: 2104, name: "A name of hers" };
    expect((await server.call("update_campaign", edit, theKey(FAYE))).data.outcome).toBe("done");
    const [hers] = (await server.call("list_recent_changes", {}, theKey(FAYE))).data.changes;
    expect(hers.changes).toMatchObject([{ what: "name", after: "A name of hers" }]);
    expect(hers.by.person).toMatch(/^key \S{8}$/);
    for (const key of [ANNA, CARL, DORA, EMIL])
      expect((await server.call("list_recent_changes", {}, theKey(key))).text).not.toContain(
        "A name of hers",
      );
  },

  async halts() {
    const asked = await server.call("run_campaign", { campaign_id: 2104 }, theKey(DORA));
    await server.call("pause_campaign", { campaign_id: 2104 }, theKey(CARL));
    const again = { campaign_id: 2104, confirmation: asked.data?.confirmation };
    expect((await server.call("run_campaign", again, theKey(DORA))).text).not.toContain("a halt wins");
  },
};

describe("each store of an account", () => {
  it.each(Object.entries(stores))("%s is its own", (_name, isolated) => isolated());

  it("is among those above", () => {
    for (const store of Object.keys(inProcess())) expect(Object.keys(stores)).toContain(store);
  });

  it("limits: used up by one, free for the other", async () => {
    const run = { campaign_id: 2104 };
    const again = await server.agree("run_campaign", run, theKey(EMIL));
    expect(again.text).toContain("WOODPECKER_MAX_RUNS_PER_DAY");
    expect(tenants.writes(EMIL).filter((line) => line.endsWith("/run"))).toHaveLength(1);
    expect((await server.agree("run_campaign", { campaign_id: 2102 }, theKey(CARL))).data.outcome).toBe(
      "done",
    );
  });
});

describe("what stands in a module lives as long as the process, for all callers", () => {
  /** Something may be put in later. What is weak is found only by whoever holds the object it belongs to. */
  const state =
    /^(?:export )?(?:(?:let|var) \w+|const \w+(?:: [^=]+)? = (?:new (?!Weak)\w+(?:<.*>)?\(\)|\[\]|\{\}))/;
  const allowed = [
    // A schema without conditions.
    "src/values/json-schema.ts: export const hidden: JsonSchema = {}",
    // The public holidays of a country.
    "src/model/holidays.ts: const opened = new Map<string, Holidays | undefined>()",
    // The rules of time zones by their names.
    "src/model/zone.ts: const zones = new Map<string, Zone>()",
    // Names of countries, the ends of characters, and what nobody sees: all of it the language's own, made when first needed.
    "src/model/countries.ts: let names",
    "src/values/foreign.ts: let characters",
    "src/values/unseen.ts: let forms",
  ];

  it("holds nothing else", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.startsWith("sandbox"))
      .map((file) => join("src", file));
    const found = files.flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((line) => state.exec(line)?.[0] ?? [])
        .map((line) => `${file}: ${line}`),
    );
    expect(found.sort()).toEqual(allowed.sort());
  });
});
