/** The file of accounts with names: read again when it changes; with a slip the last good one holds; removed is removed. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusesHere, refusesToStart } from "../support/http-program.ts";
import { greeting } from "../support/json-rpc.ts";
import { modernAt, yes } from "../support/modern-session.ts";
import { waitFor } from "../support/patience.ts";
import { startTenants, type Tenants } from "../support/tenants.ts";
import { type AccountsFile, accountsFile, type NamedServer, startNamed, theToken } from "./named.ts";

const ALPHA = "key-of-alpha-00000000";
const BETA = "key-of-beta-000000000";
const both = { alpha: { api_key: ALPHA }, beta: { api_key: BETA } };

let tenants: Tenants;
let file: AccountsFile;
let server: NamedServer;

beforeAll(async () => {
  tenants = await startTenants([ALPHA, BETA]);
  file = accountsFile(both);
  const env = { WOODPECKER_API_URL: tenants.origin };
  server = await startNamed(file, env, ["--sessions"]);
});

afterAll(async () => {
  await server.end();
  await tenants.close();
  expect(server.stderr() + server.answered()).not.toContain(ALPHA);
});

const status = async (name: string) => (await server.at(name).rpc("initialize", greeting, theToken)).status;

/** The error that is logged for it, and no other. */
async function logged(change: () => void): Promise<{ faults: string[]; kept: string[] }> {
  // What was said before is read by now.
  await setTimeout(20);
  const from = server.stderr().length;
  change();
  await status("alpha");
  const lines = () =>
    server
      .stderr()
      .slice(from)
      .split("\n")
      .filter((line) => line.includes('"accounts"'));
  await waitFor(() => expect(lines()).toHaveLength(1));
  expect(JSON.parse(lines()[0] as string)).toMatchObject({ level: "error", event: "accounts" });
  return JSON.parse(lines()[0] as string);
}

