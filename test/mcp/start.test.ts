/** What is read and made before `initialize` and `tools/list` are answered: a client waits for all of it, twice if it probes. */
import { readFileSync } from "node:fs";
import type { BuildResult } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error a plain script
import * as scripts from "../../scripts/build.mjs";
// @ts-expect-error a plain script
import { schemasWhenUsed } from "../../scripts/schemas-when-used.mjs";

const MAX_BYTES = 200_000;

let built: BuildResult<{ metafile: true; write: false }>;
beforeAll(async () => {
  built = await scripts.bundleStart("main.cjs", { write: false });
});

const [modules, size] = [
  () => Object.keys(built.metafile.inputs),
  () => Object.values(built.metafile.outputs)[0]?.bytes,
];

describe("the file that starts", () => {
  it("is small", () => {
    expect(size()).toBeLessThan(MAX_BYTES);
  });

  it("holds these packages and no other", () => {
    const packages = modules().flatMap(
      (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
    );
    expect([...new Set(packages)].sort()).toEqual([
      "@modelcontextprotocol/sdk",
      "fastest-levenshtein",
      "zod",
      "zod-to-json-schema",
    ]);
  });

  it("holds nothing that only a call, the sandbox, HTTP or another command needs", () => {
    const own = modules().flatMap((file) => /^src\/(.*)/.exec(file)?.[1] ?? []);
    expect(own.sort()).toEqual([
      "accounts/lazy.ts",
      "calls/account-label.ts",
      "calls/effects.ts",
      "cli/start-failure.ts",
      "log.ts",
      "main.ts",
      "mcp/ask.ts",
      "mcp/card-uri.ts",
      "mcp/completions/keystrokes.ts",
      "mcp/instructions.ts",
      "mcp/opening.ts",
      "mcp/progress.ts",
      "mcp/server.ts",
      "mcp/serving.ts",
      "mcp/shutdown.ts",
      "mcp/stdio.ts",
      "mcp/tools/published.ts",
      "mcp/wire.ts",
      "settings/api-key.ts",
      "settings/check-http.ts",
      "settings/command-line.ts",
      "settings/command-options.ts",
      "settings/commands.ts",
      "settings/help.ts",
      "settings/index.ts",
      "settings/options.ts",
      "settings/parsers.ts",
      "settings/sandbox-options.ts",
      "settings/usage-error.ts",
      "values/address.ts",
      "values/closest.ts",
      "values/foreign.ts",
      "values/loose.ts",
      "version.ts",
    ]);
  });

  it("is ASCII, so that Node holds one byte a character and not two", () => {
    expect(built.outputFiles[0]?.text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it("asks Node for no module that takes time to load", () => {
    const code = built.outputFiles[0]?.text ?? "";
    const asked = [...code.matchAll(/require\("((?:node:)?[\w/]+)"\)/g)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual(["node:fs"]);
  });
});

describe("the protocol's schemas", () => {
  const types = readFileSync("node_modules/@modelcontextprotocol/sdk/dist/esm/types.js", "utf8");

  it("are made when they are used, not at import", () => {
    const changed: string = schemasWhenUsed(types);
    const eager = changed.match(/^(?:export )?const \w+Schema = (?!\/\* @__PURE__ \*\/ once\(\(\) => ).*/gm);
    expect(eager).toBeNull();
    expect(changed.match(/ = \/\* @__PURE__ \*\/ once\(\(\) => /g)?.length).toBe(
      types.match(/^(?:export )?const \w+Schema = /gm)?.length,
    );
  });

  it("are called where they are used, and nowhere else", () => {
    const source = [
      "import { ASchema, b } from '../types.js';",
      "// ASchema",
      "/** ASchema */",
      "const given = { ...ASchema.shape, list: [ASchema], name: 'ASchema', of: types.ASchema, ASchemaOf, aSchema };",
    ].join("\n");
    expect(schemasWhenUsed(source)).toBe(
      source.replace("...ASchema", "...ASchema()").replace("[ASchema]", "[ASchema()]"),
    );
  });
});
