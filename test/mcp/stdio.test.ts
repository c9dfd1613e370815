import { describe, expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { hello, message } from "../support/json-rpc.ts";
import { envelope } from "../support/modern-session.ts";
import { greet, start } from "../support/program.ts";
import { connect } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";

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

  it("reads a first message behind a byte order mark, and lines that end as on Windows", async () => {
    const program = start(["--sandbox"]);
    program.write(`\ufeff${hello().join("\r\n")}\r\n`);
    await program.said(/"protocolVersion"/);
  });

  it("answers a request with a member that no request has", async () => {
    const program = start(["--sandbox"]);
    program.write('{"jsonrpc":"2.0","id":"odd","method":"ping","extra":1}\n');
    await program.said(/"id":"odd","error":\{"code":-32600/);
    expect((await program.request("ping")).result).toEqual({});
  });

  it("lets nothing that is no message choose the era of the protocol", async () => {
    const program = start(["--sandbox"]);
    program.write('42\n{"jsonrpc":"2.0","id":"odd","method":"ping","extra":1}\n');
    await program.said(/"id":"odd","error":\{"code":-32600/);
    program.write(`${message("server/discover", { _meta: envelope() })}\n`);
    await program.said(/"supportedVersions":\["2026-07-28"\]/);
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

  const broken = [
    ["a broken line", '{"jsonrpc":"2.0","id":7,"method":"tools/li'],
    ["a line that is not JSON", "GET / HTTP/1.1"],
    ["a blank line", ""],
    ["a batch", `[${message("tools/list")}]`],
    ["a number", "42"],
    [
      "a request with a null id",
      '{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"pause_campaign","arguments":{"campaign_id":2101}}}',
    ],
    ["deeply nested JSON", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ];
  it("survives what is no request, and answers the next one after each of them", async () => {
    const sandbox = await openSandbox();
    const program = start([], { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key });
    await greet(program);
    for (const [what, line] of broken) {
      program.write(`${line}\n`);
      expect([what, (await program.call("list_campaigns")).data.total]).toEqual([what, 6]);
    }
    program.stdin.end();
    expect(await program.ended()).toBe(0);
    expect(program.messages().length).toBeGreaterThan(broken.length);
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      broken.map(() => "GET /rest/v1/campaign_list"),
    );
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
