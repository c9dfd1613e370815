/** Somebody with Node and npm only: one command installs what was packed, the next launches a campaign in the sandbox. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newFolder } from "../support/folder.ts";

it("a newcomer reaches a launched sandbox campaign with two commands", () => {
  const folder = newFolder();
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync(args[0] === "npx" ? "npx" : "npm", args[0] === "npx" ? args.slice(1) : args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, HOME: folder, npm_config_update_notifier: "false" },
    });
  const [{ filename }] = JSON.parse(
    npm(process.cwd(), "pack", "--ignore-scripts", "--json", "--pack-destination", folder),
  );
  // Nothing else is fetched, so no network is needed.
  npm(folder, "install", "--offline", "--no-audit", "--no-fund", join(folder, filename));
  const told = npm(folder, "npx", "--offline", "woodpecker-campaigns-mcp", "demo");
  expect(told).toContain("is RUNNING now");

  // The same in the folder of the source, as README.md says it.
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(scripts.demo).toMatch(/setup\.mjs && node dist\/main\.cjs demo$/);
  expect(readFileSync("README.md", "utf8")).toContain("\nnpm run demo");
});
