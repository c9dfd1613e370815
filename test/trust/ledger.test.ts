/** The ledger: what was done, on disk, before it leaves and after it ended, without what nobody should read there. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLedger, verifyLedger } from "../../src/memory/ledger.ts";
import { nameOf, writes } from "../faults/writes.ts";
import { draft } from "../support/draft.ts";
import { program } from "../support/process.ts";
import type { Data } from "../support/world.ts";
import {
  attempted,
  type Desk,
  type Environment,
  folder,
  openDesk,
  openGate,
  openSandbox,
  written,
} from "./desk.ts";
import { onStdio } from "./process.ts";

const newPath = () => join(folder(), "ledger.jsonl");
const linesOf = (path: string): string[] => readFileSync(path, "utf8").split("\n").filter(Boolean);
const entriesOf = (path: string): Data[] => linesOf(path).map((line) => JSON.parse(line));
const withLedger = (path: string, env: Environment = {}) => ({ WOODPECKER_LEDGER: path, ...env });
const ofKind = (kind: string) => (entry: Data) => entry.kind === kind;

const secret = {
  subject: "Confidential flour prices",
  message: "<p>Between the two of us</p>",
  emails: ["Anna.Secret@Bakery.example", "bruno.hidden@bakery.example"],
};

/** A few writes of every sort, three with an outcome other than done. */
async function fill(desk: Desk): Promise<void> {
  const [first] = draft.steps;
  const { subject, message } = secret;
  const steps = [{ ...first, versions: [{ subject, message }] }];
  await desk.call("create_campaign", { ...draft, steps });
  const prospects = secret.emails.map((email) => ({ email, first_name: "Anna" }));
  await desk.call("save_prospects", { campaign_id: 2201, prospects });
  await desk.agree("run_campaign", { campaign_id: 2201 });
  await desk.call("pause_campaign", { campaign_id: 2101 });
  await desk.call("delete_campaign", { campaign_id: 2104 });
  desk.sandbox.failNext({
    method: "POST",
    status: 403,
    body: { code: "MISSING_FEATURES", message: subject },
  });
  await desk.call("stop_campaign", { campaign_id: 2102 });
}

async function filled(): Promise<string> {
  const path = newPath();
  await fill(await openDesk({ env: withLedger(path) }));
  return path;
}

