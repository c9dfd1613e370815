/** `~` in the paths of settings, which a client's configuration hands on as it stands, and a home folder that is none. */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../src/settings/index.ts";
import { type Option, options } from "../../src/settings/options.ts";
import { newFolder } from "../support/folder.ts";
import { runToEnd } from "../support/program.ts";
import { onStdio } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";

const key = { WOODPECKER_API_KEY: "some-key-0001" };
const paths = Object.values(options as Record<string, Option>).filter(({ path }) => path);

describe("~ in a path", () => {
  it("is meant by every option that takes a file or a folder", () => {
    const named = Object.values(options as Record<string, Option>).filter(
      ({ value, about }) =>
        value === "file" || value === "folder" || /^(?:[\w ]+: )?(?:JSON )?(?:file|folder) /i.test(about),
    );
    expect(paths).toEqual(expect.arrayContaining(named));
  });

  it.each(["~/kept", "~"])("%s is below the home folder in every option", (text) => {
    const HOME = "/home/ada";
    const set = Object.fromEntries(paths.flatMap(({ env }) => (env ? [[env, text]] : [])));
    const flags = paths.flatMap(({ flag }) => (flag ? [`--${flag}=${text}`] : []));
    expect(flags.length).toBeGreaterThan(0);
    const { given } = readSettings([], { ...key, ...set, HOME });
    expect(given.filter(({ value }) => value === join(HOME, text.slice(1))).length).toBe(
      Object.keys(set).length,
    );
    expect(readSettings(["export", "2104", "-o", text], { ...key, HOME }).output).toBe(
      join(HOME, text.slice(1)),
    );
  });

  it("is the system's home folder where HOME is not set", () => {
    expect(readSettings([], { ...key, WOODPECKER_LEDGER: "~/l" }).ledger).toBe(join(homedir(), "l"));
  });

  it("in the middle of a path is a letter like others", () => {
    expect(readSettings([], { ...key, WOODPECKER_LEDGER: "/a/~/l" }).ledger).toBe("/a/~/l");
  });

  it("of somebody else is refused", async () => {
    const { code, stderr } = await runToEnd([], { ...key, WOODPECKER_LEDGER: "~ada/ledger" });
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('WOODPECKER_LEDGER: "~ada/ledger" is understood by shells only'),
    ]);
  });

  it("is where the ledger and the state folder are really kept", async () => {
    const HOME = newFolder();
    const session = await onStdio(await openSandbox(), {
      HOME,
      WOODPECKER_LEDGER: "~/kept/ledger.jsonl",
      WOODPECKER_STATE_DIR: "~/state",
    });
    await session.agree("run_campaign", { campaign_id: 2104 });
    expect(readdirSync(HOME).sort()).toEqual(["kept", "state"]);
    expect(existsSync("~")).toBe(false);
  });
});

describe("a home folder that is none", () => {
  const inHome = { WOODPECKER_STATE_DIR: "", WOODPECKER_LEDGER: "" };

  it.each([
    ["empty", ""],
    ["blank", "  "],
    ["not a whole path", "home/ada"],
  ])("%s is refused in a line that says what to set", async (_name, HOME) => {
    for (const args of [[], ["doctor"], ["--http"]]) {
      const { code, stdout, stderr } = await runToEnd(args, { ...key, ...inHome, HOME });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(
        /^woodpecker-campaigns-mcp: .*HOME is .*HOME=\/home\/you.*WOODPECKER_STATE_DIR.*\n$/,
      );
    }
    expect(() => readSettings([], { WOODPECKER_LEDGER: "~/l", WOODPECKER_STATE_DIR: "off", HOME })).toThrow(
      "HOME is",
    );
  });

  it("does not matter where nothing is kept there", async () => {
    const HOME = "";
    for (const args of [["--sandbox"], ["sandbox"], ["demo"], ["--help"]]) readSettings(args, { HOME });
    readSettings([], { HOME, WOODPECKER_LEDGER: "off", WOODPECKER_STATE_DIR: "/var/lib/woodpecker" });
  });
});
