/** `export` and `apply` as people type them, against a sandbox: output and exit codes; twice as the built program. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";
import { runHere } from "../../support/command.ts";
import { newFolder } from "../../support/folder.ts";
import { runToEnd, start } from "../../support/program.ts";

async function open(run: (place: { sandbox: Sandbox; file: string; cli: typeof runHere }) => Promise<void>) {
  const sandbox = await startSandbox();
  const env = {
    WOODPECKER_API_KEY: sandbox.key,
    WOODPECKER_API_URL: sandbox.origin,
    WOODPECKER_LEDGER: "off",
  };
  const cli: typeof runHere = (args, more) => runHere(args, { ...env, ...more });
  try {
    await run({ sandbox, file: join(newFolder(), "campaign.yaml"), cli });
  } finally {
    await sandbox.close();
  }
}

const change = (file: string, from: string, to: string) =>
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));

describe("a campaign kept in git", () => {
  it("is exported, reviewed as a dry run, applied, and the same afterwards", () =>
    open(async ({ sandbox, file, cli }) => {
      expect(await cli(["export", "2104", "-o", file])).toMatchObject({
        code: 0,
        stdout: "",
        stderr: expect.stringContaining("written"),
      });
      const { stdout } = await cli(["export", "2104"]);
      expect(stdout).toBe(readFileSync(file, "utf8"));
      expect(await cli(["apply", file])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("nothing to change"),
      });

      change(file, "too soon?", "too late?");
      change(file, "Europe/London", "Europe/Dublin");
      const dry = await cli(["apply", file, "--dry-run"]);
      expect([dry.code, dry.stderr]).toEqual([0, ""]);
      expect(dry.stdout).toContain("settings.timezone\n  - Europe/London\n  + Europe/Dublin");
      expect(dry.stdout).toContain('PATCH /rest/v2/campaigns/2104 {"settings":{"timezone":"Europe/Dublin"}}');
      expect(dry.stdout).toMatch(
        /PATCH \/rest\/v2\/campaigns\/2104\/steps\/\S+\/versions\/\S+ \{"message":".*too late\?/,
      );
      expect(dry.stdout).toContain("Dry run: nothing was changed.");
      expect(sandbox.writes()).toEqual([]);

      const shown = [...dry.stdout.matchAll(/^(PATCH|POST|DELETE) (\S+) (.*)$/gm)].map(
        ([, method, path, body]) => ({ method, path, body: JSON.parse(body as string) }),
      );
      expect(await cli(["apply", file])).toMatchObject({ code: 0, stderr: "" });
      expect(sandbox.writes()).toMatchObject(shown);
      expect(sandbox.writes()).toHaveLength(shown.length);
      expect((await cli(["export", "2104"])).stdout).toBe(readFileSync(file, "utf8"));
    }));

  it("that runs is left running, unless --make-editable says otherwise; it is never run", () =>
    open(async ({ sandbox, file, cli }) => {
      await cli(["export", "2101", "-o", file]);
      change(file, "next quarter", "next summer");
      const refused = await cli(["apply", file]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("--make-editable");
      expect(refused.stderr).toContain("stops its sending until it is run again");
      expect(sandbox.writes()).toEqual([]);

      const dry = await cli(["apply", file, "--dry-run", "--make-editable"]);
      expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/POST \S+make_editable\nPATCH /) });
      const { code, stdout } = await cli(["apply", file, "--make-editable"]);
      expect([code, stdout]).toEqual([0, expect.stringContaining("It sends nothing until it is run again.")]);
      expect(sandbox.writes().map(({ path }) => path.split("/").at(-2))).toEqual(["2101", "versions"]);
    }));

  it("is copied into another account by a file without an id", () =>
    open(async ({ sandbox, file, cli }) => {
      await cli(["export", "2102", "-o", file]);
      change(file, "id: 2102\n", "");
      change(file, "Nordics", "Baltics");
      expect(await cli(["apply", file, "--dry-run"])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("POST /rest/v2/campaigns {"),
      });
      expect(sandbox.writes()).toEqual([]);
      const { stdout } = await cli(["apply", file]);
      const id = /The new campaign is (\d+)/.exec(stdout)?.[1];
      expect(readFileSync(file, "utf8")).toContain(`\nid: ${id}\n`);
      expect((await cli(["export", String(id)])).stdout).toBe(readFileSync(file, "utf8"));
    }));

  it("is not deleted from where nobody can be asked", () =>
    open(async ({ sandbox, file, cli }) => {
      await cli(["export", "2104", "-o", file]);
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.slice(0, text.lastIndexOf("  - type: EMAIL")));
      expect(await cli(["apply", file])).toMatchObject({ code: 1, stderr: expect.stringContaining("--yes") });
      expect(sandbox.writes()).toEqual([]);
      expect(await cli(["apply", file, "--yes"])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("done: delete step 2"),
      });
    }));
});

it("Ctrl-C lets the write under way end, begins no other, and says what was done", async () => {
  const sandbox = await startSandbox({ serviceMs: 120 });
  const env = {
    WOODPECKER_API_KEY: sandbox.key,
    WOODPECKER_API_URL: sandbox.origin,
    WOODPECKER_LEDGER: "off",
  };
  const file = join(newFolder(), "campaign.yaml");
  await runHere(["export", "2104", "-o", file], env);
  change(file, "daily_enroll: 25", "daily_enroll: 26");
  change(file, "08:00", "08:30");
  change(file, "too soon?", "too late?");
  change(file, "last spring?", "last autumn?");
  const running = start(["apply", file], env);
  await running.said(/^done: /m);
  running.child.kill("SIGINT");
  expect(await running.ended()).toBe(1);
  expect(running.stderr()).toMatch(/NOT done: change .*[\s\S]*Not begun: change message of step 2/);
  const done = running.stdout().match(/^done: /gm) ?? [];
  expect(sandbox.writes()).toHaveLength(done.length);
  await sandbox.close();
});

describe("the built program with its sandbox", () => {
  it("exports, and applies to what is forgotten afterwards", async () => {
    const file = join(newFolder(), "campaign.yaml");
    expect((await runToEnd(["export", "2104", "--sandbox", "-o", file])).code).toBe(0);
    change(file, "id: 2104\n", "");
    change(file, "spring", "summer");
    const text = readFileSync(file, "utf8");
    expect(await runToEnd(["apply", file, "--sandbox"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The new campaign is 2201"),
    });
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});

describe("exit code", () => {
  it.each<[number, string, string[], string]>([
    [2, "an id that is none", ["export", "x"], "export is used as: export <id>"],
    [2, "no id", ["export"], "export is used as: export <id>"],
    [2, "no file", ["apply"], "apply is used as: apply <file>"],
    [
      2,
      "one word too many",
      ["list", "2105"],
      'unknown command "2105"; commands: sandbox, demo, doctor, verify, ledger, approve, list, export, apply, import',
    ],
    [2, "all and one", ["export", "2104", "--all"], "export is used as: export <id>… | --all"],
    [2, "several into one file", ["export", "2104", "2105", "-o", "x.yaml"], "--dir"],
    [2, "a flag of the other command", ["export", "2104", "--yes"], "--yes belongs to the command apply"],
    [2, "an unknown short option", ["export", "2104", "-x", "f"], "unknown option -x"],
    [2, "-o without a file", ["export", "2104", "-o"], "--output needs a value"],
    [
      2,
      "a file that is not there",
      ["apply", "nowhere/at/all.yaml"],
      "nowhere/at/all.yaml: there is no such file or folder.",
    ],
    [2, "a folder", ["apply", "src"], "src: is a folder."],
    [2, "a file that is not a campaign", ["apply", "biome.json"], "biome.json:2:3 $schema is not known"],
    [
      2,
      "a place where no file can be",
      ["export", "2104", "-o", "nowhere/at/all.yaml"],
      "no such file or folder",
    ],
    [1, "a campaign that is not there", ["export", "999"], "CAMPAIGN_NOT_EXIST"],
    [1, "a campaign that the API does not show", ["export", "2103"], "cannot show this campaign in full"],
  ])("%i for %s", async (code, _name, args, words) => {
    const ran = await runHere([...args, "--sandbox"]);
    expect([ran.code, ran.stdout]).toEqual([code, ""]);
    expect(ran.stderr).toContain(words);
  });

  it("1 without a key, with how to set one; faults of the file come first", async () => {
    expect(await runHere(["export", "1"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("WOODPECKER_API_KEY"),
    });
    const file = join(newFolder(), "campaign.yaml");
    writeFileSync(file, "name: x\n");
    expect(await runHere(["apply", file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("settings is required"),
    });
  });

  it("1 for what may not be done here: nothing is changed in access read, or on a campaign that is not listed", () =>
    open(async ({ sandbox, file, cli }) => {
      await cli(["export", "2104", "-o", file]);
      change(file, "daily_enroll: 25", "daily_enroll: 26");
      expect(await cli(["apply", file, "--access", "read"])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("--access read"),
      });
      expect(await cli(["apply", file], { WOODPECKER_CAMPAIGNS: "7" })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("WOODPECKER_CAMPAIGNS"),
      });
      expect(await cli(["apply", file], { WOODPECKER_MAX_DAILY_ENROLL: "25" })).toMatchObject({ code: 1 });
      expect(await cli(["apply", file], { WOODPECKER_DRY_RUN: "1" })).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("Dry run"),
      });
      expect(sandbox.writes()).toEqual([]);
    }));

  it("is written down in the ledger like every other write", () =>
    open(async ({ file, cli }) => {
      const ledger = join(newFolder(), "ledger.jsonl");
      await cli(["export", "2104", "-o", file]);
      change(file, "daily_enroll: 25", "daily_enroll: 26");
      await cli(["apply", file], { WOODPECKER_LEDGER: ledger });
      const [intent, outcome] = readFileSync(ledger, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .filter(({ kind }) => kind === "intent" || kind === "outcome");
      expect(intent).toMatchObject({ tool: "update_campaign", client: "apply", campaign_id: 2104 });
      expect(outcome).toMatchObject({ outcome: "done" });
    }));

  it(
    "2 where the id of a new campaign could not be kept, and no campaign is made",
    { skip: process.getuid?.() === 0 },
    () =>
      open(async ({ sandbox, file, cli }) => {
        await cli(["export", "2104", "-o", file]);
        change(file, "id: 2104\n", "");
        chmodSync(file, 0o444);
        expect(await cli(["apply", file])).toMatchObject({
          code: 2,
          stderr: expect.stringContaining("--no-write"),
        });
        expect(sandbox.writes()).toEqual([]);
      }),
  );
});