describe("every write", () => {
  it.each(writes.map((write) => [nameOf(write), write] as const))(
    "%s: stands there as an intent when it leaves, and with its outcome afterwards",
    async (_name, { tool, args }) => {
      const path = newPath();
      const seen: Data[][] = [];
      const before = ({ method }: { method: string }) => {
        if (method !== "GET") seen.push(entriesOf(path));
        return undefined;
      };
      const desk = await openDesk({ env: withLedger(path), gate: { before } });
      const { data } = await desk.agree(tool, args);
      expect(data.outcome).toBe("done");
      expect(seen.length).toBeGreaterThan(0);
      for (const entries of seen) {
        expect(entries.map(({ kind, tool: name }) => [kind, name])).toEqual([["intent", tool]]);
      }
      const [intent, outcome, ...more] = entriesOf(path);
      expect(more).toEqual([]);
      expect(outcome).toMatchObject({ kind: "outcome", op: intent.op, outcome: "done" });
      expect(Date.parse(outcome.time)).toBeGreaterThanOrEqual(Date.parse(intent.time));
      expect(intent).toMatchObject({ tool, client: "test", account: expect.stringMatching(/^.{8}$/) });
    },
  );

  it("says how a person agreed, how many people, and how it ended", async () => {
    const entries = entriesOf(await filled());
    const intents = entries.filter(ofKind("intent"));
    const outcomes = entries.filter(ofKind("outcome"));
    expect(intents.map(({ op }) => op)).toEqual(outcomes.map(({ op }) => op));
    expect(new Set(intents.map(({ op }) => op)).size).toBe(5);
    expect(intents.map(({ tool, consent, people }) => [tool, consent, people])).toEqual([
      ["create_campaign", undefined, undefined],
      ["save_prospects", undefined, 2],
      ["run_campaign", "token", undefined],
      ["pause_campaign", undefined, undefined],
      ["stop_campaign", undefined, undefined],
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done", "not_done"]);
  });

  it("a read, a question and a refused argument leave no line", async () => {
    const path = newPath();
    const desk = await openDesk({ env: withLedger(path) });
    await desk.call("list_campaigns");
    await desk.call("run_campaign", { campaign_id: 2102 });
    await desk.call("update_campaign", { campaign_id: 2104 });
    await desk.call("create_campaign", { ...draft, dry_run: true });
    expect(existsSync(path) ? linesOf(path) : []).toEqual([]);
  });
});

describe("the file", () => {
  it("and what lies beside it is for its owner alone", async () => {
    const path = await filled();
    for (const end of ["", ".head", ".key"]) expect(statSync(`${path}${end}`).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it("holds no key, no subject, no body, no name of a campaign and no address", async () => {
    const path = await filled();
    const sandbox = await openSandbox();
    const text = readFileSync(path, "utf8").toLowerCase();
    const words = [
      sandbox.key,
      Buffer.from(sandbox.key).toString("base64"),
      secret.subject,
      secret.message,
      "between the two",
      draft.name,
      ...secret.emails,
      "bakery.example",
      "anna",
      "nora@northwind.example",
      "@",
    ];
    for (const word of words) expect(text).not.toContain(word.toLowerCase());
  });

  it("gives one address one hash, however it is written, and another ledger another", async () => {
    const [path, other] = [newPath(), newPath()];
    const save = async (ledger: string, ...emails: string[]) => {
      const desk = await openDesk({ env: withLedger(ledger) });
      for (const email of emails) await desk.call("save_prospects", { prospects: [{ email }] });
      return entriesOf(ledger)
        .filter(ofKind("intent"))
        .flatMap(({ addresses }) => addresses);
    };
    const [upper, lower, bruno] = await save(
      path,
      "ANNA@Example.com",
      "anna@example.com",
      "bruno@example.com",
    );
    expect(upper).toMatch(/^[\w-]{16,}$/);
    expect(lower).toBe(upper);
    expect(bruno).not.toBe(upper);
    const [elsewhere] = await save(other, "anna@example.com");
    expect(elsewhere).not.toBe(upper);
  });
});

const verify = (path: string) => {
  const env = { PATH: process.env.PATH, WOODPECKER_LEDGER: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "ledger", "verify"], {
    env,
    encoding: "utf8",
  });
  return { status, said: stdout, stderr };
};

const rewrite = (path: string, change: (lines: string[]) => string[]) =>
  writeFileSync(
    path,
    change(linesOf(path))
      .map((line) => `${line}\n`)
      .join(""),
  );
const changedAt = (line: string, at: number) =>
  `${line.slice(0, at)}${line[at] === "1" ? "2" : "1"}${line.slice(at + 1)}`;

describe("ledger verify", () => {
  it("ends with 0 for a whole one, also after a restart, and says how many lines it has", async () => {
    const path = await filled();
    const desk = await openDesk({ env: withLedger(path) });
    await desk.call("pause_campaign", { campaign_id: 2101 });
    expect(verify(path)).toMatchObject({
      status: 0,
      said: expect.stringMatching(/whole and unchanged, 12 lines/),
    });
  });

  const tampered: [string, (path: string) => void, RegExp][] = [
    [
      "another tool in a line",
      (path) => rewrite(path, (lines) => lines.map((line) => line.replace("run_campaign", "get_campaign"))),
      /line 5 was changed/,
    ],
    [
      "a line rewritten with a hash that fits it",
      (path) => rewrite(path, (lines) => lines.with(4, forged(lines[4]))),
      /line 6 does not follow the line before it/,
    ],
    [
      "the last line rewritten with a hash that fits it",
      (path) => rewrite(path, (lines) => lines.with(-1, forged(lines.at(-1)))),
      /the last line is not the one that was sealed/,
    ],
    [
      "a line added with a hash that fits it",
      (path) => rewrite(path, (lines) => [...lines, forged(lines.at(-1), 1)]),
      /1 of 11 lines stand behind the seal/,
    ],
    [
      "a line taken out of the middle",
      (path) => rewrite(path, (lines) => lines.toSpliced(3, 1)),
      /line 4 is missing/,
    ],
    ["the first line taken out", (path) => rewrite(path, (lines) => lines.slice(1)), /line 1 is missing/],
    [
      "the last line cut off",
      (path) => rewrite(path, (lines) => lines.slice(0, -1)),
      /the end was cut: 10 lines were written, 9 are there/,
    ],
    ["everything cut off", (path) => writeFileSync(path, ""), /the end was cut: 10 lines/],
    [
      "two lines swapped",
      (path) => rewrite(path, ([a = "", b = "", ...rest]) => [b, a, ...rest]),
      /line 1 is missing or out of order/,
    ],
    ["the seal deleted", (path) => rmSync(`${path}.head`), /the seal beside the file is missing/],
    ["the seal of an earlier time", (path) => sealOf(path, 4), /the seal beside the file .* changed|4 lines/],
    ["the key exchanged", (path) => writeFileSync(`${path}.key`, "x".repeat(32)), /seal/],
    ["the file gone", (path) => rmSync(path), /no ledger|missing|cut/],
  ];

  it.each(tampered)("ends with 1 and says so for %s", async (_how, tamper, says) => {
    const path = await filled();
    tamper(path);
    const { status, said, stderr } = verify(path);
    expect([status, stderr]).toEqual([1, ""]);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/whole and unchanged/);
  });

  it("sees any one character of any line", async () => {
    const path = await filled();
    const lines = linesOf(path);
    for (const [index, line] of lines.entries()) {
      for (let at = index % 5; at < line.length; at += 5) {
        rewrite(path, () => lines.with(index, changedAt(line, at)));
        const { intact, fault } = verifyLedger(path);
        expect([intact, fault]).toEqual([false, expect.stringMatching(new RegExp(`^line ${index + 1} `))]);
      }
    }
    rewrite(path, () => lines);
    expect(verifyLedger(path)).toEqual({ intact: true, lines: lines.length });
  });

  it("sees a line that was added by hand, chained as well as can be without the key", async () => {
    const path = await filled();
    const forged = newPath();
    cpSync(path, forged);
    // What somebody has who can write the file, and not read the key: a head of their own.
    const lines = linesOf(path);
    rmSync(forged);
    const own = openLedger(forged);
    for (const line of lines) {
      const { seq: _seq, prev: _prev, hash: _hash, ...entry } = JSON.parse(line);
      own.append(entry);
    }
    own.append({
      kind: "intent",
      op: "x",
      account: "x",
      time: new Date().toISOString(),
      tool: "run_campaign",
    });
    cpSync(forged, path);
    expect(verify(path)).toMatchObject({ status: 1, said: expect.stringMatching(/cut|seal/) });
    cpSync(`${forged}.head`, `${path}.head`);
    expect(verify(path)).toMatchObject({ status: 1, said: expect.stringMatching(/seal/) });
  });

  it("is 1 without a ledger", () => {
    expect(verify("off").status).toBe(1);
    expect(verify(newPath())).toMatchObject({ status: 1, said: expect.stringContaining("no ledger") });
  });
});

/** Anybody can work out the hash of one line. */
function forged(line = "", behind = 0): string {
  const { hash: before, ...entry } = JSON.parse(line);
  const place = behind > 0 ? { seq: entry.seq + behind, prev: before } : {};
  const other = { ...entry, ...place, op: "0-forged-0" };
  const hash = createHash("sha256").update(JSON.stringify(other)).digest("hex");
  return JSON.stringify({ ...other, hash });
}

/** Signs nothing: only puts back an old number. */
function sealOf(path: string, seq: number): void {
  const head = JSON.parse(readFileSync(`${path}.head`, "utf8"));
  writeFileSync(`${path}.head`, JSON.stringify({ ...head, seq, hash: entriesOf(path)[seq - 1].hash }));
}

describe("several processes", () => {
  it("that write at once leave one whole chain, with every write in it", async () => {
    const path = newPath();
    const sandboxes = await Promise.all([openSandbox(), openSandbox()]);
    const sessions = await Promise.all(sandboxes.map((sandbox) => onStdio(sandbox, withLedger(path))));
    const times = 8;
    await Promise.all(
      sessions.flatMap(({ call }) =>
        Array.from({ length: times }, (_, index) =>
          call("save_prospects", { prospects: [{ email: `person${index}@example.com` }] }),
        ),
      ),
    );
    expect(sandboxes.map((sandbox) => written(sandbox).length)).toEqual([times, times]);
    const entries = entriesOf(path);
    expect(new Set(entries.filter(ofKind("intent")).map(({ op }) => op)).size).toBe(2 * times);
    expect(entries.filter(ofKind("outcome"))).toHaveLength(2 * times);
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining(`${4 * times} lines`) });
  });

  it("one killed while its write is under way leaves it unknown, to be read by the next", async () => {
    const path = newPath();
    const sandbox = await openSandbox();
    let arrived: () => void = () => undefined;
    const leaving = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const held = await gateThat(sandbox, () => arrived());
    const doomed = await onStdio(held, withLedger(path));
    const call = doomed.call("pause_campaign", { campaign_id: 2101 }).catch(() => undefined);
    await leaving;
    doomed.kill();
    await call;
    expect(entriesOf(path).map(({ kind }) => kind)).toEqual(["intent"]);
    const next = await onStdio(sandbox, withLedger(path));
    const { data, text } = await next.call("list_recent_changes");
    expect(data.changes).toMatchObject([{ tool: "pause_campaign", campaign_id: 2101, outcome: "unknown" }]);
    expect(text).toContain("unknown");
    await next.call("stop_campaign", { campaign_id: 2102 });
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining("3 lines") });
  });

  it("a lock that a dead one left behind is taken over", async () => {
    const path = newPath();
    writeFileSync(`${path}.lock`, "");
    const old = Date.now() / 1000 - 60;
    utimesSync(`${path}.lock`, old, old);
    const desk = await openDesk({ env: withLedger(path, { WOODPECKER_LEDGER_STRICT: "1" }) });
    const { data } = await desk.call("pause_campaign", { campaign_id: 2101 });
    expect([data.outcome, linesOf(path).length]).toEqual(["done", 2]);
  });
});

