/** An engineer who keeps campaigns in git: exports all, changes one in a branch, applies it, and the next export changes no byte. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newFolder } from "../support/folder.ts";
import { runToEnd } from "../support/program.ts";
import { openSandbox } from "../support/sandbox.ts";

it("an engineer reviews a sentence in git and applies it", async () => {
  const sandbox = await openSandbox();
  const env = { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key };
  const cli = (...args: string[]) => runToEnd(args, env);
  const folder = newFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  const campaigns = join(folder, "campaigns");
  const exportAll = () => cli("export", "--all", "--dir", campaigns);

  expect((await cli("list")).stdout).toContain("Retail planners, spring");
  expect((await exportAll()).code).toBe(0);
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "Campaigns as they are");

  // A colleague changes a sentence; the check of the pull request shows it and changes nothing.
  const path = join(campaigns, "2104-retail-planners-spring.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace("be too soon?", "suit you?"));
  git("commit", "-qam", "Ask more politely");
  const files = git("ls-files", "campaigns/*.yaml")
    .trim()
    .split("\n")
    .map((name) => join(folder, name));
  const checked = await cli("apply", ...files, "--dry-run");
  expect(checked.code).toBe(0);
  expect(checked.stdout).toMatch(/\[-be too soon-\]|be too soon\?/);
  expect(sandbox.writes()).toEqual([]);

  // After the merge it is applied, and only that.
  const applied = await cli("apply", ...files);
  expect([applied.code, applied.stdout]).toEqual([
    0,
    expect.stringContaining("5 as their files say, 0 not."),
  ]);
  expect(sandbox.writes()).toHaveLength(1);

  expect((await exportAll()).stdout).toContain("5 up to date");
  expect(git("status", "--porcelain")).toBe("");
});
