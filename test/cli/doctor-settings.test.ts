/** `doctor` and what was set: it shows what holds, whether places can be written, whether anything could be sent, and keeps all of it in its entry. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { sendingToolsets } from "../../src/cli/doctor/sending.ts";
import { operations } from "../../src/operations/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { type Option, options } from "../../src/settings/options.ts";
import { runHere } from "../support/command.ts";
import { bare } from "../support/program.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function woodpecker(): Promise<Record<string, string>> {
  return (await openSandbox()).env;
}

async function openSandbox() {
  const sandbox = await startSandbox();
  cleanups.push(sandbox.close);
  return { ...sandbox, env: { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key } };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "doctor-"));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function doctor(env: Record<string, string>, args: string[] = []) {
  const { code, stdout, stderr } = await runHere(["doctor", ...args], env);
  const json = /\n(\{[\s\S]*\n\})\n/.exec(stdout)?.[1];
  return { code, stdout, stderr, printed: json === undefined ? undefined : JSON.parse(json) };
}

const all = Object.values(options as Record<string, Option>).filter(({ only, reach }) => !only && !reach);

/** What was started, which here is what runs the tests. */
const program = process.argv[1];

/** A value that each option takes; found by trying, so that a new option needs no line here. */
const sample = ({ among, list, path, env }: Option) =>
  path
    ? "~/somewhere"
    : (among?.slice(0, list ? 2 : 1).join(",") ??
      (env?.includes("REDIS")
        ? "redis://:pw@127.0.0.1:1"
        : env?.includes("URL")
          ? "https://api.example.com"
          : "7001"));

describe("the entry that doctor prints", () => {
  const kept = all.filter(({ http }) => !http);

  it("keeps every variable that was set, none of them in clear that is secret", async () => {
    const set = kept.flatMap((option) =>
      option.env && option.env !== "WOODPECKER_API_KEY"
        ? [[option.env, option.value || !option.flag ? sample(option) : "1"] as const]
        : [],
    );
    const given = { ...Object.fromEntries(set), WOODPECKER_LEDGER_STRICT: "1" };
    const home = folder();
    const { printed, stdout } = await doctor({ ...given, HOME: home }, ["--sandbox"]);
    const { env, args } = printed.mcpServers.woodpecker;
    expect(args).toEqual([program, "--sandbox"]);
    expect(Object.keys(env).sort()).toEqual(Object.keys(given).sort());
    for (const { env: name, secret, path } of kept) {
      if (!name || !(name in given)) continue;
      const value = given[name as keyof typeof given];
      expect(env[name]).toBe(secret ? `the value of ${name}` : path ? join(home, "somewhere") : value);
    }
    expect(stdout).not.toContain(":pw@");
  });

  it("keeps every flag that was given, as a flag", async () => {
    const flags = kept.flatMap((option) =>
      option.flag ? [[`--${option.flag}`, ...(option.value ? [sample(option)] : [])]] : [],
    );
    const { printed } = await doctor({}, flags.flat());
    const { args } = printed.mcpServers.woodpecker;
    expect(args.slice(1).join(" ").split(" --").sort()).toEqual(flags.flat().join(" ").split(" --").sort());
  });

  it("can be started as it stands, with the key filled in", async () => {
    const env = await woodpecker();
    const { printed, code } = await doctor({ ...env, WOODPECKER_ACCESS: "full" }, ["--company-id", "7001"]);
    expect(code).toBe(0);
    const { args, env: there } = printed.mcpServers.woodpecker;
    expect(there).toMatchObject({ WOODPECKER_API_KEY: "the key", WOODPECKER_ACCESS: "full" });
    const again = await doctor({ ...there, WOODPECKER_API_KEY: env.WOODPECKER_API_KEY }, args.slice(1));
    expect(again.printed).toEqual(printed);
  });

  it("holds what a terminal hands on and a program with windows does not, without the proxy's password", async () => {
    const more = { NODE_EXTRA_CA_CERTS: "/dev/null", HTTPS_PROXY: "http://me:hidden@proxy.example:3128" };
    const { printed, stdout } = await doctor(more, ["--sandbox"]);
    expect(printed.mcpServers.woodpecker.env).toMatchObject({
      NODE_EXTRA_CA_CERTS: "/dev/null",
      HTTPS_PROXY: "http://me:the-password@proxy.example:3128",
    });
    expect(stdout).not.toContain("hidden");
  });

  it("names npx where npx has started it, since what it fetched is cleared away", () => {
    const place = join(folder(), "_npx", "0f3c", "dist");
    cpSync("dist", place, { recursive: true, filter: (path) => !/release|bundle|mcpb/.test(path) });
    const { stdout } = spawnSync(process.execPath, [join(place, "main.cjs"), "doctor", "--sandbox"], {
      env: bare({}),
      encoding: "utf8",
    });
    const { woodpecker } = JSON.parse(/\n(\{[\s\S]*\n\})\n/.exec(stdout)?.[1] as string).mcpServers;
    expect([woodpecker.command, ...woodpecker.args]).toEqual([
      ...(process.platform === "win32" ? ["cmd", "/c"] : []),
      ...["npx", "-y", "woodpecker-campaigns-mcp", "--sandbox"],
    ]);
  });

  it("is the command of the service with --http", async () => {
    const token = "t".repeat(32);
    const env = { WOODPECKER_MCP_TOKEN: token, AUTH_MODE: "env", ...(await woodpecker()) };
    const { printed, stdout } = await doctor(env, ["--http", "--port", "3100", "--sessions"]);
    expect(printed.args).toEqual([program, "--http", "--sessions", "--port", "3100"]);
    expect(printed.env).toMatchObject({
      AUTH_MODE: "env",
      WOODPECKER_MCP_TOKEN: "the value of WOODPECKER_MCP_TOKEN",
    });
    expect(stdout).not.toContain(token);
  });
});

