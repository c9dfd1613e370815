/** A test of a row of the table, with a session against the bad network: short time-outs, and nothing that leaves it holds the key. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/index.ts";
import type { Hurry } from "../support/account.ts";
import { agreeing, type Data } from "../support/answer.ts";
import { type AtEnd, atEnd } from "../support/at-end.ts";
import { newFolder } from "../support/folder.ts";
import { greet, type Program, start } from "../support/program.ts";
import { openSession, type Session } from "../support/session.ts";
import { KEY, startUpstream, type Upstream } from "../support/upstream.ts";
import { type Id, rowOf } from "./table.ts";

interface FaultOptions {
  sandbox?: SandboxOptions;
  hurry?: Hurry;
  /** Where the server believes Woodpecker to be. */
  origin?: string;
}

export interface FaultySession extends Session {
  upstream: Upstream;
  journal(): Promise<Data[]>;
}

export type Open = (options?: FaultOptions) => Promise<FaultySession>;

interface ProgramOptions {
  args?: string[];
  env?: Record<string, string>;
  /** Options of node itself, before the program. */
  node?: string[];
  /** Where it finds Woodpecker, with a good key. */
  upstream?: Upstream;
  /** Nothing is said yet. */
  silent?: boolean;
}

/** undici's timers are half a second coarse: nothing below one second. */
export const timeouts = { connect: 1_000, headers: 1_000, body: 1_000 };

export interface Tools {
  open: Open;
  start: (options?: ProgramOptions) => Promise<Program>;
  upstream: (options?: SandboxOptions) => Promise<Upstream>;
  /** Done when the test is over, the last one first. */
  atEnd: AtEnd;
}

/** A test of a row of the table, named by it. */
export function fault(id: Id, more: string, test: (open: Open, tools: Tools) => Promise<void>): void {
  it.concurrent(`${id} ${rowOf(id).fault}: ${more}`, async ({ onTestFinished }) => {
    // Of this test, whichever runs beside it.
    const atEnd = endOf(onTestFinished);
    const tools: Tools = {
      open: openForTest(atEnd),
      start: (options) => startProgram(options, atEnd),
      async upstream(options) {
        const upstream = await startUpstream(options);
        atEnd(upstream.close);
        return upstream;
      },
      atEnd,
    };
    await test(tools.open, tools);
  });
}

type OnTestFinished = (close: () => Promise<void>) => void;

export const endOf =
  (onTestFinished: OnTestFinished): AtEnd =>
  (close) =>
    onTestFinished(async () => void (await close()));

/** Opens sessions that are closed when the test is over. */
export const openForTest =
  (atEnd: AtEnd): Open =>
  async ({ sandbox, hurry, origin } = {}) => {
    const upstream = await startUpstream(sandbox);
    atEnd(upstream.close);
    const session = await openSession(
      { upstream: origin === undefined ? upstream : { ...upstream, origin }, hurry: { timeouts, ...hurry } },
      atEnd,
    );
    const call: Session["call"] = async (...given) => {
      const answer = await session.call(...given);
      expectNoKey(answer.result);
      return answer;
    };
    atEnd(async () => {
      const journal = await call("list_recent_changes").catch(() => undefined);
      expectNoKey([session.events, journal]);
      expect(session.events.map(({ event }) => event)).not.toContain("defect");
    });
    return {
      ...session,
      call,
      agree: agreeing(call),
      upstream,
      journal: async () => (await call("list_recent_changes")).data.changes,
    };
  };

/** The built program; what it said holds no key. */
export async function startProgram(
  { args = [], env = {}, node = [], upstream, silent }: ProgramOptions = {},
  until: AtEnd = atEnd,
): Promise<Program> {
  const account = upstream && { WOODPECKER_API_URL: upstream.origin, WOODPECKER_API_KEY: KEY };
  const program = start(args, { ...account, ...env }, { node, until });
  until(() => expectNoKey(program.stdout() + program.stderr()));
  if (!silent) await greet(program);
  return program;
}

/** In plain, in a URL, in base64, or with something invisible in it. */
export function expectNoKey(said: unknown): void {
  const text = (typeof said === "string" ? said : JSON.stringify(said)) ?? "";
  for (const form of [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString("base64")]) {
    expect(text.replace(/[\p{Cc}\p{Cf}]/gu, "")).not.toContain(form);
  }
}

/** Options of node that run this code before the program. */
export function preload({ atEnd }: Tools, code: string): string[] {
  const file = join(newFolder(atEnd), "before.cjs");
  writeFileSync(file, code);
  return ["--require", file];
}
