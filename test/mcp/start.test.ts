/** What is read and made before the list of tools is answered: a client waits for all of it, twice if it probes. And what each era reads. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { BuildResult } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error a plain script
import * as scripts from "../../scripts/build.mjs";
// @ts-expect-error a plain script
import { madeWhenUsed } from "../../scripts/made-when-used.mjs";
// @ts-expect-error a plain script
import { schemasWhenUsed } from "../../scripts/schemas-when-used.mjs";
import { atEnd } from "../support/at-end.ts";
import { newFolder } from "../support/folder.ts";
import { hello, message } from "../support/json-rpc.ts";
import { envelope } from "../support/modern-session.ts";
import { start } from "../support/program.ts";

const serving = [
  "calls/effects.ts",
  "mcp/card-uri.ts",
  "mcp/completions/keystrokes.ts",
  "mcp/forms.ts",
  "mcp/greeting.ts",
  "mcp/instructions.ts",
  "mcp/plain-schemas.ts",
  "mcp/progress.ts",
  "mcp/serving.ts",
  "mcp/wire.ts",
  "values/foreign.ts",
  "values/unseen.ts",
  "version.ts",
];

describe.each([
  {
    file: "the process",
    entry: "src/main.ts",
    maxBytes: 40_000,
    packages: ["fastest-levenshtein"],
    own: [
      "accounts/lazy.ts",
      "calls/account-label.ts",
      "calls/effects.ts",
      "cli/start-failure.ts",
      "log.ts",
      "main.ts",
      "mcp/card-uri.ts",
      "mcp/eras.ts",
      "mcp/first-answers.ts",
      "mcp/greeting.ts",
      "mcp/instructions.ts",
      "mcp/modern/cache.ts",
      "mcp/opening.ts",
      "mcp/serving-for.ts",
      "mcp/shutdown.ts",
      "mcp/stdio.ts",
      "mcp/tools/published.ts",
      "mcp/wire.ts",
      "settings/api-key.ts",
      "settings/check-http.ts",
      "settings/command-line.ts",
      "settings/command-options.ts",
      "settings/commands.ts",
      "settings/given.ts",
      "settings/help.ts",
      "settings/home.ts",
      "settings/index.ts",
      "settings/limit-options.ts",
      "settings/options.ts",
      "settings/parsers.ts",
      "settings/sandbox-options.ts",
      "settings/usage-error.ts",
      "values/address.ts",
      "values/closest.ts",
      "values/foreign.ts",
      "values/loose.ts",
      "values/unseen.ts",
      "version.ts",
    ],
    asks: ["node:fs"],
  },
  {
    file: "the eras with a handshake",
    entry: "src/mcp/handshake.ts",
    maxBytes: 130_000,
    packages: ["@modelcontextprotocol/sdk", "zod", "zod-to-json-schema"],
    own: [...serving, "mcp/ask.ts", "mcp/handshake.ts", "mcp/server.ts"],
    asks: [],
  },
  {
    file: "the era of 2026-07-28",
    entry: "src/mcp/modern/over-stdio.ts",
    maxBytes: 240_000,
    packages: ["@modelcontextprotocol/core", "@modelcontextprotocol/server", "zod"],
    own: [...serving, "mcp/modern/cache.ts", "mcp/modern/over-stdio.ts", "mcp/modern/server.ts"],
    asks: ["node:process"],
  },
])("the file of $file", ({ entry, maxBytes, packages, own, asks }) => {
  let built: BuildResult<{ metafile: true; write: false }>;
  beforeAll(async () => {
    built = await scripts.bundleFile(entry, "start.cjs", { write: false });
  });
  /** What something of stands in the file. */
  const modules = () =>
    Object.entries(Object.values(built.metafile.outputs)[0]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([module]) => module);
  const code = () => built.outputFiles[0]?.text ?? "";

  it("is small", () => {
    expect(code().length).toBeLessThan(maxBytes);
  });

  it("holds these packages and no other", () => {
    const found = modules().flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
    expect([...new Set(found)].sort()).toEqual(packages);
  });

  it("holds nothing that only a call, the sandbox, HTTP or another command needs", () => {
    const found = modules().flatMap((file) => /^src\/(.*)/.exec(file)?.[1] ?? []);
    expect(found.sort()).toEqual([...own].sort());
  });

  it("is ASCII, so that Node holds one byte a character and not two", () => {
    expect(code()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it("asks Node for no module that takes time to load", () => {
    const asked = [...code().matchAll(/require\("((?:node:)?[\w/]+)"\)/g)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual(asks);
  });
});

describe("the program", () => {
  const list = (params?: object) => message("tools/list", params);
  const modern = { _meta: envelope() };

  it.each([
    ["with a handshake", "handshake.cjs", [...hello(), list()], message("ping")],
    [
      "of 2026-07-28",
      "over-stdio.cjs",
      [message("server/discover", modern), list(modern)],
      message("ping", modern),
    ],
  ])("loads the SDK of the era %s with what it needs it for, not for the list of tools", async (...era) => {
    const [, file, lines, next] = era;
    const seen = join(newFolder(atEnd), "seen.cjs");
    writeFileSync(
      seen,
      'process.on("exit", () => process.stderr.write("loaded " + Object.keys(require.cache).join(" ")))',
    );
    const loadedBy = async (messages: string[]) => {
      const program = start(["--sandbox"], {}, { node: ["--require", seen] });
      program.stdin.write(`${messages.join("\n")}\n`);
      await program.said(/"list_campaigns"/);
      program.stdin.end();
      expect(await program.ended()).toBe(0);
      const [, loaded = ""] = /^loaded (.*)$/m.exec(program.stderr()) ?? [];
      return loaded
        .split(" ")
        .map((path) => basename(path))
        .sort();
    };
    const first = ["main.cjs", "published.json", "seen.cjs"];
    expect(await loadedBy(lines)).toEqual(first);
    expect(await loadedBy([...lines, next])).toEqual([...first, file].sort());
  });
});

describe("the schemas of SDK 1.x", () => {
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

describe("the schemas of the 2.x packages", () => {
  const modules = ["core", "server"].flatMap((name) => {
    const folder = `node_modules/@modelcontextprotocol/${name}/dist`;
    return readdirSync(folder)
      .filter((file) => /^(?:schemas|auth|src)-[\w-]+\.mjs$/.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8"));
  });
  const declared = /^\t?const [A-Z]\w*Schema(?:\$\d)? = /gm;
  const made = /^\t?const [A-Z]\w*Schema(?:\$\d)? = \/\* @__PURE__ \*\/ later\(\(\) => /gm;

  it("are made when they are used, not at import nor all of an era at once", () => {
    const counts = modules.map((source) => [
      source.match(declared)?.length,
      (madeWhenUsed(source) as string).match(made)?.length,
    ]);
    expect(counts.length).toBe(3);
    for (const [there, changed] of counts) expect([there, changed]).toEqual([there, there]);
    expect(counts.flat().every((count) => count !== undefined && count > 10)).toBe(true);
  });

  it("leave alone what is no schema", () => {
    const source = [
      'const VERSION = "2026-07-28";',
      "const isRequest = (value) => RequestSchema.safeParse(value).success;",
      "function other() {",
      "\tconst parsed = OneSchema.parse(1);",
      "\treturn parsed;",
      "}",
      "",
    ].join("\n");
    expect(madeWhenUsed(source)).toBe(source);
  });
});