describe("doctor shows what holds", () => {
  it("account, access, limits, dry run, forms and protocols", async () => {
    const { stdout } = await doctor(
      { WOODPECKER_ACCOUNT_NAME: "Acme", WOODPECKER_MAX_RUNS_PER_DAY: "3", WOODPECKER_CAMPAIGNS: "2104" },
      ["--sandbox", "--agency", "--company-id", "7001", "--dry-run", "--forms", "require"],
    );
    expect(stdout).toContain(
      [
        'Account: "Acme", client company 7001',
        "Access full, toolsets campaigns, prospects, accounts, insights",
        "Limits: WOODPECKER_CAMPAIGNS 2104, WOODPECKER_MAX_RUNS_PER_DAY 3",
        "Dry run: yes, no write leaves",
        "Forms: require, a person agrees by a form, the launch card or the command approve, never through the model",
        "Protocol: clients get MCP 2025-11-25 or 2026-07-28, whichever they open with",
      ].join("\n"),
    );
    expect(stdout).toMatch(/^ok +Client company: 7001 "Northwind"$/m);
  });

  it("that an agency of the sandbox acts for nobody yet", async () => {
    const { stdout, code } = await doctor({}, ["--sandbox", "--agency"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/Client company: none is chosen.*\n.*7001/)]);
  });

  it("an address as it was set, with https only where it has it", async () => {
    const env = await woodpecker();
    const { stdout } = await doctor({ ...env, WOODPECKER_API_URL: "http://127.0.0.1:9" });
    expect(stdout).toContain("Open http://127.0.0.1:9 in a browser");
    expect(stdout).not.toContain("https://127");
  });
});

describe("doctor of several accounts", () => {
  it("says which of them cannot be used, and why", async () => {
    const { env } = await openSandbox();
    const file = join(folder(), "accounts.json");
    const accounts = { alpha: { api_key: env.WOODPECKER_API_KEY }, beta: { api_key: "another-key-0001" } };
    writeFileSync(file, JSON.stringify(accounts));
    const several = { WOODPECKER_API_URL: env.WOODPECKER_API_URL, WOODPECKER_ACCOUNTS: file };
    const { code, stdout, printed } = await doctor(several);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +Accounts: 1 of 2 can be used\n +beta: Woodpecker does not know this key/m);
    expect(stdout).not.toContain("another-key-0001");
    expect(printed).toMatchObject({ args: [program, "--http"], env: several });
    writeFileSync(file, "{");
    const broken = await doctor(several);
    expect([broken.code, broken.stdout]).toEqual([
      1,
      expect.stringContaining("FAIL  Accounts: WOODPECKER_ACCOUNTS: "),
    ]);
  });
});

