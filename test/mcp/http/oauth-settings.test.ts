/** AUTH_MODE oauth with settings that do not fit: the server does not start, and says what to fix. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusesHere, refusesToStart } from "../../support/http-program.ts";

const KEY = "key-of-anna-00000000";

describe("a file", () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "oauth-settings-"));
    const accounts = join(folder, "accounts.json");
    writeFileSync(accounts, JSON.stringify({ anna: { api_key: KEY } }));
    env = {
      AUTH_MODE: "oauth",
      WOODPECKER_OAUTH_ISSUER: "https://issuer.example",
      WOODPECKER_OAUTH_AUDIENCE: "http://127.0.0.1:3000/mcp",
      WOODPECKER_OAUTH_ACCOUNTS: accounts,
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const wrong: [string, string, string][] = [
    ["no JSON", "{", "not JSON"],
    ["nobody in it", "{}", "at least one person"],
    ["a list", "[]", "at least one person"],
    ["an entry without a key", '{"anna": {}}', '"anna" has no usable api_key'],
    ["a key with blanks", `{"anna": {"api_key": "${KEY} x"}}`, '"anna" has no usable api_key'],
    ["a company by name", `{"anna": {"api_key": "${KEY}", "company_id": "Acme"}}`, 'company_id of "anna"'],
  ];
  it.each(wrong)("with %s at the start: exit 2 and one line", async (_what, text, says) => {
    const file = join(folder, "wrong.json");
    writeFileSync(file, text);
    const { code, stderr } = await refusesHere([], { ...env, WOODPECKER_OAUTH_ACCOUNTS: file });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^woodpecker-campaigns-mcp: WOODPECKER_OAUTH_ACCOUNTS: [^\n]+\n$/);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain(KEY);
  });

  it("of people that is not there, and other settings that do not fit: exit 2 and the name of what to fix", async () => {
    const tries: [Record<string, string>, RegExp][] = [
      [
        { WOODPECKER_OAUTH_ACCOUNTS: join(folder, "none.json") },
        /ACCOUNTS: the file cannot be read \(ENOENT\)/,
      ],
      [{ WOODPECKER_OAUTH_ACCOUNTS: "" }, /WOODPECKER_OAUTH_ACCOUNTS/],
      [{ WOODPECKER_OAUTH_ISSUER: "http://issuer.example" }, /WOODPECKER_OAUTH_ISSUER/],
      [{ WOODPECKER_OAUTH_AUDIENCE: "" }, /WOODPECKER_OAUTH_AUDIENCE/],
      [{ WOODPECKER_API_KEY: KEY }, /WOODPECKER_API_KEY must not be set/],
      [{ WOODPECKER_MCP_TOKEN: "t".repeat(32) }, /WOODPECKER_MCP_TOKEN must not be set/],
    ];
    const ends = await Promise.all(tries.map(([more]) => refusesToStart([], { ...env, ...more })));
    for (const [n, { code, stderr }] of ends.entries()) {
      expect([code, stderr]).toEqual([2, expect.stringMatching(tries[n]?.[1] as RegExp)]);
      expect(stderr.split("\n")).toHaveLength(2);
    }
  });
});
