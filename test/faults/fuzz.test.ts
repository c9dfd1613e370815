/** 20,000 broken frames at the real process. It lives, answers the next call, says nothing but JSON-RPC, and writes nothing upstream. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { startUpstream } from "../support/upstream.ts";
import { expectNoKey, startProgram } from "./fault.ts";

const FRAMES = 20_000;
const AT_ONCE = 500;

const call = (name: string, args: unknown, id: unknown) =>
  JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } });

/** What is spoilt: calls that would write, if they were whole. */
const whole = fc.constantFrom(
  call("create_campaign", draft, 1),
  call("pause_campaign", { campaign_id: 2101 }, 2),
  call("stop_campaign", { campaign_id: 2101 }, "three"),
  call("save_prospects", { prospects: [{ email: "a@example.com" }] }, 4),
  JSON.stringify({ jsonrpc: "2.0", id: 5, method: "tools/list" }),
  JSON.stringify({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } }),
);

const bytes = (text: string) => Buffer.from(text, "utf8");
const noise = fc.constantFrom<Buffer>(
  Buffer.from([0xc3, 0x28]),
  Buffer.from([0xff, 0xfe, 0xfd]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0]),
  bytes("\uFEFF"),
  bytes("\r"),
  bytes("\n"),
  bytes('"'),
  bytes("}"),
  bytes("\u2028"),
  bytes("9".repeat(400)),
);

/** A mutation leaves no call that means what it meant, or one that cannot be carried out. */
const mutations: fc.Arbitrary<Buffer>[] = [
  fc.tuple(whole, fc.double({ min: 0.01, max: 0.95, noNaN: true })).map(([text, part]) => {
    return bytes(text.slice(0, Math.floor(text.length * part)));
  }),
  fc.tuple(whole, noise, fc.double({ min: 0.02, max: 0.2, noNaN: true })).map(([text, some, part]) => {
    const at = Math.floor(text.length * part);
    return Buffer.concat([bytes("{"), bytes(text.slice(0, at)), some, bytes(text.slice(at))]);
  }),
  whole.map((text) => bytes(text.replace('"jsonrpc":"2.0"', '"jsonrpc":"1.0"'))),
  fc
    .tuple(whole, fc.constantFrom("null", "{}", "[]", "true", "1e999", '"a":1'))
    .map(([text, id]) => {
      return bytes(text.replace(/"id":(\d|"three")/, `"id":${id}`).replace('"cancelled"', '"x"'));
    })
    .filter((frame) => !frame.includes('"tools/call"') || !/"id":(\d|")/.test(frame.toString())),
  whole.map((text) => bytes(`[${text},${text}]`)),
  whole.map((text) => bytes(text.replace('"method":', '"method":"tools/none","method_":'))),
  fc.string({ maxLength: 40 }).map((method) => bytes(JSON.stringify({ jsonrpc: "2.0", id: 9, method }))),
  fc.integer({ min: 1, max: 4_000 }).map((depth) => bytes("[".repeat(depth))),
  fc.integer({ min: 1, max: 4_000 }).map((depth) => bytes(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)),
  fc.jsonValue().map((value) => bytes(JSON.stringify(value))),
  fc.uint8Array({ maxLength: 80 }).map((some) => Buffer.from(some)),
  // Whole frames whose arguments cannot be carried out.
  fc
    .constantFrom(
      '{"campaign_id":1e400}',
      '{"campaign_id":"\\ud800"}',
      '{"__proto__":{"a":1}}',
      '{"campaign_id":2101,"campaign_id":0}',
    )
    .map((args) =>
      bytes(
        `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"pause_campaign","arguments":${args}}}`,
      ),
    ),
  fc.jsonValue().map((args) => bytes(call("stop_campaign", { what: args }, 8))),
];

describe("fuzzing", () => {
  it(`${FRAMES} frames: alive, the next call answered, only JSON-RPC on stdout, nothing written upstream`, async ({
    onTestFinished,
  }) => {
    const upstream = await startUpstream();
    onTestFinished(upstream.close);
    const program = await startProgram({ upstream, env: { LOG_LEVEL: "debug" } });
    onTestFinished(() => void program.child.kill("SIGKILL"));
    const frames = fc.sample(fc.oneof(...mutations), { numRuns: FRAMES, seed: 4 });
    for (let at = 0; at < frames.length; at += AT_ONCE) {
      const lines = frames.slice(at, at + AT_ONCE).flatMap((frame) => [frame, bytes("\n")]);
      program.write(Buffer.concat(lines));
      expect((await program.call("list_mailboxes")).data?.total).toBe(4);
    }
    expect(program.messages().length).toBeGreaterThan(FRAMES / AT_ONCE);
    expect(upstream.requests(/^(?!GET)/)).toEqual([]);
    expectNoKey(program.stdout());
    expectNoKey(program.stderr());
    program.stdin.end();
    expect(await program.ended()).toBe(0);
  });
});
