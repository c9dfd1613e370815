/**
 * Writes everything that repeats a fact of the code: what src/mcp serves as it is (the list of tools, the guides),
 * src/version.ts, and the documents (see ./generate/documents.ts). With --check it only says which of them are stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { numbered } from "./generate/assumptions.ts";
import { publishedGuides } from "./generate/guides.ts";
import type { Package } from "./generate/manifests.ts";
import { publishedTools } from "./generate/published.ts";
import { json } from "./generate/text.ts";

const checks = process.argv.includes("--check");
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

const assumptions = numbered(read("docs/assumptions.md"));

/** Written first: the documents are made from the server, which reads these. */
keep({
  "src/version.ts": versionFile,
  "src/mcp/tools/published.json": json(publishedTools()),
  "src/mcp/resources/guides.json": json(publishedGuides()),
  "src/cli/verify/assumptions.json": json(assumptions.rows),
  "docs/assumptions.md": assumptions.text,
});

const { documents } = await import("./generate/documents.ts");
const made = await documents(packageJson, read("README.md"));
keep(made);

/** Snippets that no client has any more. */
for (const path of filesIn("docs/clients").filter((path) => !(path in made))) {
  if (checks) complain(path);
  else {
    rmSync(new URL(path, root));
    console.log(`removed ${path}`);
  }
}

function keep(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    if (read(path) === content) continue;
    if (checks) complain(path);
    else {
      mkdirSync(dirname(new URL(path, root).pathname), { recursive: true });
      writeFileSync(new URL(path, root), content);
      console.log(`wrote ${path}`);
    }
  }
}

function complain(path: string): void {
  console.error(`${path} is stale: run npm run generate`);
  process.exitCode = 1;
}

function filesIn(folder: string): string[] {
  if (!existsSync(new URL(folder, root))) return [];
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => /\.\w+$/.test(path));
}
