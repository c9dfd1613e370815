/** The command line of the built program: what it knows, and how it explains what it does not. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { options } from "../../src/settings/options.ts";
import { runToEnd, start } from "../support/program.ts";
import { connect } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";

/** As a host leaves it when its user filled nothing in. */
const placeholder = (field: string) => ["$", `{user_config.${field}}`].join("");

const linesOf = (text: string) => text.split("\n").filter(Boolean);

describe("the command line", () => {
  const remote = { WOODPECKER_MCP_TOKEN: "t".repeat(32) };

  it("shows every option and command with --help", async () => {
    const { code, stdout, stderr } = await runToEnd(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const option of Object.values(options)) {
      if ("flag" in option) expect(stdout).toContain(`--${option.flag}`);
      if ("env" in option) expect(stdout).toContain(option.env);
    }
    for (const command of ["sandbox", "demo", "doctor"])
      expect(stdout).toMatch(new RegExp(`mcp ${command} `));
  });

  it("shows the version of package.json with --version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await runToEnd(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    ["an unknown option", ["--sandbax"], {}, ["--sandbax", "did you mean --sandbox?", "--access", "--http"]],
    ["an unknown option far from all", ["--qqqqqqqq"], {}, ["--qqqqqqqq", "--sandbox", "--toolsets"]],
    ["a bad access level", ["--access", "write"], {}, ["--access", '"write"', "read, draft, full"]],
    [
      "a bad access level in the environment",
      [],
      { WOODPECKER_ACCESS: "all" },
      ["WOODPECKER_ACCESS", "read, draft, full"],
    ],
    [
      "a bad toolset",
      ["--toolsets=campaigns,mail"],
      {},
      ["--toolsets", '"mail"', "campaigns, prospects, accounts, insights"],
    ],
    ["a bad log level", [], { LOG_LEVEL: "loud" }, ["LOG_LEVEL", "debug, info, warn, error"]],
    ["an unknown command", ["demos"], {}, ['"demos"', "did you mean demo?", "sandbox, demo, doctor"]],
    ["a variable in the wrong place", ["WOODPECKER_ACCESS=read"], {}, ["a variable goes before the command"]],
    ["an option with one dash", ["-sandbox"], {}, ["unknown option -sandbox, did you mean --sandbox?"]],
    [
      "a key on the command line",
      ["--api-key=abcdefgh"],
      {},
      ["unknown option --api-key", "environment only", "WOODPECKER_API_KEY"],
    ],
    ["an option without its value", ["--access"], {}, ["--access <level>"]],
    ["a bad port", ["--http", "--sandbox", "--port", "http"], {}, ["--port", "65535"]],
    ["a plain http address", ["--api-url", "http://api.example.com"], {}, ["--api-url", "https"]],
    [
      "an address with a path",
      ["--api-url", "https://api.example.com/rest"],
      {},
      ["--api-url", "without a path"],
    ],
    ["a company that is not a number", ["--company-id", "acme"], {}, ["--company-id", "number", "doctor"]],
    [
      "an address that is not ours",
      ["--http", "--sandbox", "--host", "no.such.invalid"],
      remote,
      ["--host no.such.invalid", "--host 127.0.0.1"],
    ],
    ["ids in another form", [], { WOODPECKER_CAMPAIGNS: "1;2" }, ["WOODPECKER_CAMPAIGNS", "commas"]],
    [
      "a switch off for certificates",
      [],
      { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
      ["NODE_TLS_REJECT_UNAUTHORIZED", "NODE_EXTRA_CA_CERTS"],
    ],
    [
      "HTTP on all addresses without a token",
      ["--http", "--sandbox", "--host", "0.0.0.0"],
      {},
      ["WOODPECKER_MCP_TOKEN"],
    ],
    [
      "HTTP without a key",
      ["--http", "--port", "0"],
      {},
      ["WOODPECKER_API_KEY is not set", "Add-ons > API keys", "--sandbox"],
    ],
    [
      "HTTP with a malformed key",
      ["--http", "--port", "0"],
      { WOODPECKER_API_KEY: "Bearer abcdefgh ijk" },
      ["WOODPECKER_API_KEY", 'begins with "Bearer"'],
    ],
  ] as [string, string[], Record<string, string>, string[]][])(
    "ends with 2 and one line about %s",
    async (_name, args, env, says) => {
      const { code, stdout, stderr } = await runToEnd(args, env);
      expect([code, stdout]).toEqual([2, ""]);
      expect(linesOf(stderr)).toHaveLength(1);
      for (const words of says) expect(stderr).toContain(words);
      expect(stderr).not.toContain("abcdefgh");
    },
  );

  it.each([
    ["the server", ["--http", "--sandbox"]],
    ["the sandbox", ["sandbox"]],
  ])(
    "ends %s with 2 and one line when its port is taken: who has it, and which others there are",
    async (_which, args) => {
      const { origin } = await openSandbox();
      const { port } = new URL(origin);
      const { code, stdout, stderr } = await runToEnd([...args, "--port", port]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(linesOf(stderr)).toEqual([expect.stringContaining(`port ${port} of 127.0.0.1 is taken`)]);
      expect(stderr).toMatch(/another port, such as \d+, or 0 for any free one/);
    },
  );

  it.each([
    [["-h"], /woodpecker-campaigns-mcp \[options\]/],
    [["help"], /woodpecker-campaigns-mcp \[options\]/],
    [["-v"], /^\d+\.\d+\.\d+\n$/],
    [["version"], /^\d+\.\d+\.\d+\n$/],
  ])("understands %j", async (args, says) => {
    const { code, stdout, stderr } = await runToEnd(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(says);
  });

  it("says on an old Node what is needed and where to get it, whatever that Node can parse", () => {
    const [shebang, first = ""] = readFileSync("dist/main.cjs", "utf8").split("\n");
    expect(shebang).toBe("#!/usr/bin/env node");
    const process = {
      versions: { node: "12.22.0" },
      execPath: "/usr/bin/node",
      exit: vi.fn(),
      stderr: { write: vi.fn() },
    };
    new Function("process", first)(process);
    expect(process.exit).toHaveBeenCalledWith(2);
    const [[line]] = process.stderr.write.mock.calls as [[string]];
    for (const words of ["20.18.1 or newer", "12.22.0", "/usr/bin/node", "https://nodejs.org"])
      expect(line).toContain(words);
    expect(linesOf(line)).toHaveLength(1);
    // Nothing in it is younger than that Node.
    expect(first).not.toMatch(/=>|`|\?\.|\?\?|\b(?:const|let|class|async)\b/);
  });

  it("ends with 1 and one line when a file of its own is missing", () => {
    const folder = mkdtempSync(join(tmpdir(), "half-"));
    cpSync("dist/main.cjs", join(folder, "main.cjs"));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "main.cjs"), "demo"], {
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect([status, stdout]).toEqual([1, ""]);
    expect(linesOf(stderr)).toEqual([expect.stringContaining("install it again")]);
  });

  it.each(["", "  ", placeholder("access")])(
    "takes %j as an access level that was not given",
    async (value) => {
      const { client } = await connect(["--sandbox"], { WOODPECKER_ACCESS: value });
      expect((await client.listTools()).tools.map(({ name }) => name)).toContain("delete_campaign");
    },
  );

  it.each([
    ["read", ["list_campaigns"], ["create_campaign", "pause_campaign", "run_campaign"]],
    ["draft", ["create_campaign", "pause_campaign", "stop_campaign"], ["run_campaign", "delete_campaign"]],
    ["full", ["run_campaign", "delete_campaign"], []],
  ])("--access %s leaves %j and takes %j away", async (access, there, absent) => {
    const { client } = await connect(["--sandbox", "--access", access]);
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(there));
    for (const name of absent) expect(names).not.toContain(name);
  });
});

describe("the other commands", () => {
  it("sandbox serves Woodpecker's API over HTTP until it is ended", async () => {
    const program = start(["sandbox", "--port", "0"]);
    const [, origin = "", key = ""] = await program.said(
      /(http:\/\/127\.0\.0\.1:\d+)\/rest\/v2, x-api-key: (\S+)/,
    );
    const list = await fetch(`${origin}/rest/v1/campaign_list`, { headers: { "x-api-key": key } });
    expect([list.status, ((await list.json()) as unknown[]).length]).toEqual([200, 6]);
    expect((await fetch(`${origin}/rest/v2/mailboxes`)).status).toBe(401);
    program.child.kill("SIGTERM");
    expect(await program.ended()).toBe(0);
  });

  it("demo plays the life of a campaign to its end and tells it", async () => {
    const { code, stdout, stderr } = await runToEnd(["demo"]);
    expect([code, stderr]).toEqual([0, ""]);
    const story = [
      "You: Which mailboxes can I send from?",
      "501 SMTP",
      "You: Draft a campaign",
      "the arguments do not fit",
      "You: Then on weekdays",
      "Created campaign 2201",
      "You: Launch it.",
      "Start this campaign?",
      "You: Yes, go ahead.",
      "is RUNNING now",
      "pause it!",
      "is PAUSED now",
      "Stop it, then delete it.",
      "is STOPPED now",
      "Delete this campaign for good?",
      "is deleted",
      "CAMPAIGN_NOT_EXIST",
    ];
    const places = story.map((words) => stdout.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));

    // The chat that opens README.md is quoted from it, line by line; … stands for what is left out.
    const readme = readFileSync("README.md", "utf8");
    const chat = /```text\n(You: [\s\S]*?)\n```/.exec(readme)?.[1] as string;
    const quoted = chat.split("\n").filter((line) => !["", "…"].includes(line.trim()));
    expect(quoted.length).toBeGreaterThan(15);
    const said = stdout.split("\n");
    let at = 0;
    for (const line of quoted) {
      at = said.indexOf(line, at) + 1;
      expect(at, line).toBeGreaterThan(0);
    }
  });
});
