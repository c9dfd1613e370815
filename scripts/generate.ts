/**
 * Writes everything that repeats a fact of the code: tables of README.md, manifest.json, server.json, docs/tools.md,
 * docs/prompts.md, docs/errors.md, docs/faults.md and src/version.ts. With --check it only says which of them are stale.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { errorReference } from "./generate/errors.ts";
import { faultTable } from "./generate/faults.ts";
import { manifest, serverJson } from "./generate/manifests.ts";
import { promptReference } from "./generate/prompts.ts";
import { readmeSettings, readmeTools, toolReference } from "./generate/tools.ts";

const root = new URL("..", import.meta.url);
const read = (path: string) => {
  try {
    return readFileSync(new URL(path, root), "utf8");
  } catch {
    return "";
  }
};

const packageJson = JSON.parse(read("package.json")) as { version: string; description: string };

const versionFile = `/** Written by \`npm run generate\` from package.json. */
export const version = ${JSON.stringify(packageJson.version)};
`;

/** Replaces what stands between <!-- name --> and <!-- /name -->. */
function between(text: string, name: string, content: string): string {
  const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`README.md has no section ${name}`);
  return text.replace(marked, (_whole, start: string, end: string) => `${start}${content}\n${end}`);
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const readme = between(between(read("README.md"), "tools", readmeTools()), "settings", readmeSettings());

const files: Record<string, string> = {
  "src/version.ts": versionFile,
  "README.md": readme,
  "manifest.json": json(manifest(packageJson)),
  "server.json": json(serverJson(packageJson)),
  "docs/tools.md": toolReference(),
  "docs/prompts.md": promptReference(),
  "docs/errors.md": errorReference(),
  "docs/faults.md": faultTable(),
};

const stale = Object.entries(files).filter(([path, content]) => read(path) !== content);
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is stale: run npm run generate`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, content] of stale) {
    mkdirSync(dirname(new URL(path, root).pathname), { recursive: true });
    writeFileSync(new URL(path, root), content);
    console.log(`wrote ${path}`);
  }
}
