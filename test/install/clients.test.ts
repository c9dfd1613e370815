/** docs/clients: every snippet is read in its client's format, names only what exists, and starts the server. */
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, it } from "vitest";
import { type Option, options } from "../../src/settings/options.ts";
import { folder, readSnippets, type Snippet } from "./snippet.ts";

const { name: packageName, bin } = JSON.parse(readFileSync("package.json", "utf8"));
const known = Object.values(options as Record<string, Option>);
const snippets = readSnippets();
const named = snippets.map((snippet) => [snippet.file, snippet] as const);

/** Where each client looks, from its vendor's documents. */
const places: Record<string, string[]> = {
  "claude-desktop/json": ["mcpServers", "woodpecker"],
  "claude-code/sh": ["claude", "mcp", "add", "woodpecker"],
  "claude-code/cmd": ["claude", "mcp", "add", "woodpecker"],
  "vscode/json": ["servers", "woodpecker"],
  "vscode/link": ["vscode:mcp/install", "woodpecker"],
  "cursor/json": ["mcpServers", "woodpecker"],
  "cursor/link": ["cursor://anysphere.cursor-deeplink/mcp/install", "woodpecker"],
  "windsurf/json": ["mcpServers", "woodpecker"],
  "zed/jsonc": ["context_servers", "woodpecker"],
  "gemini-cli/json": ["mcpServers", "woodpecker"],
  "codex/toml": ["mcp_servers", "woodpecker"],
  "codex/sh": ["codex", "mcp", "add", "woodpecker"],
  "jetbrains/json": ["mcpServers", "woodpecker"],
};
const kindOf = (file: string) => file.replace(/\/.*\./, "/");
const formOf = (file: string) => /\/([\w-]+)\./.exec(file)?.[1] as string;

const commands: Record<string, [command: string, args: string[]]> = {
  local: ["node", [`/path/to/${packageName}/dist/main.cjs`]],
  windows: ["node", [`C:\\path\\to\\${packageName}\\dist\\main.cjs`]],
  npx: ["npx", ["-y", packageName]],
  "npx-windows": ["cmd", ["/c", "npx", "-y", packageName]],
};

describe("the snippets", () => {
  it("are there for every client, in every form", () => {
    expect([...new Set(snippets.map(({ file }) => kindOf(file)))].sort()).toEqual(Object.keys(places).sort());
    for (const client of new Set(snippets.map(({ file }) => file.split("/")[0]))) {
      const forms = snippets
        .filter(({ file }) => file.startsWith(`${client}/`))
        .map(({ file }) => formOf(file));
      expect([...new Set(forms)].sort()).toEqual(Object.keys(commands).sort());
    }
  });

  it.each(named)("%s names the server where its client looks, and only what exists", (file, snippet) => {
    const { path, command, args, env, inputs } = snippet;
    expect(path).toEqual(places[kindOf(file)]);
    const [wanted, words] = commands[formOf(file)] as [string, string[]];
    expect(command).toBe(wanted);
    const asked = /^\$\{input:(.+)\}$/.exec(args[0] ?? "")?.[1];
    if (asked) expect(inputs.map(({ id }) => id)).toContain(asked);
    else expect(args).toEqual(words);
    expect(Object.keys(env)).toEqual(["WOODPECKER_API_KEY"]);
    for (const name of Object.keys(env)) expect(known.map((option) => option.env)).toContain(name);
  });

  it("by npx start what the package calls its program", () => {
    expect(Object.keys(bin)).toEqual([packageName]);
  });

  it("of VS Code ask for the key, and hide it while it is typed", () => {
    const ofVsCode = snippets.filter(({ file }) => file.startsWith("vscode/"));
    expect(ofVsCode.length).toBeGreaterThan(0);
    for (const { env, inputs } of ofVsCode) {
      const id = /^\$\{input:(.+)\}$/.exec(env.WOODPECKER_API_KEY ?? "")?.[1];
      expect(inputs).toContainEqual(expect.objectContaining({ id, type: "promptString", password: true }));
    }
  });

  it.each(["README.md", `${folder}/README.md`])("are all that %s shows", (page) => {
    const text = readFileSync(page, "utf8");
    const part = page === "README.md" ? /<!-- clients -->[\s\S]*<!-- \/clients -->/.exec(text)?.[0] : text;
    const files = new Set(snippets.map(({ file }) => readFileSync(`${folder}/${file}`, "utf8").trim()));
    const blocks = [...(part as string).matchAll(/```\w+\n([\s\S]*?)\n```/g)].map(([, block]) => block);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) expect(files).toContain(block);
  });
});

/** As the client would, on a machine where the path is right. */
async function begin({ command, args, env }: Snippet, more: string[] = []) {
  const client = new Client({ name: "test", version: "1" });
  const path = args.map((arg) => arg.replace(`/path/to/${packageName}`, process.cwd()));
  await client.connect(
    new StdioClientTransport({
      command,
      args: [...path, ...more],
      env: { PATH: process.env.PATH ?? "", ...env },
      stderr: "ignore",
    }),
  );
  return client;
}

const local = named.filter(([file, { args }]) => formOf(file) === "local" && args[0]?.endsWith(".cjs"));

describe("the server, as a snippet starts it", () => {
  it.each(local)(
    "%s: lists its tools, and says where the key belongs while it is not filled in",
    async (_file, snippet) => {
      const client = await begin(snippet);
      try {
        expect((await client.listTools()).tools.map(({ name }) => name)).toContain("run_campaign");
        const answer = await client.callTool({ name: "list_mailboxes", arguments: {} });
        expect(answer.isError).toBe(true);
        const text = JSON.stringify(answer.content);
        for (const words of ["WOODPECKER_API_KEY", "Add-ons > API keys"]) expect(text).toContain(words);
      } finally {
        await client.close();
      }
    },
  );

  it("works without a key when --sandbox is added", async () => {
    const [, snippet] = local[0] as [string, Snippet];
    const client = await begin({ ...snippet, env: {} }, ["--sandbox"]);
    try {
      const { structuredContent } = await client.callTool({ name: "list_mailboxes", arguments: {} });
      expect((structuredContent as { mailboxes: object[] }).mailboxes).toHaveLength(4);
    } finally {
      await client.close();
    }
  });
});

describe("three clients of a freelancer, as README.md has them", () => {
  const readme = readFileSync("README.md", "utf8");
  const block = /\*\*Several clients[\s\S]*?```json\n([\s\S]*?)```/.exec(readme)?.[1] as string;
  const entries = Object.entries<Omit<Snippet, "file">>(JSON.parse(block).mcpServers);

  it("are told apart by the name of the entry, and each answers under the name of its account", async () => {
    expect(entries).toHaveLength(3);
    expect(new Set(entries.map(([, { env }]) => env.WOODPECKER_API_KEY)).size).toBe(3);
    for (const [name, entry] of entries) {
      // Clients put it in front of the names of the tools.
      expect(name).toMatch(/^[a-z]{1,20}$/);
      const called = entry.env.WOODPECKER_ACCOUNT_NAME as string;
      const client = await begin(entry as Snippet, ["--sandbox"]);
      try {
        expect(client.getServerVersion()?.title).toBe(`Woodpecker campaigns (${called})`);
        expect(client.getInstructions()).toContain(`account "${called}"`);
        const writes = (await client.listTools()).tools.some((tool) => tool.name === "create_campaign");
        expect(writes).toBe(name !== "petrin");
      } finally {
        await client.close();
      }
    }
  });

  it("stand in a README of fewer than 200 lines", () => {
    expect(readme.split("\n").length).toBeLessThanOrEqual(200);
  });
});
