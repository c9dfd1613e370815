/**
 * The documents that repeat a fact of the code, by their paths: parts of README.md, manifest.json, server.json,
 * docs/clients, docs/tools.md, docs/prompts.md, docs/errors.md, docs/faults.md, docs/check.md and docs/campaign.schema.json.
 */
import { campaignSchema } from "./campaign-schema.ts";
import { checkReference } from "./check.ts";
import { clientFiles, readmeClients } from "./clients.ts";
import { examples } from "./examples.ts";
import { faultTable } from "./faults.ts";
import { errors } from "./guides/errors.ts";
import { manifest, type Package, serverJson } from "./manifests.ts";
import { promptReference } from "./prompts.ts";
import { documentTable } from "./statements.ts";
import { json } from "./text.ts";
import { readmeSettings, readmeTools, toolReference } from "./tools.ts";

export const documents = async (packageJson: Package, readme: string): Promise<Record<string, string>> => ({
  "README.md": withParts(readme, {
    clients: readmeClients(),
    tools: readmeTools(),
    settings: readmeSettings(),
  }),
  "manifest.json": json(manifest(packageJson)),
  "server.json": json(serverJson(packageJson)),
  "docs/campaign.schema.json": json(campaignSchema()),
  "docs/tools.md": toolReference(await examples()),
  "docs/prompts.md": promptReference(),
  // The guide that clients read, with where it comes from.
  "docs/errors.md": errors.replace(
    "\n\n",
    "\n\nWritten by `npm run generate` from the catalogue in src/woodpecker/meanings.ts.\n\n",
  ),
  "docs/faults.md": faultTable(),
  "docs/documents.md": documentTable(),
  "docs/check.md": checkReference(),
  ...clientFiles(),
});

/** Replaces what stands between <!-- name --> and <!-- /name -->. */
function withParts(readme: string, parts: Record<string, string>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!marked.test(text)) throw new Error(`README.md has no section ${name}`);
    return text.replace(marked, (_found, start: string, end: string) => `${start}${part}\n${end}`);
  }, readme);
}