describe("doctor tries whether places can be written", () => {
  it.each([
    ["WOODPECKER_STATE_DIR", "State folder", (place: string) => place],
    ["WOODPECKER_LEDGER", "Ledger of writes", (place: string) => join(place, "ledger.jsonl")],
  ])("%s: by a file that is gone afterwards, with the folders made for it", async (name, about, named) => {
    const env = await woodpecker();
    const home = folder();
    const path = named(join(home, "a", "b"));
    const { stdout } = await doctor({ ...env, [name]: path });
    expect(stdout).toContain(`ok    ${about}: ${path}`);
    expect(readdirSync(home)).toEqual([]);
    mkdirSync(join(home, "a", "b"), { recursive: true });
    expect((await doctor({ ...env, [name]: path })).stdout).toContain(`ok    ${about}: ${path}`);
    expect(readdirSync(join(home, "a", "b"))).toEqual([]);
  });

  const places: [string, (file: string) => string, boolean][] = [
    ["a file", (file) => file, true],
    ["below a file", (file) => join(file, "deep", "er"), true],
    // Where root may write everywhere by its rights, and nowhere in fact.
    ["/proc", () => "/proc", existsSync("/proc/self")],
    ["below /proc", () => "/proc/woodpecker/state", existsSync("/proc/self")],
    ["/sys", () => "/sys/kernel/woodpecker", existsSync("/sys/kernel")],
  ];
  it.each(places.filter(([, , there]) => there))("and says that %s cannot", async (_name, path) => {
    const env = await woodpecker();
    const file = join(folder(), "file");
    writeFileSync(file, "no folder");
    const { stdout } = await doctor({
      ...env,
      WOODPECKER_STATE_DIR: path(file),
      WOODPECKER_LEDGER: join(path(file), "ledger.jsonl"),
    });
    expect(stdout).toMatch(/^note +State folder: .* cannot be written \(.*\)/m);
    expect(stdout).toMatch(/^note +Ledger of writes: .* cannot be written \(.*\)/m);
  });

  it("and leaves a ledger that is there as it is", async () => {
    const env = await woodpecker();
    const path = join(folder(), "ledger.jsonl");
    writeFileSync(path, "");
    expect((await doctor({ ...env, WOODPECKER_LEDGER: path })).stdout).toContain(`Ledger of writes: ${path}`);
    expect((await doctor({ ...env, WOODPECKER_LEDGER: folder() })).stdout).toContain(
      "it is a folder, not a file",
    );
  });
});

describe("doctor ends with 1 where nothing could be sent", () => {
  it.each([
    ["access read", { WOODPECKER_ACCESS: "read" }, ["access is read", "WOODPECKER_ACCESS=full"]],
    ["access draft", { WOODPECKER_ACCESS: "draft" }, ["access is draft", "WOODPECKER_ACCESS=full"]],
    [
      "toolsets without a sending tool",
      { WOODPECKER_TOOLSETS: "accounts" },
      ["toolsets accounts", "WOODPECKER_TOOLSETS"],
    ],
    ["a dry run", { WOODPECKER_DRY_RUN: "1" }, ["it is a dry run", "WOODPECKER_DRY_RUN"]],
    [
      "no run a day",
      { WOODPECKER_MAX_RUNS_PER_DAY: "0" },
      ["no campaign may be started", "WOODPECKER_MAX_RUNS_PER_DAY"],
    ],
    ["nobody enrolled a day", { WOODPECKER_MAX_DAILY_ENROLL: "0" }, ["WOODPECKER_MAX_DAILY_ENROLL"]],
    ["campaigns of another account", { WOODPECKER_CAMPAIGNS: "1,2" }, ["allows 1, 2 only"]],
    [
      "a mailbox that is broken",
      { WOODPECKER_MAILBOXES: "504" },
      ["allows (504) none can send", "such as 501"],
    ],
  ])("(%s), says why and what to do, and prints the entry all the same", async (_name, set, says) => {
    const { code, stdout, printed } = await doctor({ ...(await woodpecker()), ...set });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +Sending: nothing can be sent: /m);
    for (const words of says) expect(stdout).toContain(words);
    expect(printed.mcpServers.woodpecker.env).toMatchObject(set);
    expect(stdout).not.toContain("Ready.");
  });

  it("by the toolsets that really have a tool that sends", () => {
    const sending = operations.filter(({ effect }) => effect === "send").map(({ toolset }) => toolset);
    expect([...sendingToolsets]).toEqual([...new Set(sending)].sort());
  });

  it("(no mailbox that can send)", async () => {
    const { env, origin, key, failNext } = await openSandbox();
    const path = "/rest/v2/mailboxes";
    const list = await fetch(origin + path, { headers: { "x-api-key": key } });
    const broken = (await list.text()).replaceAll('"error":null', '"error":"Authentication failed"');
    failNext({ path: /mailboxes$/, status: 200, body: JSON.parse(broken) });
    const { code, stdout } = await doctor(env);
    expect(stdout).toMatch(/^note +Mailboxes: 0 of \d can send/m);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^FAIL +Sending: .*no mailbox that can send/m)]);
  });
});
