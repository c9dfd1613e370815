/** Packs dist/woodpecker-campaigns-mcp.mcpb, the one-click bundle for Claude Desktop: the built files and manifest.json. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const packed = "dist/woodpecker-campaigns-mcp.mcpb";
// Of this process alone, and in place only when it is whole.
const stage = `dist/bundle-${process.pid}`;
const draft = `${stage}.mcpb`;

rmSync(stage, { recursive: true, force: true });
mkdirSync(join(stage, "server"), { recursive: true });
for (const file of readdirSync("dist").filter((name) => /\.(cjs|html|json)$/.test(name))) {
  cpSync(join("dist", file), join(stage, "server", file));
}
for (const file of ["manifest.json", "icon.png", "LICENSE", "README.md", "dist/THIRD-PARTY-NOTICES.txt"]) {
  cpSync(file, join(stage, file.split("/").at(-1)));
}

const mcpb = join("node_modules", "@anthropic-ai", "mcpb", "dist", "cli", "cli.js");
for (const args of [
  ["validate", join(stage, "manifest.json")],
  ["pack", stage, draft],
]) {
  const { status } = spawnSync(process.execPath, [mcpb, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
renameSync(draft, packed);
rmSync(stage, { recursive: true });
