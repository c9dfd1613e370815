/** `export` and `apply` in this process, against a sandbox whose requests are counted. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openAccounts } from "../../src/accounts/pool.ts";
import { applyFile } from "../../src/cli/files/apply.ts";
import type { Session } from "../../src/cli/files/carry-out.ts";
import { exportCampaign } from "../../src/cli/files/export.ts";
import { FileFailure } from "../../src/cli/files/parse.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/index.ts";
import { readSettings } from "../../src/settings/index.ts";
import { newFolder } from "./folder.ts";
import { openSandbox, written } from "./sandbox.ts";

interface Ran {
  code: number;
  /** What was printed and said, in order. */
  text: string;
}

export interface FileSession {
  sandbox: Sandbox;
  /** Path of a file with this text. */
  file(text: string): string;
  read(path: string): string;
  export(id: number): Promise<string>;
  exportTo(id: number, path: string): Promise<Ran>;
  apply(path: string, flags?: string[], ask?: (question: string) => Promise<string>): Promise<Ran>;
  /** "PATCH /rest/v2/campaigns/2104" of everything carried out. */
  writes(): string[];
}

export async function openFileSession(options?: SandboxOptions): Promise<FileSession> {
  const sandbox = await openSandbox(options);
  const folder = newFolder();
  let files = 0;

  async function run(
    args: string[],
    work: (session: Session) => Promise<number>,
    ask?: (question: string) => Promise<string>,
  ) {
    const settings = readSettings(args, {
      WOODPECKER_API_KEY: sandbox.key,
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_LEDGER: "off",
      WOODPECKER_STATE_DIR: "off",
    });
    const accounts = openAccounts(settings, () => undefined);
    const lines: string[] = [];
    const tell = (text: string) => void lines.push(text);
    const { signal } = new AbortController();
    const parts = accounts.parts();
    const api = () => parts.client.forCall({ signal });
    const terminal = { print: tell, say: tell, signal, ...(ask && { ask }) };
    try {
      const code = await work({ ...terminal, flags: settings, options: parts, api });
      return { code, text: lines.join("\n") };
    } catch (error) {
      if (error instanceof FileFailure) return { code: 2, text: error.message };
      throw error;
    } finally {
      await accounts.close();
    }
  }

  return {
    sandbox,
    file(text) {
      files += 1;
      const path = join(folder, `${files}.yaml`);
      writeFileSync(path, text);
      return path;
    },
    read: (path) => readFileSync(path, "utf8"),
    async export(id) {
      const { code, text } = await run(["export", String(id)], (own) =>
        exportCampaign(own.api(), id, undefined, own),
      );
      if (code !== 0) throw new Error(text);
      return `${text}\n`;
    },
    exportTo: (id, path) => run(["export", String(id)], (own) => exportCampaign(own.api(), id, path, own)),
    apply: (path, flags = [], ask) => run(["apply", path, ...flags], (own) => applyFile(path, own), ask),
    writes: () => written(sandbox),
  };
}
