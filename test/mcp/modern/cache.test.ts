/** What clients of 2026-07-28 are told about keeping answers: nothing that is one caller's may be handed to another. */
import { describe, expect, it } from "vitest";
import { serveHere, startHttp } from "../../support/http-program.ts";
import type { HttpSession } from "../../support/http-session.ts";
import { modernCall, modernOnStdio } from "../../support/modern-session.ts";

const HOUR_MS = 3_600_000;
const lists = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];

async function hintsOf(server: HttpSession, methods: string[], headers = {}) {
  const hints: Record<string, unknown> = {};
  for (const method of methods) {
    const { ttlMs, cacheScope } = (await modernCall(server, method, {}, headers)).result;
    hints[method] = `${cacheScope} ${ttlMs > 0 ? "for a while" : "not at all"}`;
  }
  return hints;
}
const all = (scope: string) => Object.fromEntries(lists.map((list) => [list, `${scope} for a while`]));

describe("how long an answer may be kept, and for whom", () => {
  it("is for long and for everybody what everybody gets: lists, guides, the card of this version", async () => {
    const server = await startHttp(["--sandbox"]);
    expect(await hintsOf(server, ["server/discover", ...lists])).toEqual({
      "server/discover": "public for a while",
      ...all("public"),
    });
    const { result } = await modernCall(server, "resources/list");
    for (const { uri } of result.resources)
      expect((await modernCall(server, "resources/read", { uri })).result).toMatchObject({
        ttlMs: HOUR_MS,
        cacheScope: "public",
      });
  });

  it("is never for long what may be another page tomorrow, and not at all what an account holds", async () => {
    const server = await startHttp(["--sandbox"]);
    const addresses = [
      "ui://woodpecker/card",
      "ui://woodpecker/card/00000000",
      "woodpecker://campaigns/2101",
      "woodpecker://campaigns/2101/steps/1/A",
    ];
    for (const uri of addresses)
      expect((await modernCall(server, "resources/read", { uri })).result).toMatchObject({
        ttlMs: 0,
        cacheScope: "private",
      });
  });

  it("is for the caller alone where callers bring a key of their own", async () => {
    const server = await serveHere([], { AUTH_MODE: "header" });
    const headers = { "x-woodpecker-api-key": "a-key-of-ones-own-123456" };
    expect(await hintsOf(server, ["server/discover", ...lists], headers)).toEqual({
      "server/discover": "private for a while",
      ...all("private"),
    });
  });

  it("keeps to the caller what names the account", async () => {
    const named = await serveHere(["--sandbox"], { WOODPECKER_ACCOUNT_NAME: "Nordic payroll" });
    expect(await hintsOf(named, ["server/discover", "tools/list"])).toEqual({
      "server/discover": "private for a while",
      "tools/list": "public for a while",
    });
  });

  it("is said on stdio, too", async () => {
    const client = await modernOnStdio(["--sandbox"]);
    expect(await client.listTools()).toMatchObject({ ttlMs: HOUR_MS, cacheScope: "public" });
  });
});