describe("the file", () => {
  it("is read again when it has changed", async () => {
    expect([await status("alpha"), await status("gamma")]).toEqual([200, 403]);
    file.write({ ...both, gamma: { api_key: ALPHA } });
    expect([await status("alpha"), await status("gamma")]).toEqual([200, 200]);
    file.write({ beta: both.beta, delta: { api_key: ALPHA } });
    const { status: gone, text } = await server.at("alpha").rpc("tools/list", {}, theToken);
    expect([gone, text]).toEqual([403, expect.stringContaining("/mcp/beta, /mcp/delta")]);
    file.write(both);
    expect(await status("alpha")).toBe(200);
  });

  const slips: [string, string | object, string][] = [
    ["half of it written", '{"alpha": {"api_key"', "not JSON"],
    ["a name twice", `{"alpha": {"api_key": "${ALPHA}"}, "alpha": {"api_key": "${BETA}"}}`, "twice"],
    ["a field twice", `{"alpha": {"api_key": "${ALPHA}", "api_key": "${BETA}"}}`, "twice"],
    ["nobody in it", {}, "at least one account"],
    ["a list", [both.alpha], "at least one account"],
    ["a key mistyped", { alpha: { api_key: `${ALPHA} x` } }, '"alpha" has no usable api_key'],
    ["no key", { alpha: {} }, '"alpha" has no usable api_key'],
    ["a field mistyped", { alpha: { ...both.alpha, acess: "read" } }, '"alpha" has "acess"'],
    ["an access that there is not", { alpha: { ...both.alpha, access: "admin" } }, "access of"],
    ["a company by name", { alpha: { ...both.alpha, company_id: "Acme" } }, "company_id of"],
    ["a company that is null", { alpha: { ...both.alpha, company_id: null } }, "company_id of"],
    ["a name that is a number", { alpha: { ...both.alpha, name: 7 } }, "name of"],
    ["a limit in words", { alpha: { ...both.alpha, max_runs_per_day: "2" } }, "max_runs_per_day of"],
    ["campaigns without brackets", { alpha: { ...both.alpha, campaigns: 7 } }, "campaigns of"],
    ["a way up as a name", { "../alpha": both.alpha }, "cannot be a name"],
    ["a name with a blank", { "al pha": both.alpha }, "cannot be a name"],
    ["a name with an accent", { älpha: both.alpha }, "cannot be a name"],
    ["__proto__ as a name", `{"__proto__": {"api_key": "${ALPHA}"}}`, "cannot be a name"],
    ["two that differ in capitals", { alpha: both.alpha, ALPHA: both.beta }, "capitals only"],
    ["an entry that is none", { alpha: 5 }, '"alpha" is not an account'],
  ];
  it.each(slips)("with %s: the last good one holds, and the log says so", async (_how, content, says) => {
    const { faults, kept } = await logged(() => file.write(content));
    expect(faults.join()).toContain(says);
    expect(kept).toEqual(["alpha", "beta"]);
    expect([await status("alpha"), await status("beta")]).toEqual([200, 200]);
    file.write(both);
    expect(await status("alpha")).toBe(200);
  });

  it("that is gone: the last one holds, and the log says so", async () => {
    const { faults } = await logged(() => file.remove());
    expect(faults).toEqual(["the file cannot be read (ENOENT)"]);
    expect(await status("beta")).toBe(200);
    file.write(both);
    expect(await status("beta")).toBe(200);
  });

  it("that is a folder, or a link to itself: the last one holds, and it ends the start with one line", async () => {
    const kinds: [string, () => void][] = [
      ["EISDIR", () => mkdirSync(file.path)],
      ["ELOOP", () => symlinkSync(file.path, file.path)],
    ];
    for (const [code, make] of kinds) {
      const { faults } = await logged(() => {
        file.remove();
        make();
      });
      expect([await status("alpha"), await status("beta"), faults]).toEqual([
        200,
        200,
        [`the file cannot be read (${code})`],
      ]);
      const start = await refusesToStart([], { WOODPECKER_ACCOUNTS: file.path });
      const says = `woodpecker-campaigns-mcp: WOODPECKER_ACCOUNTS: the file cannot be read (${code})\n`;
      expect([start.code, start.stderr]).toEqual([2, says]);
      rmSync(file.path, { recursive: true });
      file.write(both);
    }
  });

  it.each(slips)("with %s at the start: exit 2 and one line", async (_how, content, says) => {
    const path = join(file.folder, "wrong.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    const { code, stderr } = await refusesHere([], { WOODPECKER_ACCOUNTS: path });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^woodpecker-campaigns-mcp: WOODPECKER_ACCOUNTS: [^\n]+\n$/),
    ]);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain(ALPHA);
  });
});

