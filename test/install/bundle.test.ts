/** The one-click bundle, as Claude Desktop takes it: validated, unpacked, and started with the command of its manifest. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { getMcpConfigForManifest, unpackExtension, v0_3 } from "@anthropic-ai/mcpb";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.ts";

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
const packed = "dist/woodpecker-campaigns-mcp.mcpb";
let sandbox: Sandbox;

beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/bundle.mjs"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("ERROR")]);
  expect(await unpackExtension({ mcpbPath: packed, outputDir: folder, silent: true })).toBe(true);
  sandbox = await startSandbox();
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const manifest = () =>
  v0_3.McpbManifestSchema.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));

type Fields = Record<string, string>;

/** What the host makes of the manifest's command for what a person typed into its fields. */
async function configured(typed: Fields) {
  const config = await getMcpConfigForManifest({
    manifest: manifest(),
    extensionPath: folder,
    systemDirs: {},
    userConfig: typed,
    pathSeparator: sep,
  });
  return config as { command: string; args: string[]; env: Fields };
}

async function begin({ command, args, env }: { command: string; args: string[]; env: Fields }) {
  const client = new Client({ name: "test", version: "1" });
  const transport = new StdioClientTransport({
    command,
    args,
    env: { PATH: process.env.PATH ?? "", ...env },
    cwd: tmpdir(),
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  await client.connect(transport);
  return { client, stderr: () => stderr };
}

describe("the bundle", () => {
  it("holds the program, its licences and an icon, and nothing that only developers need", () => {
    expect(readdirSync(folder).sort()).toEqual(
      ["LICENSE", "README.md", "THIRD-PARTY-NOTICES.txt", "icon.png", "manifest.json", "server"].sort(),
    );
    const built = readdirSync("dist", { withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(mcpb|txt)$/.test(entry.name))
      .map(({ name }) => name);
    expect(readdirSync(join(folder, "server")).sort()).toEqual(built.sort());
    expect(statSync(packed).size).toBeLessThan(2 * 1024 * 1024);
  });

  it("has an icon of 512 x 512", () => {
    const icon = readFileSync(join(folder, manifest().icon as string));
    expect([icon.toString("latin1", 1, 4), icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([
      "PNG",
      512,
      512,
    ]);
    expect(icon.length).toBeLessThan(30_000);
  });

  it("asks for the key as for a secret, demands nothing, and has a default for all that may stay blank", () => {
    const fields = manifest().user_config ?? {};
    expect(fields.api_key).toMatchObject({ sensitive: true });
    for (const field of Object.values(fields))
      expect(field).toMatchObject({ required: false, default: expect.any(String) });
    const { env } = manifest().server.mcp_config as { env: Fields };
    const used = Object.values(env).map((value) => /^\$\{user_config\.(\w+)\}$/.exec(value)?.[1]);
    expect(used.sort()).toEqual(Object.keys(fields).sort());
  });

  it("filled in: lists its tools and reads the account with the key", async () => {
    const { command, args, env } = await configured({ api_key: sandbox.key, access: "draft" });
    const { client } = await begin({ command, args, env: { ...env, WOODPECKER_API_URL: sandbox.origin } });
    try {
      const names = (await client.listTools()).tools.map(({ name }) => name);
      expect(names).toContain("create_campaign");
      expect(names).not.toContain("run_campaign");
      const { structuredContent } = await client.callTool({ name: "list_mailboxes", arguments: {} });
      expect((structuredContent as { mailboxes: object[] }).mailboxes).toHaveLength(4);
    } finally {
      await client.close();
    }
  });

  const literal = async (typed: Fields) => {
    const { command, args } = await configured(typed);
    return { command, args, env: (manifest().server.mcp_config as { env: Fields }).env };
  };
  it.each([
    ["with the defaults of the manifest", configured],
    ["by a host that leaves the placeholders as they are", literal],
  ])("left blank, %s: lists every tool, and a call says where the key belongs", async (_host, make) => {
    const { client, stderr } = await begin(await make({}));
    try {
      const listed = (await client.listTools()).tools;
      expect(listed.map(({ name }) => name)).toEqual(manifest().tools?.map(({ name }) => name));
      const answer = await client.callTool({ name: "list_mailboxes", arguments: {} });
      expect(answer.isError).toBe(true);
      const text = JSON.stringify(answer.content);
      expect(text).toContain("Add-ons > API keys");
      expect(text + stderr()).not.toContain("user_config");
    } finally {
      await client.close();
    }
  });
});
