/** `ledger verify`: what it sees, what it only notes, and what nobody can see from the file alone. */
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifyLedger } from "../../src/memory/ledger-lines.ts";
import { openSession } from "../support/session.ts";
import { entriesOf, filled, linesOf, newPath, verify, withLedger } from "./ledgers.ts";

const rewrite = (path: string, change: (lines: string[]) => string[]) =>
  writeFileSync(
    path,
    change(linesOf(path))
      .map((line) => `${line}\n`)
      .join(""),
  );
const changedAt = (line: string, at: number) =>
  `${line.slice(0, at)}${line[at] === "1" ? "2" : "1"}${line.slice(at + 1)}`;

/** Anybody can work out the hash of one line. */
function forged(line = ""): string {
  const { hash: _hash, ...entry } = JSON.parse(line);
  const other = { ...entry, op: "0-forged-0" };
  const hash = createHash("sha256").update(JSON.stringify(other)).digest("hex");
  return JSON.stringify({ ...other, hash });
}

/** Ten lines of one process, and two of the next. */
async function filledTwice(): Promise<string> {
  const path = await filled();
  const session = await openSession({ env: withLedger(path) });
  await session.call("pause_campaign", { campaign_id: 2101 });
  return path;
}

describe("ledger verify", () => {
  it("ends with 0 for a whole one, also after a restart, and says how many lines it has", async () => {
    expect(verify(await filledTwice())).toEqual({
      status: 0,
      said: expect.stringMatching(/ledger\.jsonl: whole and unchanged, 12 lines\.\n$/),
      stderr: "",
    });
  });

  const tampered: [string, (path: string) => void, RegExp][] = [
    [
      "another tool in a line",
      (path) => rewrite(path, (lines) => lines.map((line) => line.replace('"tool":"run_', '"tool":"get_'))),
      /line 5 was changed\n$/,
    ],
    [
      "a line rewritten with a hash that fits it",
      (path) => rewrite(path, (lines) => lines.with(4, forged(lines[4]))),
      /line 6 does not follow the line before it\n$/,
    ],
    [
      "the last line of a process rewritten with a hash that fits it",
      (path) => rewrite(path, (lines) => lines.with(9, forged(lines[9]))),
      /line 11 does not follow the line before it\n$/,
    ],
    [
      "a line added with a hash that fits it",
      (path) => rewrite(path, (lines) => lines.toSpliced(4, 0, forged(lines[3]))),
      /line 5 stands in the wrong place, or twice/,
    ],
    [
      "a line taken out of the middle",
      (path) => rewrite(path, (lines) => lines.toSpliced(3, 1)),
      /line 4 follows a line that is missing\n$/,
    ],
    [
      "the first two lines taken out",
      (path) => rewrite(path, (lines) => lines.slice(2)),
      /line 1 follows 2 lines that are missing\n$/,
    ],
    [
      "the last lines of a process taken out",
      (path) => rewrite(path, (lines) => lines.toSpliced(8, 2)),
      /line 9 does not follow the line before it\n$/,
    ],
    [
      "a process taken out",
      (path) => rewrite(path, (lines) => lines.slice(10)),
      /line 1 does not follow the line before it\n$/,
    ],
    [
      "two lines swapped",
      (path) => rewrite(path, ([a = "", b = "", ...rest]) => [b, a, ...rest]),
      /line 1 follows a line that is missing\n.*line 2 stands in the wrong place/,
    ],
    [
      "what is not a line of ours",
      (path) => appendFileSync(path, "[]\n{}\n1}\n"),
      /line 13 was changed\n.*line 14 was changed\n.*line 15 was changed\n$/,
    ],
    ["the file gone", (path) => rmSync(path), /there is no ledger at this place/],
    [
      "a folder in its place",
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
      /ledger\.jsonl cannot be read \(EISDIR\)/,
    ],
  ];

  it.each(tampered)("ends with 1 and says so for %s", async (_how, tamper, says) => {
    const path = await filledTwice();
    tamper(path);
    const { status, said, stderr } = verify(path);
    expect([status, stderr]).toEqual([1, ""]);
    expect(said).toMatch(/NOT intact/);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/whole and unchanged/);
  });

  it("sees any one character of any line", async () => {
    const path = await filled();
    const lines = linesOf(path);
    for (const [index, line] of lines.entries()) {
      for (let at = index % 5; at < line.length; at += 5) {
        rewrite(path, () => lines.with(index, changedAt(line, at)));
        const [fault, ...more] = verifyLedger(path).faults;
        expect([fault, more.length <= 1]).toEqual([`line ${index + 1} was changed`, true]);
      }
      rewrite(path, () => lines.with(index, changedAt(line, line.length - 1)));
      expect(verifyLedger(path).faults[0]).toBe(`line ${index + 1} was changed`);
    }
    rewrite(path, () => lines);
    expect(verifyLedger(path)).toEqual({ lines: lines.length, faults: [], notes: [] });
  });

  it("takes half a line, wherever it was cut, for what it is, and not for a change", async () => {
    const path = await filled();
    const [line = ""] = linesOf(path).slice(-1);
    const before = readFileSync(path, "utf8").slice(0, -line.length - 1);
    for (let length = 1; length < line.length; length += 1) {
      writeFileSync(path, `${before}${line.slice(0, length)}`);
      const cut = "line 10 was cut off: its writer was killed, or the disk was full";
      expect(verifyLedger(path)).toEqual({ lines: 10, faults: [], notes: [cut] });
    }
    expect(verify(path)).toMatchObject({
      status: 0,
      said: expect.stringMatching(/10 lines\.\n {2}line 10 was/),
    });
  });

  it("says which lines are missing when a running process goes on in a new file", async () => {
    const path = newPath();
    const session = await openSession({ env: withLedger(path) });
    await session.call("pause_campaign", { campaign_id: 2101 });
    renameSync(path, `${path}.away`);
    await session.call("stop_campaign", { campaign_id: 2102 });
    expect(entriesOf(path).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(verify(path)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/NOT intact, 2 lines:\n {2}line 1 follows 2 lines that are missing\n$/),
    });
  });

  it("reads on from the lines of an earlier version, in which all writers made one chain", async () => {
    const path = newPath();
    let prev = "0".repeat(64);
    for (const seq of [1, 2, 3]) {
      const line = { seq, kind: "intent", op: `0-${seq}`, account: "other", prev };
      prev = createHash("sha256").update(JSON.stringify(line)).digest("hex");
      appendFileSync(path, `${JSON.stringify({ ...line, hash: prev })}\n`);
    }
    writeFileSync(`${path}.head`, "");
    const session = await openSession({ env: withLedger(path) });
    await session.call("pause_campaign", { campaign_id: 2101 });
    expect(verify(path)).toMatchObject({ status: 0, said: expect.stringContaining("5 lines") });
    rewrite(path, (lines) => lines.toSpliced(2, 1));
    expect(verify(path)).toMatchObject({
      status: 1,
      said: expect.stringContaining("line 3 does not follow"),
    });
  });

  it("is 1 without a ledger", () => {
    expect(verify("off").status).toBe(1);
    expect(verify(newPath())).toMatchObject({ status: 1, said: expect.stringContaining("no ledger") });
  });
});
