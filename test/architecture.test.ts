/** The house that CONTRIBUTING.md draws, where Biome's rules (biome.json) do not reach. Each list may only get shorter. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const biome = JSON.parse(readFileSync("biome.json", "utf8"));

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${folder}/${path}`, "utf8") }));
const sources = filesOf("src");

const longerThan = (lines: number, files: typeof sources) =>
  files.filter(({ text }) => text.split("\n").length - 1 > lines).map(({ path }) => path);

const within = (...rooms: string[]) => ({
  filesWith: (found: RegExp) =>
    sources
      .filter(({ path, text }) => !rooms.some((room) => path.startsWith(room)) && found.test(text))
      .map(({ path }) => path),
});

describe("src", () => {
  it("has at most three files that lie in no room", () => {
    const loose = sources.map(({ path }) => path).filter((path) => !path.includes("/"));
    expect(loose).toEqual(["log.ts", "main.ts", "version.ts"]);
  });

  it("has an import rule for every room", () => {
    const ruled = biome.overrides.flatMap((override: { includes: string[]; linter: { rules: object } }) =>
      "style" in override.linter.rules ? override.includes : [],
    );
    const rooms = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...ruled].sort()).toEqual(rooms.map(({ name }) => `src/${name}/**`).sort());
  });

  it("knows the paths of the API in woodpecker/ and sandbox/ only", () => {
    expect(within("woodpecker/", "sandbox/").filesWith(/["'`(^]\\?\/rest\\?\//)).toEqual([]);
  });

  it("knows the SDK of the protocol in mcp/ only, and a client of it in the demo", () => {
    expect(within("mcp/").filesWith(/@modelcontextprotocol/)).toEqual(["cli/demo.ts"]);
  });

  it("has no file of more than 250 lines", () => {
    expect(longerThan(250, sources)).toEqual([]);
  });

  it("begins each file with a line that says what it is", () => {
    const headless = sources.filter(({ text }) => !text.startsWith("/**")).map(({ path }) => path);
    expect(headless).toEqual([]);
  });

  it("exports no name in three places", () => {
    const declared =
      /^export (?:declare )?(?:async )?(?:function\*?|const|class|interface|type|enum) (\w+)/gm;
    const places = new Map<string, string[]>();
    for (const { path, text } of sources) {
      for (const [, name = ""] of text.matchAll(declared))
        places.set(name, [...(places.get(name) ?? []), path]);
    }
    const often = [...places].filter(([, paths]) => paths.length >= 3).map(([name]) => name);
    expect(often.sort()).toEqual([]);
  });
});

describe("test", () => {
  it("has no file of more than 400 lines", () => {
    expect(longerThan(400, filesOf("test"))).toEqual([]);
  });
});

describe("CONTRIBUTING.md and AGENTS.md", () => {
  it.each(["CONTRIBUTING.md", "AGENTS.md"])("%s names files that are there", (document) => {
    const text = readFileSync(document, "utf8");
    const paths = text.match(/\b(?:src|test|scripts|bench|docs|deploy)\/[\w./-]*\w/g) ?? [];
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });
});
