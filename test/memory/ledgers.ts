/** Ledgers for the tests: where they are, what stands in them, and a few writes of every sort. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../../src/sandbox/index.ts";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { newFolder } from "../support/folder.ts";
import { openGate } from "../support/gate.ts";
import { main } from "../support/program.ts";
import { onStdio } from "../support/program-session.ts";
import { type Environment, openSession, type Session } from "../support/session.ts";
import { gate } from "../support/upstream.ts";

export const newPath = () => join(newFolder(), "ledger.jsonl");
export const linesOf = (path: string): string[] => readFileSync(path, "utf8").split("\n").filter(Boolean);
export const entriesOf = (path: string): Data[] => linesOf(path).map((line) => JSON.parse(line));
export const withLedger = (path: string, env: Environment = {}) => ({ WOODPECKER_LEDGER: path, ...env });
export const ofKind = (kind: string) => (entry: Data) => entry.kind === kind;

export const secret = {
  subject: "Confidential flour prices",
  message: "<p>Between the two of us</p>",
  emails: ["Anna.Secret@Bakery.example", "bruno.hidden@bakery.example"],
};

/** A few writes of every sort, three with an outcome other than done. */
async function fill(session: Session): Promise<void> {
  const [first] = draft.steps;
  const { subject, message } = secret;
  const steps = [{ ...first, versions: [{ subject, message }] }];
  await session.call("create_campaign", { ...draft, steps });
  const prospects = secret.emails.map((email) => ({ email, first_name: "Anna" }));
  await session.call("save_prospects", { campaign_id: 2201, prospects });
  await session.agree("run_campaign", { campaign_id: 2201 });
  await session.call("pause_campaign", { campaign_id: 2101 });
  await session.call("delete_campaign", { campaign_id: 2104 });
  session.sandbox.failNext({
    method: "POST",
    status: 403,
    body: { code: "MISSING_FEATURES", message: subject },
  });
  await session.call("stop_campaign", { campaign_id: 2102 });
}

export async function filled(): Promise<string> {
  const path = newPath();
  await fill(await openSession({ env: withLedger(path) }));
  return path;
}

/** A process that is killed while a write of this call is under way. @returns where it had written to; no write gets there */
export async function killedIn(
  sandbox: Sandbox,
  env: Environment,
  tool: string,
  args: object,
): Promise<Sandbox> {
  const leaving = gate();
  const place = await openGate(sandbox, {
    before: ({ method }) => (method === "GET" ? undefined : new Promise(() => leaving.open())),
  });
  const doomed = await onStdio({ ...sandbox, ...place }, env);
  const call = doomed.call(tool, args).catch(() => undefined);
  await leaving.opened;
  doomed.kill();
  await call;
  return { ...sandbox, ...place };
}

/** As a person runs it. */
export const verify = (path: string) => {
  const env = { PATH: process.env.PATH, WOODPECKER_LEDGER: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "ledger", "verify"], {
    env,
    encoding: "utf8",
  });
  return { status, said: stdout, stderr };
};

/** Places where no line can be written, whoever the process runs as. */
export const unwritable: [string, () => string][] = [
  [
    "below a file",
    () => {
      const file = join(newFolder(), "file");
      writeFileSync(file, "");
      return join(file, "ledger.jsonl");
    },
  ],
  ["where a folder stands", newFolder],
  ...onFullDisk(),
];

function onFullDisk(): [string, () => string][] {
  if (!existsSync("/dev/full")) return [];
  const place = () => {
    const path = newPath();
    symlinkSync("/dev/full", path);
    return path;
  };
  return [["on a full disk", place]];
}
