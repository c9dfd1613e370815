/**
 * Makes a release, but for the push: checks everything, packs what npm and the MCP registry get and the one-click bundle into
 * dist/release, and tags. Pushing the tag publishes (.github/workflows/release.yml), since npm's provenance is signed where
 * the package is built. With --dry-run nothing is tested anew and nothing is tagged.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const isDry = process.argv.includes("--dry-run");
const out = "dist/release";
const read = (path) => readFileSync(path, "utf8");
const { name, version } = JSON.parse(read("package.json"));
const tag = `v${version}`;

function run(command, ...args) {
  const { status, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) stop(`${[command, ...args].join(" ")} failed`);
  return stdout.trim();
}

function stop(why) {
  console.error(`No release: ${why}.`);
  process.exit(1);
}

/** What people read about it: the part of CHANGELOG.md under its number. */
function notesOf(changelog, number) {
  const parts = changelog.split(/^## /m);
  const part = parts.find((text) => text.split(/[\s(]/)[0] === number);
  return part?.slice(part.indexOf("\n")).trim() || undefined;
}

const notes = notesOf(read("CHANGELOG.md"), version) ?? stop(`CHANGELOG.md says nothing about ${version}`);
if (!isDry) {
  if (run("git", "status", "--porcelain") !== "") stop("there are changes that are not committed");
  if (run("git", "tag", "--list", tag) !== "")
    stop(`${tag} exists already; raise the version in package.json`);
  run("npm", "run", "check");
  run("npm", "test");
  run("npm", "run", "build");
  run(process.execPath, "scripts/bundle.mjs");
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const [packed] = JSON.parse(run("npm", "pack", "--ignore-scripts", "--json", "--pack-destination", out));
cpSync(`dist/${name}.mcpb`, join(out, `${name}-${version}.mcpb`));
cpSync("server.json", join(out, "server.json"));
writeFileSync(join(out, "NOTES.md"), `${notes}\n`);
const sums = [packed.filename, `${name}-${version}.mcpb`, "server.json"].map(
  (file) =>
    `${createHash("sha256")
      .update(readFileSync(join(out, file)))
      .digest("hex")}  ${file}`,
);
writeFileSync(join(out, "SHA256SUMS"), `${sums.join("\n")}\n`);

if (!isDry) run("git", "tag", "--annotate", tag, "--message", `${name} ${version}`);
console.log(
  [
    `${name} ${version} lies in ${out}: ${packed.files.length} files for npm, ${packed.size} bytes packed; the bundle is not signed.`,
    ...sums,
    isDry
      ? "Dry run: not tested anew, not tagged."
      : `Tagged ${tag}. To publish it on npm with provenance, in the MCP registry and as a GitHub release: git push origin ${tag}`,
  ].join("\n"),
);
