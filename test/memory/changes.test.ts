/** What a change was about outlives the process that made it, and a folder that cannot be written stops no change. */
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { show as showLedger } from "../../src/cli/ledger.ts";
import { readSettings } from "../../src/settings/index.ts";
import { newFolder } from "../support/folder.ts";
import { inTheApp } from "../support/person.ts";
import { onStdio } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";
import { openSession } from "../support/session.ts";

const edit = { campaign_id: 2104, name: "A name that only we know" };

const environment = () => {
  const folder = newFolder();
  return {
    env: { WOODPECKER_STATE_DIR: join(folder, "state"), WOODPECKER_LEDGER: join(folder, "ledger.jsonl") },
  };
};

const files = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe("the values of a change", () => {
  it("are taken back by another process, byte for byte, and only their owner reads them", async () => {
    const sandbox = await openSandbox();
    const { env } = environment();
    const read = async () => (await inTheApp(sandbox, "GET /rest/v2/campaigns/2104")).text();
    const before = await read();
    const one = await onStdio(sandbox, env);
    expect((await one.call("update_campaign", edit)).data.outcome).toBe("done");
    one.kill();
    const two = await onStdio(sandbox, env);
    const [change] = (await two.call("list_recent_changes")).data.changes;
    for (const { tool, arguments: args } of change.undo) await two.call(tool, args);
    expect(await read()).toBe(before);
    const place = join(
      env.WOODPECKER_STATE_DIR,
      readdirSync(env.WOODPECKER_STATE_DIR).find((name) => name.startsWith("changes-")) ?? "",
    );
    for (const { name } of files(place)) expect(statSync(join(place, name)).mode & 0o077).toBe(0);
  });

  it.each(["is a file", "was removed"])("do not stop a change where the folder %s", async (how) => {
    const { env } = environment();
    const session = await openSession({ env });
    await session.call("update_campaign", edit);
    rmSync(env.WOODPECKER_STATE_DIR, { recursive: true, force: true });
    if (how === "is a file") writeFileSync(env.WOODPECKER_STATE_DIR, "");
    const { data, text } = await session.call("update_campaign", { ...edit, name: "Another one" });
    expect(data.outcome).toBe("done");
    if (how === "is a file") expect(text).toContain("could not be recorded");
    const { changes } = (await session.call("list_recent_changes")).data;
    expect(changes[0].undo[0].arguments.name).toBe("A name that only we know");
    expect(changes[1].undo).toEqual([]);
  });

  it("never stand in the ledger", async () => {
    const { env } = environment();
    const session = await openSession({ env });
    await session.call("update_campaign", edit);
    const ledger = readFileSync(env.WOODPECKER_LEDGER, "utf8");
    expect(ledger).not.toContain("only we know");
    expect(ledger).toContain(`"fields":["name"]`);
  });
});

describe("a thousand changes", () => {
  it("are listed a page at a time, with calls for the newest", async () => {
    const { env } = environment();
    const session = await openSession({ env });
    await session.call("update_campaign", edit);
    const lines = readFileSync(env.WOODPECKER_LEDGER, "utf8").trim().split("\n").slice(-2);
    const more = Array.from({ length: 1_000 }, (_, index) =>
      lines.map((line) =>
        line.replace(/"op":"[^"]+"/, `"op":"1-${index}"`).replace(/"time":"\d{4}/, `"time":"2020`),
      ),
    );
    appendFileSync(env.WOODPECKER_LEDGER, `${more.flat().join("\n")}\n`);
    const { data } = await session.call("list_recent_changes", { limit: 100 });
    expect(data.total).toBe(1_000);
    expect(data.changes[0].undo).toHaveLength(1);
    expect(data.changes[1].undo).toEqual([]);
    expect(data.changes.length).toBeGreaterThan(20);
  });
});

describe("ledger show", () => {
  it("says what was changed, from what to what, of a campaign and since a time", async () => {
    const { env } = environment();
    const sandbox = await openSandbox();
    const session = await openSession({ sandbox, env });
    await session.call("update_campaign", edit);
    const show = async (more: string[]) => {
      const lines: string[] = [];
      const settings = readSettings(["ledger", "show", ...more], {
        WOODPECKER_API_KEY: sandbox.key,
        WOODPECKER_API_URL: sandbox.origin,
        ...env,
      });
      const code = await showLedger(settings, (line) => void lines.push(line));
      return { code, text: lines.join("\n") };
    };
    const { code, text } = await show(["--campaign", "2104", "--since", "2020-01-01"]);
    expect(code).toBe(0);
    expect(text).toContain("update campaign 2104");
    expect(text).not.toContain("update_campaign");
    expect(text).toContain('→ "A name that only we know"');
    expect((await show(["--campaign", "2101"])).text).toContain("No change is known");
    expect((await show(["--since", "soon"])).code).toBe(1);
  });
});