function gateThat(sandbox: Desk["sandbox"], arrived: () => void) {
  return openGate(sandbox, {
    before({ method }) {
      if (method === "GET") return undefined;
      arrived();
      return new Promise(() => undefined);
    },
  });
}

describe("list_recent_changes", () => {
  it("knows after a restart what was done before it, newest first", async () => {
    const path = newPath();
    const sandbox = await openSandbox();
    const first = await openDesk({ sandbox, env: withLedger(path) });
    await first.call("pause_campaign", { campaign_id: 2101 });
    await first.agree("delete_campaign", { campaign_id: 2104 });
    await first.close();
    const second = await openDesk({ sandbox, env: withLedger(path) });
    await second.call("create_campaign", draft);
    const { data } = await second.call("list_recent_changes");
    expect(data.total).toBe(3);
    expect(data.changes).toMatchObject([
      { tool: "create_campaign", campaign_id: 2201, outcome: "done" },
      { tool: "delete_campaign", campaign_id: 2104, outcome: "done", consent: "token" },
      { tool: "pause_campaign", campaign_id: 2101, outcome: "done" },
    ]);
  });

  it("shows an account only its own", async () => {
    const path = newPath();
    const sandbox = await openSandbox({ agency: true });
    const desk = (id: string) => openDesk({ sandbox, env: withLedger(path, { WOODPECKER_COMPANY_ID: id }) });
    const [seven, eight] = [await desk("7001"), await desk("7002")];
    await seven.call("pause_campaign", { campaign_id: 2101 });
    await eight.call("save_prospects", { prospects: [{ email: "anna@example.com" }] });
    const toolsOf = async ({ call }: Desk) =>
      (await call("list_recent_changes")).data.changes.map(({ tool }: Data) => tool);
    expect(await toolsOf(seven)).toEqual(["pause_campaign"]);
    expect(await toolsOf(eight)).toEqual(["save_prospects"]);
    expect(entriesOf(path).filter(ofKind("intent"))).toHaveLength(2);
  });

  it("reads past a last line that was only half written", async () => {
    const path = await filled();
    appendFileSync(path, '{"seq":11,"kind":"intent","op":"1-x-1","too');
    const desk = await openDesk({ env: withLedger(path) });
    const { failed, data } = await desk.call("list_recent_changes");
    expect([failed, data.total]).toEqual([false, 5]);
  });

  it("reads what was written after a half line too", async () => {
    const path = await filled();
    appendFileSync(path, '{"seq":11,"kind":"intent","op":"1-x-1","too');
    const desk = await openDesk({ env: withLedger(path) });
    await desk.call("make_campaign_editable", { campaign_id: 2102 });
    const { data } = await desk.call("list_recent_changes");
    expect(data.total).toBe(6);
    expect(data.changes[0]).toMatchObject({
      tool: "make_campaign_editable",
      campaign_id: 2102,
      outcome: "done",
    });
  });

  it("without a ledger knows what this process did", async () => {
    const desk = await openDesk();
    await desk.call("pause_campaign", { campaign_id: 2101 });
    const { data } = await desk.call("list_recent_changes");
    expect(data.changes).toMatchObject([{ tool: "pause_campaign", campaign_id: 2101, outcome: "done" }]);
  });
});

