/** What is published: whose it is, said once; what is in it, with every licence; and a release made but for the push. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { newFolder } from "../support/folder.ts";

const read = (path: string) => readFileSync(path, "utf8");
const own = JSON.parse(read("package.json"));
const address = own.repository.url.replace(/^git\+|\.git$/g, "");
const [, owner, name] = /^https:\/\/github\.com\/([^/]+)\/([^/]+)$/.exec(address) ?? [];

describe("whose it is", () => {
  it("follows from package.json wherever it is said", () => {
    expect([name, own.mcpName]).toEqual([own.name, `io.github.${owner}/${own.name}`]);
    const [manifest, server] = ["manifest.json", "server.json"].map((path) => JSON.parse(read(path)));
    expect(manifest).toMatchObject({
      version: own.version,
      author: { name: own.author, url: address },
      repository: { type: "git", url: address },
    });
    expect(server).toMatchObject({ name: own.mcpName, version: own.version, repository: { url: address } });
    expect(read("LICENSE")).toContain(own.author);
    expect(JSON.parse(read("package-lock.json"))).toMatchObject({ version: own.version });
    expect(read("deploy/kubernetes.yaml")).toContain(`${own.name}:${own.version}\n`);
  });

  it("stands in no other file", () => {
    const generated = ["package.json", "manifest.json", "server.json", "package-lock.json"];
    const { stdout } = spawnSync("git", ["ls-files"], { encoding: "utf8" });
    const files = stdout.split("\n").filter((path) => path && existsSync(path) && !/\.png$/.test(path));
    const naming = files.filter((path) =>
      new RegExp(`github\\.com/${owner}\\b|io\\.github\\.${owner}`).test(read(path)),
    );
    expect(naming.filter((path) => !generated.includes(path))).toEqual([]);
  });

  it("has an icon of 512 pixels, and is signed for by npm", () => {
    const icon = readFileSync("icon.png");
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([512, 512]);
    expect(own.publishConfig).toEqual({ access: "public", provenance: true });
  });
});

describe("the notices", () => {
  const notices = read("dist/THIRD-PARTY-NOTICES.txt");
  const parts = notices.split(/\n(?=\S+ \d+\.\d+\.\d+\S*\n-{20})/).slice(1);

  it("have the whole licence of every package, and only licences that allow it", () => {
    expect(parts.length).toBeGreaterThan(20);
    for (const part of parts) {
      const [title = ""] = part.split("\n");
      expect([title, part.length > 400]).toEqual([title, true]);
      expect([title, /GNU (?:AFFERO )?GENERAL PUBLIC/i.test(part)]).toEqual([title, false]);
    }
  });

  it("name what the program and the card are made of", () => {
    for (const packageName of [
      "@modelcontextprotocol/sdk",
      "@modelcontextprotocol/server",
      "zod",
      "undici",
      "yaml",
      "preact",
      "tldts",
    ])
      expect(
        parts.some((part) => part.startsWith(`${packageName} `)),
        packageName,
      ).toBe(true);
  });
});

describe("a release", () => {
  it("lies ready after a dry run: package, bundle, registry entry, notes and sums, and nothing is tagged", () => {
    const tags = spawnSync("git", ["tag"], { encoding: "utf8" }).stdout;
    const bundle = `dist/${own.name}.mcpb`;
    if (!existsSync(bundle)) spawnSync(process.execPath, ["scripts/bundle.mjs"]);
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release.mjs", "--dry-run"], {
      encoding: "utf8",
    });
    expect([status, stderr.replace(/^npm .*\n/gm, "")]).toEqual([0, ""]);
    expect(stdout).toContain(`${own.name} ${own.version} lies in dist/release`);
    expect(stdout).toContain("Dry run: not tested anew, not tagged.");
    expect(readdirSync("dist/release").sort()).toEqual(
      [
        "NOTES.md",
        "SHA256SUMS",
        "server.json",
        `${own.name}-${own.version}.mcpb`,
        `${own.name}-${own.version}.tgz`,
      ].sort(),
    );
    expect(read(join("dist/release", "NOTES.md"))).toMatch(/^The first version[\s\S]*### Added/);
    expect(read(join("dist/release", "SHA256SUMS"))).toMatch(/^[\da-f]{64} {2}\S+\.tgz$/m);
    expect(spawnSync("git", ["tag"], { encoding: "utf8" }).stdout).toBe(tags);
  });

  it.each([
    [
      "the changelog is silent about it",
      "## 0.0.1\n",
      ["--dry-run"],
      "CHANGELOG.md says nothing about 9.9.9",
    ],
    ["something is not committed", "## 9.9.9\n\nNew.\n", [], "there are changes that are not committed"],
  ])("is not made where %s", (_name, changelog, args, why) => {
    const folder = newFolder();
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a-package", version: "9.9.9" }));
    writeFileSync(join(folder, "CHANGELOG.md"), changelog);
    spawnSync("git", ["init", "-q"], { cwd: folder });
    const script = resolve("scripts/release.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([status, stdout, stderr]).toEqual([1, "", `No release: ${why}.\n`]);
  });

  it("pushes nothing by itself; the tag does", () => {
    expect(read(".github/workflows/release.yml")).toContain("npm publish --provenance");
    expect(read("scripts/release.mjs")).not.toMatch(/"push"|"publish"/);
  });
});

it("README.md stays under 200 lines", () => {
  expect(read("README.md").trimEnd().split("\n").length).toBeLessThan(200);
});
