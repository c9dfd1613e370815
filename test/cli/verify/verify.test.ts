/** `verify` where all is well, and where it must not begin: what it says of each assumption, and what it never does. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { draftProbes } from "../../../src/cli/verify/draft-probes.ts";
import { outOfReach } from "../../../src/cli/verify/out-of-reach.ts";
import { reads } from "../../../src/cli/verify/reads.ts";
import { runToEnd, start } from "../../support/program.ts";
import { account, run, watching, yes } from "./support.ts";

const ids = [...readFileSync("docs/assumptions.md", "utf8").matchAll(/^\| (A\d+) \|/gm)].map(([, id]) => id);

describe("docs/assumptions.md and verify", () => {
  it("has each id once", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(40);
  });

  it("is asked about by looks that stand in it, one for each row at most", () => {
    const looks = [...reads, ...draftProbes].map(({ id }) => id).concat(Object.keys(outOfReach));
    expect(new Set(looks).size).toBe(looks.length);
    expect(looks.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe("verify", () => {
  it("only reads, and says something of every assumption", async () => {
    const upstream = await account();
    const { code, lines, of } = await run(upstream, []);
    expect([code, upstream.commits()]).toEqual([0, []]);
    const told = lines.flatMap((line) => /^(?:agrees|differs|could not look) +(A\d+) /.exec(line)?.[1] ?? []);
    expect(told.sort()).toEqual([...ids].sort());
    expect(of("differs")).toEqual([]);
    expect(of("agrees")).toEqual(expect.arrayContaining(["A14", "A32", "A41"]));
    expect(upstream.mostAtOnce()).toBe(1);
  });

  it("makes drafts with --with-draft, and leaves nothing", async () => {
    const upstream = await account();
    const isUntouched = await watching(upstream);
    const done = await run(upstream);
    expect([done.code, done.text]).toEqual([0, expect.stringContaining("0 differ")]);
    expect(done.of("agrees")).toEqual(expect.arrayContaining(draftProbes.map(({ id }) => id)));
    expect(await isUntouched(done)).toEqual([]);
    expect(upstream.requests(/^DELETE \/rest\/v2\/campaigns\/\d+$/)).toHaveLength(2);
  });

  it.each([
    ["no terminal", ["--with-draft"], { ...yes, ask: undefined }, {}],
    ["no yes", ["--with-draft"], { ...yes, ask: async () => "y" }, {}],
    ["access draft", ["--with-draft", "--access", "draft"], yes, {}],
    ["a dry run", ["--with-draft", "--dry-run"], yes, {}],
    ["campaigns that are listed", ["--with-draft"], yes, { WOODPECKER_CAMPAIGNS: "2101" }],
  ])("asks nothing of the account with %s", async (_name, args, person, env) => {
    const upstream = await account();
    const { code } = await run(upstream, args, person, env);
    expect([code, upstream.requests()]).toEqual([2, []]);
  });

  it("shows what it will do before the yes", async () => {
    const upstream = await account();
    let asked = "";
    const ask = async (question: string) => {
      asked = question;
      return "no";
    };
    await run(upstream, ["--with-draft"], { ...yes, ask });
    expect(asked).toMatch(/DRAFT named "Draft of verify[\s\S]*deleted[\s\S]*Nothing is run/);
  });

  it("uses no mailbox that the operator does not allow", async () => {
    const upstream = await account();
    const { text } = await run(upstream, ["--with-draft"], yes, { WOODPECKER_MAILBOXES: "99999" });
    expect(text).toContain("there is no mailbox to make a draft with");
    expect(upstream.commits()).toEqual([]);
  });

  it("ends at a key that is refused", async () => {
    const upstream = await account();
    const { code, of } = await run({ ...upstream, key: "another-key-1234" });
    expect([code, of("agrees"), of("differs"), upstream.requests().length]).toEqual([2, [], [], 1]);
  });

  it("says how to set a key where there is none", async () => {
    const { code, stderr } = await runToEnd(["verify"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("WOODPECKER_API_KEY")]);
  });

  it("plays against the sandbox as a program, and ends in order on a signal", async () => {
    const whole = await runToEnd(["verify", "--sandbox", "--with-draft"]);
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining(" 0 differ,")]);
    const program = start(["verify", "--sandbox", "--with-draft"]);
    await program.said(/A29/);
    program.signal("SIGINT");
    program.signal("SIGTERM");
    expect(await program.ended()).toBe(1);
    expect(program.stdout()).not.toContain("LEFT OVER");
    expect(program.stdout()).toMatch(/could not be looked at\.\n$/);
  });
});
