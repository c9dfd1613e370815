/** A server with the accounts of a file, as an operator starts it, and a session with each of them. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HttpProgram, startHttp } from "../support/http-program.ts";
import { bearer, type HttpSession, httpSessionAt } from "../support/http-session.ts";

export const TOKEN = "token-of-the-team-0123456789abcdef";
export const theToken = bearer(TOKEN);

/** Each is written with a time of its own, however quickly one follows the other. */
let written = 0;

export interface AccountsFile {
  path: string;
  folder: string;
  write(content: string | object): void;
  remove(): void;
}

export function accountsFile(content: string | object): AccountsFile {
  const folder = mkdtempSync(join(tmpdir(), "accounts-"));
  const path = join(folder, "accounts.json");
  const file = {
    path,
    folder,
    write(now: string | object) {
      writeFileSync(path, typeof now === "string" ? now : JSON.stringify(now));
      written += 1;
      utimesSync(path, new Date(), new Date(1_700_000_000_000 + written * 1_000));
    },
    remove: () => rmSync(path),
  };
  file.write(content);
  return file;
}

export interface NamedServer extends HttpProgram {
  /** A session at /mcp/<name>. */
  at(name: string): HttpSession;
  end(): Promise<void>;
}

/** It ends when it is told to, not with a test. */
export async function startNamed(
  file: AccountsFile,
  env: Record<string, string> = {},
  args: string[] = [],
): Promise<NamedServer> {
  const sessions: HttpSession[] = [];
  const server = await startHttp(
    args,
    { WOODPECKER_ACCOUNTS: file.path, WOODPECKER_MCP_TOKEN: TOKEN, ...env },
    { until: () => undefined },
  );
  return {
    ...server,
    at(name) {
      const session = httpSessionAt(`${server.url}/${name}`);
      sessions.push(session);
      return session;
    },
    async end() {
      for (const session of sessions) await session.leave();
      await server.close();
      rmSync(file.folder, { recursive: true, force: true });
    },
  };
}
