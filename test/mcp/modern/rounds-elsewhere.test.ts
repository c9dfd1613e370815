/** The state of a question, brought where it was not made: another replica, after a restart, another caller, too late. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { atEnd } from "../../support/at-end.ts";
import { newFolder } from "../../support/folder.ts";
import { serveHere, startHttp } from "../../support/http-program.ts";
import type { Headers, HttpSession } from "../../support/http-session.ts";
import { startIssuer } from "../../support/issuer.ts";
import { envelope, modernCall } from "../../support/modern-session.ts";
import { attempted, openSandbox, written } from "../../support/sandbox.ts";
import { installed, startRedis } from "../../support/servers.ts";
import { startTenants } from "../../support/tenants.ts";

const run = { name: "run_campaign", arguments: { campaign_id: 2102 } };
const yes = { confirm: { action: "accept", content: { confirm: true } } };

async function round(server: HttpSession, more: object = {}, headers: Headers = {}): Promise<Data> {
  const params = { ...run, _meta: envelope({ elicitation: { form: {} } }), ...more };
  return (await modernCall(server, "tools/call", params, headers)).result;
}

async function ask(server: HttpSession, headers?: Headers): Promise<string> {
  const { resultType, requestState } = await round(server, {}, headers);
  expect(resultType).toBe("input_required");
  return requestState;
}
const agree = (server: HttpSession, requestState: string, headers?: Headers) =>
  round(server, { requestState, inputResponses: yes }, headers);

const starts = (lines: string[]) => lines.filter((line) => line.endsWith("/run")).length;
const textOf = ({ content }: Data) => content[0].text;

describe("after a restart", () => {
  it("an answer still counts, once, where there is a state folder", async () => {
    const sandbox = await openSandbox();
    const env = {
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: sandbox.key,
      WOODPECKER_STATE_DIR: newFolder(),
    };
    const first = await serveHere([], env);
    const state = await ask(first);
    await first.close();
    const second = await serveHere([], env);
    expect((await agree(second, state)).structuredContent).toMatchObject({ outcome: "done" });
    await second.close();
    const third = await serveHere([], env);
    await modernCall(third, "tools/call", { name: "pause_campaign", arguments: { campaign_id: 2102 } });
    expect(await agree(third, state)).toMatchObject({ isError: true });
    expect(starts(written(sandbox))).toBe(1);
  });

  it("nothing happens without one, and the answer says that it was made before", async () => {
    const sandbox = await openSandbox();
    const env = { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key };
    const first = await serveHere([], env);
    const state = await ask(first);
    await first.close();
    const result = await agree(await serveHere([], env), state);
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining("before a restart")]);
    expect(attempted(sandbox)).toEqual([]);
  });
});

/**
 * A process for which this much time has passed: its clock, by which it signs and reads when a state ends, is that much ahead of
 * the one that asked. There is no setting for how long a state lives, so that nobody can make it live longer.
 */
function laterBy(ms: number) {
  const clock = join(newFolder(), "clock.cjs");
  writeFileSync(clock, `const real = Date.now; Date.now = () => real() + ${ms};`);
  return { node: ["--require", clock] };
}
const MINUTE_MS = 60_000;

describe("when time has passed", () => {
  it("an answer counts for ten minutes, and after that says so and nothing happens", async () => {
    const sandbox = await openSandbox();
    const env = {
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: sandbox.key,
      WOODPECKER_STATE_DIR: newFolder(),
    };
    const now = await serveHere([], env);
    const [early, late] = [await ask(now), await ask(now)];
    const afterTen = await startHttp([], env, laterBy(10.2 * MINUTE_MS));
    const result = await agree(afterTen, late);
    expect([result.isError, textOf(result)]).toEqual([
      true,
      expect.stringMatching(/older than ten minutes[\s\S]*call again/),
    ]);
    expect(attempted(sandbox)).toEqual([]);
    const afterNine = await startHttp([], env, laterBy(9 * MINUTE_MS));
    expect((await agree(afterNine, early)).structuredContent).toMatchObject({ outcome: "done" });
    expect(starts(written(sandbox))).toBe(1);
  });

  it("one that ends later than any of this server is not one of it", async () => {
    const sandbox = await openSandbox();
    const env = {
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: sandbox.key,
      WOODPECKER_STATE_DIR: newFolder(),
    };
    const state = await ask(await startHttp([], env, laterBy(5 * MINUTE_MS)));
    const result = await agree(await serveHere([], env), state);
    expect([result.isError, textOf(result)]).toEqual([
      true,
      expect.stringContaining("not one of this server"),
    ]);
    expect(attempted(sandbox)).toEqual([]);
  });
});

describe.skipIf(!installed("redis-server"))("on another replica", () => {
  it("an answer counts, once among all of them", async () => {
    const sandbox = await openSandbox();
    const redis = await startRedis();
    atEnd(redis.kill);
    const env = {
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: sandbox.key,
      WOODPECKER_REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    };
    const [one, two] = [await serveHere([], env), await serveHere([], env)];
    const state = await ask(one);
    const results = await Promise.all([agree(two, state), agree(one, state)]);
    expect(starts(written(sandbox))).toBe(1);
    expect(results.filter(({ isError }) => !isError).length).toBeGreaterThan(0);
    await modernCall(one, "tools/call", { name: "pause_campaign", arguments: { campaign_id: 2102 } });
    expect(await agree(two, state)).toMatchObject({ isError: true });
    expect(starts(written(sandbox))).toBe(1);
  });
});

describe("by another caller", () => {
  it("with an account of their own nothing happens, in either", async () => {
    const [anna, bert] = ["key-of-anna-00000000", "key-of-bert-00000000"];
    const tenants = await startTenants([anna, bert]);
    atEnd(tenants.close);
    const server = await serveHere(["--auth", "header"], { WOODPECKER_API_URL: tenants.origin });
    const state = await ask(server, { "x-woodpecker-api-key": anna });
    const result = await agree(server, state, { "x-woodpecker-api-key": bert });
    expect([result.isError, textOf(result)]).toEqual([
      true,
      expect.stringMatching(/is not one of this server/),
    ]);
    expect([...tenants.writes(anna), ...tenants.writes(bert)]).toEqual([]);
  });

  it("of the same account nothing happens either: another person was asked", async () => {
    const key = "key-of-both-00000000";
    const tenants = await startTenants([key]);
    atEnd(tenants.close);
    const accounts = `${newFolder()}/accounts.json`;
    writeFileSync(accounts, JSON.stringify({ anna: { api_key: key }, bert: { api_key: key } }));
    const audience = "https://mcp.example.org/mcp";
    const issuer = await startIssuer(audience);
    atEnd(issuer.close);
    const server = await serveHere([], {
      AUTH_MODE: "oauth",
      WOODPECKER_OAUTH_ISSUER: issuer.url,
      WOODPECKER_OAUTH_AUDIENCE: audience,
      WOODPECKER_OAUTH_ACCOUNTS: accounts,
      WOODPECKER_API_URL: tenants.origin,
    });
    const as = async (sub: string) => ({
      authorization: `Bearer ${await issuer.token({ claims: { sub } })}`,
    });
    const state = await ask(server, await as("anna"));
    const result = await agree(server, state, await as("bert"));
    expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining("does not fit")]);
    expect(tenants.writes(key)).toEqual([]);
    expect((await agree(server, state, await as("anna"))).structuredContent).toMatchObject({
      outcome: "done",
    });
  });
});