describe("the other settings", () => {
  it("that contradict the file end the start; those that it replaces are named", async () => {
    const tries: [string[], Record<string, string>, RegExp][] = [
      [["--auth", "header"], {}, /WOODPECKER_ACCOUNTS must not be set/],
      [[], { WOODPECKER_ACCOUNTS: join(file.folder, "none.json") }, /WOODPECKER_ACCOUNTS: .*ENOENT/],
      [["--host", "0.0.0.0"], {}, /set WOODPECKER_MCP_TOKEN/],
    ];
    for (const [args, env, says] of tries) {
      const { code, stderr } = await refusesToStart(args, { WOODPECKER_ACCOUNTS: file.path, ...env });
      expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
    }
    const other = accountsFile(both);
    const started = await startNamed(other, { WOODPECKER_API_KEY: BETA, WOODPECKER_API_URL: tenants.origin });
    expect(started.stderr()).toContain("WOODPECKER_API_KEY is not used");
    const from = tenants.arrived.length;
    await started.at("alpha").call("list_campaigns", {}, theToken);
    expect(tenants.arrived.slice(from).map(({ key }) => key)).toEqual([ALPHA]);
    await started.end();
  });

  it("bound what the file allows", async () => {
    const wide = accountsFile({
      wide: { api_key: ALPHA, max_prospects_per_call: 50, campaigns: [2101, 2104] },
      less: { api_key: ALPHA, access: "read" },
    });
    const bounded = await startNamed(wide, {
      WOODPECKER_API_URL: tenants.origin,
      WOODPECKER_MAX_PROSPECTS_PER_CALL: "1",
      WOODPECKER_CAMPAIGNS: "2104,2105",
    });
    const at = bounded.at("wide");
    const people = { prospects: [{ email: "a@new.example" }, { email: "b@new.example" }] };
    expect((await at.call("save_prospects", people, theToken)).text).toContain("at most 1 people a call");
    const rename = async (id: number) =>
      (await at.call("update_campaign", { campaign_id: id, name: "Renamed" }, theToken)).failed;
    expect([await rename(2104), await rename(2101), await rename(2105)]).toEqual([false, true, true]);
    const pause = { name: "pause_campaign", arguments: { campaign_id: 2101 } };
    const refused = await bounded.at("less").rpc("tools/call", pause, theToken);
    expect(refused.text).toContain("asks the operator to change the account's access");
    await bounded.end();

    const draft = accountsFile({ more: { api_key: BETA, access: "full" } });
    const drafting = await startNamed(draft, {
      WOODPECKER_API_URL: tenants.origin,
      WOODPECKER_ACCESS: "draft",
    });
    const { text } = await drafting.at("more").rpc("tools/list", {}, theToken);
    expect(text).toContain("pause_campaign");
    expect(text).not.toContain('"run_campaign"');
    await drafting.end();
  });

  it("of the sandbox: each name has a sandbox of its own, and needs no key", async () => {
    const play = accountsFile({ alpha: {}, beta: { name: "Beta Ltd" } });
    const sandboxes = await startNamed(play, {}, ["--sandbox"]);
    const [alpha, beta] = [sandboxes.at("alpha"), sandboxes.at("beta")];
    await alpha.call("update_campaign", { campaign_id: 2104, name: "Alpha's own" }, theToken);
    const nameAt = async (at: typeof alpha) =>
      (await at.call("get_campaign", { campaign_id: 2104 }, theToken)).data.name;
    expect([await nameAt(alpha), await nameAt(beta)]).toEqual([
      "Alpha's own",
      expect.not.stringContaining("Alpha"),
    ]);
    const { data } = await beta.call("list_recent_changes", {}, theToken);
    expect(data.changes).toEqual([]);
    await sandboxes.end();
  });
});

describe("an account that is taken out", () => {
  it("ends its call that is under way, and begins none", async () => {
    const held = tenants.hold(ALPHA, /^POST/);
    const from = tenants.arrived.length;
    const client = await modernAt(server.at("alpha").url, theToken, yes);
    const paused = client.callTool({ name: "pause_campaign", arguments: { campaign_id: 2101 } });
    await waitFor(() =>
      expect(tenants.arrived.slice(from).some(({ line }) => /^POST/.test(line))).toBe(true),
    );
    file.write({ beta: both.beta, gamma: both.beta });
    await expect(client.callTool({ name: "list_campaigns", arguments: {} })).rejects.toThrow("no account");
    held.release();
    expect((await paused).structuredContent).toMatchObject({ outcome: "done", account: "alpha" });
    await expect(client.listTools()).rejects.toThrow("/mcp/beta");
    file.write(both);
  });

  const changes: [string, object, number][] = [
    ["another key", { ...both, alpha: { api_key: BETA } }, 404],
    ["another company", { ...both, alpha: { api_key: ALPHA, company_id: 12 } }, 404],
    ["less access", { ...both, alpha: { api_key: ALPHA, access: "read" } }, 404],
    ["nothing left", { beta: both.beta }, 403],
    ["only its neighbour changed", { ...both, beta: { api_key: BETA, access: "read" } }, 200],
  ];
  it.each(changes)("or has %s: the session that was begun before", async (_what, content, expected) => {
    const at = server.at("alpha");
    const { headers } = await at.rpc("initialize", greeting, theToken);
    const session = { ...theToken, "mcp-session-id": String(headers["mcp-session-id"]) };
    expect((await at.rpc("tools/list", {}, session)).status).toBe(200);
    file.write(content);
    expect((await at.rpc("tools/list", {}, session)).status).toBe(expected);
    file.write(both);
  });
});
