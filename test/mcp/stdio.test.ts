/** The built program on stdio: a clean protocol, an end when its client ends, and a start-up that explains itself. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.ts";
import { readSettings } from "../../src/settings/index.ts";
import { options } from "../../src/settings/options.ts";
import { draft } from "../support/draft.ts";
import { hello, message } from "../support/json-rpc.ts";
import { runToEnd, start } from "../support/program.ts";
import { connect } from "../support/program-session.ts";

const open: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

/** Stands for Woodpecker; its address goes into WOODPECKER_API_URL. */
async function upstream(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  open.push(sandbox);
  return sandbox;
}

/** As a host leaves it when its user filled nothing in. */
const placeholder = (field: string) => ["$", `{user_config.${field}}`].join("");
const linesOf = (text: string) => text.split("\n").filter(Boolean);
const call = (name: string, args: object = {}) => message("tools/call", { name, arguments: args });

describe("on stdio", () => {
  it("keeps a sandbox to itself, whatever Redis others share", async () => {
    const { client } = await connect(["--sandbox"], { WOODPECKER_REDIS_URL: "redis://127.0.0.1:1" });
    const { structuredContent } = await client.callTool({ name: "create_campaign", arguments: draft });
    expect(structuredContent).toMatchObject({ outcome: "done" });
  });

  it("says nothing but JSON-RPC on stdout, and logs on stderr", async () => {
    const program = start(["--sandbox", "--log-level", "debug"]);
    const lines = [
      ...hello(),
      message("tools/list"),
      call("list_campaigns"),
      call("get_campaign", { campaign_id: 0 }),
    ];
    program.stdin.write(`${lines.join("\n")}\n`);
    await program.said(/the arguments do not fit/);
    program.stdin.end();
    expect(await program.ended()).toBe(0);

    const messages = linesOf(program.stdout()).map((line) => JSON.parse(line));
    expect(messages).toHaveLength(4);
    for (const message of messages) expect(message).toMatchObject({ jsonrpc: "2.0", id: expect.any(Number) });
    expect(messages.find(({ result }) => result.structuredContent)).toMatchObject({
      result: { structuredContent: { total: 6 } },
    });
    const events = linesOf(program.stderr()).map((line) => JSON.parse(line).event);
    expect(events).toContain("call");
  });

  it.each([
    ["before a word was said", [] as string[]],
    ["after the greeting", hello()],
    ["after a call", [...hello(), call("list_mailboxes")]],
  ])("ends by itself when stdin ends %s", async (_when, lines) => {
    const program = start(["--sandbox"]);
    program.stdin.end(lines.map((line) => `${line}\n`).join(""));
    expect(await program.ended()).toBe(0);
    expect(linesOf(program.stdout())).toHaveLength(lines.filter((line) => line.includes('"id"')).length);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends by itself on %s", async (signal) => {
    const program = start(["--sandbox"]);
    program.stdin.write(`${hello().join("\n")}\n`);
    await program.said(/"result"/);
    program.child.kill(signal);
    expect(await program.ended()).toBe(0);
  });

  it.each([
    ["a broken line", '{"jsonrpc":"2.0","id":7,"method":"tools/li'],
    ["a line that is not JSON", "GET / HTTP/1.1"],
    ["a blank line", ""],
    ["a batch", `[${message("tools/list")}]`],
    ["a number", "42"],
    [
      "a message with a null id",
      '{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"pause_campaign","arguments":{"campaign_id":2101}}}',
    ],
    ["deeply nested JSON", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ])("survives %s and answers the next request", async (_name, line) => {
    const sandbox = await upstream();
    const program = start([], { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key });
    program.stdin.write(`${hello().join("\n")}\n${line}\n${call("list_mailboxes")}\n`);
    await program.said(/4 of 4/);
    program.stdin.end();
    expect(await program.ended()).toBe(0);
    for (const answer of linesOf(program.stdout()))
      expect(JSON.parse(answer)).toMatchObject({ jsonrpc: "2.0" });
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /rest/v2/mailboxes",
    ]);
  });

  it("understands lines that end in CR LF, and one that comes in pieces", async () => {
    const program = start(["--sandbox"]);
    const text = `${hello().join("\r\n")}\r\n${call("list_mailboxes")}\r\n`;
    for (const piece of text.match(/[\s\S]{1,50}/g) ?? []) program.stdin.write(piece);
    await program.said(/4 of 4/);
    program.stdin.end();
    expect(await program.ended()).toBe(0);
  });

  it("ends with 1 and one line when a message is larger than 8 MiB", async () => {
    const program = start(["--sandbox"]);
    program.stdin.write("x".repeat(9 * 1024 * 1024));
    expect(await program.ended()).toBe(1);
    expect(linesOf(program.stderr())).toEqual([expect.stringContaining("8 MiB")]);
  });

  it("answers the call that is under way when stdin ends", async () => {
    const program = start(["--sandbox"]);
    program.stdin.end(
      `${[...hello(), call("create_campaign", { ...draft, mailbox_ids: [501] })].join("\n")}\n`,
    );
    expect(await program.ended()).toBe(0);
    expect(program.stdout()).toContain("Created campaign");
  });
});

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
      const { origin } = await upstream();
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