function withOneLine(): string {
  const path = newPath();
  openLedger(path).append({ kind: "outcome", op: "0", time: "2026-01-01T00:00:00.000Z", outcome: "done" });
  return path;
}

/** Places where no line can be written, whoever the process runs as. */
const unwritable: [string, () => string][] = [
  [
    "below a file",
    () => {
      const file = join(folder(), "file");
      writeFileSync(file, "");
      return join(file, "ledger.jsonl");
    },
  ],
  [
    "where a folder stands",
    () => {
      const path = newPath();
      mkdirSync(path);
      return path;
    },
  ],
  [
    "with a lost seal",
    () => {
      const path = withOneLine();
      rmSync(`${path}.head`);
      return path;
    },
  ],
  [
    "with a broken seal",
    () => {
      const path = withOneLine();
      writeFileSync(`${path}.head`, "");
      return path;
    },
  ],
];

const someWrites: [string, object][] = [
  ["create_campaign", draft],
  ["run_campaign", { campaign_id: 2102 }],
  ["pause_campaign", { campaign_id: 2101 }],
  ["save_prospects", { prospects: [{ email: "anna@example.com" }] }],
  ["delete_campaign", { campaign_id: 2104 }],
];

describe.each(unwritable)("a ledger that cannot be written (%s)", (_how, pathFor) => {
  it.each(someWrites)("%s is done all the same, and the log warns", async (tool, args) => {
    const desk = await openDesk({ env: withLedger(pathFor()) });
    const { data, text } = await desk.agree(tool, args);
    expect([data?.outcome, text]).toEqual(["done", expect.any(String)]);
    expect(written(desk.sandbox)).toHaveLength(1);
    expect(desk.events.map(({ event }) => event)).toContain("ledger cannot be written");
    expect(desk.events.map(({ event }) => event)).not.toContain("defect");
  });

  it.each(someWrites)("%s is refused in strict mode, with nothing sent", async (tool, args) => {
    const env = withLedger(pathFor(), { WOODPECKER_LEDGER_STRICT: "1" });
    const desk = await openDesk({ env });
    const { failed, text } = await desk.agree(tool, args);
    expect(failed).toBe(true);
    expect(text).toContain("ledger");
    expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: .*WOODPECKER_LEDGER/);
    expect(attempted(desk.sandbox)).toEqual([]);
  });

  it("list_recent_changes still answers, with what this process did", async () => {
    const desk = await openDesk({ env: withLedger(pathFor()) });
    await desk.call("pause_campaign", { campaign_id: 2101 });
    const { failed, data } = await desk.call("list_recent_changes");
    expect(failed).toBe(false);
    expect(data.changes).toMatchObject([{ tool: "pause_campaign", campaign_id: 2101, outcome: "done" }]);
  });
});

describe("where it is", () => {
  const everything = (path: string) => readdirSync(path, { recursive: true }).map(String);
  const home = () => {
    const path = folder();
    chmodSync(path, 0o700);
    return path;
  };
  const under = (path: string): Environment => ({ HOME: path, XDG_STATE_HOME: path, USERPROFILE: path });

  it.each([
    ["in the folder of the system when nothing is set", "", true],
    ["nowhere when it is off", "off", false],
  ])("%s", async (_where, ledger, there) => {
    const path = home();
    const sandbox = await openSandbox();
    const session = await onStdio(sandbox, { ...under(path), WOODPECKER_LEDGER: ledger });
    await session.call("pause_campaign", { campaign_id: 2101 });
    expect(written(sandbox)).toHaveLength(1);
    expect(everything(path).some((file) => file.endsWith("ledger.jsonl"))).toBe(there);
    if (!there) expect(everything(path)).toEqual([]);
  });
});
