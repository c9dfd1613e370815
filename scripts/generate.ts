/**
 * Writes everything that repeats a fact of the code: parts of README.md, manifest.json, server.json, docs/clients,
 * docs/tools.md, docs/prompts.md, docs/errors.md, docs/faults.md, docs/campaign.schema.json and src/version.ts. With
 * --check it only says which of them are stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { campaignSchema } from "./generate/campaign-schema.ts";
import { clientFiles, readmeClients } from "./generate/clients.ts";
import { errorReference } from "./generate/errors.ts";
import { examples } from "./generate/examples.ts";
import { faultTable } from "./generate/faults.ts";
import { manifest, type Package, serverJson } from "./generate/manifests.ts";
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

const packageJson = JSON.parse(read("package.json")) as Package;

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

const parts = { clients: readmeClients(), tools: readmeTools(), settings: readmeSettings() };
const readme = Object.entries(parts).reduce(
  (text, [name, part]) => between(text, name, part),
  read("README.md"),
);

const files: Record<string, string> = {
  "src/version.ts": versionFile,
  "README.md": readme,
  "manifest.json": json(manifest(packageJson)),
  "server.json": json(serverJson(packageJson)),
  "docs/campaign.schema.json": json(campaignSchema()),
  "docs/tools.md": toolReference(await examples()),
  "docs/prompts.md": promptReference(),
  "docs/errors.md": errorReference(),
  "docs/faults.md": faultTable(),
  ...clientFiles(),
};

/** Snippets that no client has any more. */
const left = filesIn("docs/clients").filter((path) => !(path in files));

function filesIn(folder: string): string[] {
  if (!existsSync(new URL(folder, root))) return [];
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => /\.\w+$/.test(path));
}

const stale = Object.entries(files).filter(([path, content]) => read(path) !== content);
if (process.argv.includes("--check")) {
  for (const path of [...stale.map(([path]) => path), ...left])
    console.error(`${path} is stale: run npm run generate`);
  process.exitCode = stale.length + left.length > 0 ? 1 : 0;
} else {
  for (const [path, content] of stale) {
    mkdirSync(dirname(new URL(path, root).pathname), { recursive: true });
    writeFileSync(new URL(path, root), content);
    console.log(`wrote ${path}`);
  }
  for (const path of left) {
    rmSync(new URL(path, root));
    console.log(`removed ${path}`);
  }
}