const everyCall: [string, object][] = [
  ["list_campaigns", {}],
  ["get_campaign", { campaign_id: 2101 }],
  ["create_campaign", draft],
  ["run_campaign", { campaign_id: 2102 }],
  ["pause_campaign", { campaign_id: 2101 }],
  ["stop_campaign", { campaign_id: 2101 }],
  ["delete_campaign", { campaign_id: 2104 }],
  ["list_mailboxes", {}],
];

describe("the key", () => {
  it.each([
    ["is one word", "abcd-1234-EFGH_5678", "abcd-1234-EFGH_5678"],
    ["has blanks around it", " abcd1234\n", "abcd1234"],
    ["is blank", "   ", undefined],
    ["was not filled in", placeholder("api_key"), undefined],
    ["has Bearer in front", "Bearer abcd1234", "malformed"],
    ["stands in double quotes", '"abcd1234"', "malformed"],
    ["stands in single quotes", "'abcd1234'", "malformed"],
    ["has a line break in it", "abcd1234\nabcd", "malformed"],
    ["has a letter that no header can carry", "abcd1234ä", "malformed"],
    ["is much too short", "s3", "malformed"],
    ["is much too long", "k".repeat(257), "malformed"],
  ])("that %s is read as %j → %j", (_how, given, read) => {
    const { apiKey, malformedKey } = readSettings([], { WOODPECKER_API_KEY: given });
    expect([apiKey, malformedKey]).toEqual(
      read === "malformed" ? [undefined, expect.any(String)] : [read, undefined],
    );
  });

  it.each([
    ["is missing", undefined],
    ["was not filled in by the host", placeholder("api_key")],
    ["has Bearer in front", "Bearer secret-1234567 x"],
    ["stands in double quotes", '"secret-1234567"'],
  ])(
    "that %s: tools are listed, and each call says how to set it without asking Woodpecker",
    async (_how, key) => {
      const sandbox = await upstream();
      const env = { WOODPECKER_API_URL: sandbox.origin, LOG_LEVEL: "debug" };
      const session = await connect([], { ...env, ...(key !== undefined && { WOODPECKER_API_KEY: key }) });
      const names = (await session.client.listTools()).tools.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(everyCall.map(([name]) => name)));
      for (const [name, args] of everyCall) {
        const result = await session.client.callTool({ name, arguments: args as Record<string, unknown> });
        const [{ text }] = result.content as [{ text: string }];
        expect(result).toMatchObject({ isError: true });
        expect(text).toContain("WOODPECKER_API_KEY");
        expect(text).toContain("--sandbox");
        expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: /);
        expect(text + session.stderr()).not.toMatch(/secret|user_config/);
      }
      expect(sandbox.requests).toEqual([]);
    },
  );

  it("that is good is sent as x-api-key and stands nowhere else", async () => {
    const sandbox = await upstream();
    const env = {
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: ` ${sandbox.key}\n`,
      LOG_LEVEL: "debug",
    };
    const { client, stderr } = await connect(["--company-id", "77"], env);
    const answers = [];
    for (const [name, args] of everyCall) {
      answers.push(await client.callTool({ name, arguments: args as Record<string, unknown> }));
    }
    expect(JSON.stringify(answers) + stderr()).not.toContain(sandbox.key);
    expect(sandbox.requests.length).toBeGreaterThan(8);
    for (const { path, query, body, headers } of sandbox.requests) {
      expect(headers["x-api-key"]).toBe(sandbox.key);
      // Which client companies there are is asked of the agency itself.
      expect(headers["x-company-id"]).toBe(path.includes("/agency/") ? undefined : "77");
      const { "x-api-key": _key, ...others } = headers;
      expect(JSON.stringify([path, query, body, others])).not.toContain(sandbox.key);
    }
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
