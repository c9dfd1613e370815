/** WOODPECKER_FORMS: who asks the person, and that with require nothing which the model sees can start, delete or enrol. */
import { spawn } from "node:child_process";
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { typed } from "../stories/cli.ts";
import type { Answer, Data } from "../support/answer.ts";
import { newFolder } from "../support/folder.ts";
import { no, person, yes } from "../support/person.ts";
import { bare, main } from "../support/program.ts";
import { openSandbox, written } from "../support/sandbox.ts";
import { openSession, type Session, type SessionOptions } from "../support/session.ts";

const jobs: [string, Data, RegExp][] = [
  ["run_campaign", { campaign_id: 2104 }, /\/run$/],
  ["delete_campaign", { campaign_id: 2104 }, /^DELETE/],
  ["save_prospects", { campaign_id: 2101, prospects: [{ email: "anna@example.com" }] }, /add_prospects/],
];
const env = { WOODPECKER_FORMS: "require", WOODPECKER_STATE_DIR: newFolder() };

/** Everything that looks like a token in what a model is shown. */
const seenBy = ({ data, text }: Answer): string[] =>
  `${JSON.stringify(data)} ${text}`.match(/[\w.-]{20,}/g) ?? [];

/** An assistant that tries everything it can see as a confirmation. */
async function insist(session: Pick<Session, "call">, tool: string, args: Data) {
  const first = await session.call(tool, args);
  const seen = new Set(seenBy(first));
  for (const confirmation of ["yes", "true", ...seen]) {
    const answer = await session.call(tool, { ...args, confirmation });
    for (const word of seenBy(answer)) if (seen.size < 40) seen.add(word);
  }
  return first;
}

const clients: [string, SessionOptions][] = [
  ["shows no forms", {}],
  ["shows forms, and the person declines", { elicit: () => no }],
  [
    "answers forms with an error",
    {
      elicit: () => {
        throw new McpError(-32601, "no forms");
      },
    },
  ],
  ["shows the card", { extensions: { "io.modelcontextprotocol/ui": {} } }],
];

describe.each(clients)("require, and a client that %s", (_name, options) => {
  it.each(jobs)("nothing that the model sees does %s", async (tool, args, write) => {
    const session = await openSession({ ...options, env });
    const first = await insist(session, tool, args);
    expect(written(session.sandbox).filter((line) => write.test(line))).toEqual([]);
    expect(first.data ?? {}).not.toHaveProperty("confirmation");
    expect(first.text).not.toMatch(/confirmation [\w.-]{20,}/);
  });
});

it("require: a person's yes in a form is enough", async () => {
  const session = await openSession({ elicit: () => yes, env });
  expect((await session.call("run_campaign", { campaign_id: 2104 })).data.outcome).toBe("done");
});

it("require: the card approves with what it alone receives, once", async () => {
  const session = await openSession({ extensions: { "io.modelcontextprotocol/ui": {} }, env });
  const asked = await session.call("run_campaign", { campaign_id: 2104 });
  const token = (asked.result._meta as Data)["woodpecker/confirmation"];
  expect(token).toEqual(expect.any(String));
  expect(JSON.stringify([asked.data, asked.text])).not.toContain(token);
  const done = await session.call("run_campaign", { campaign_id: 2104, confirmation: token });
  expect(done.data.outcome).toBe("done");
});

it("a token from a chat does not count where only persons may agree", async () => {
  const sandbox = await openSandbox();
  const folder = newFolder();
  const auto = await openSession({ sandbox, env: { WOODPECKER_STATE_DIR: folder } });
  const { confirmation } = (await auto.call("run_campaign", { campaign_id: 2104 })).data;
  const strict = await openSession({ sandbox, env: { ...env, WOODPECKER_STATE_DIR: folder } });
  await strict.call("run_campaign", { campaign_id: 2104, confirmation });
  expect(written(sandbox)).toEqual([]);
});

it("off: the chat is asked, whatever the client shows", async () => {
  const { asked, elicit } = person(no);
  const session = await openSession({ elicit, env: { WOODPECKER_FORMS: "off" } });
  expect((await session.agree("run_campaign", { campaign_id: 2104 })).data.outcome).toBe("done");
  expect(asked).toEqual([]);
});

describe("approve, in a terminal", () => {
  const approve = (folder: string, words: string) =>
    typed("approve", words, { WOODPECKER_STATE_DIR: folder });

  it.each(jobs)(
    "%s: shows the same facts, and after a yes the same call is done once",
    async (tool, args, write) => {
      const [sandbox, folder] = [await openSandbox(), newFolder()];
      const session = await openSession({ sandbox, env: { ...env, WOODPECKER_STATE_DIR: folder } });
      const asked = await session.call(tool, args);
      expect(asked.data).toMatchObject({ outcome: "confirmation_required" });
      expect(asked.text).toContain("woodpecker-campaigns-mcp approve");
      const { code, out } = await approve(folder, "yes\n");
      expect(code).toBe(0);
      for (const [label, value] of Object.entries(asked.data.facts))
        expect(out).toContain(`${label}: ${value}`);
      expect(out).toContain(asked.data.question);

      // Another call is not what was agreed to.
      const other = {
        ...args,
        campaign_id: tool === "delete_campaign" ? 2105 : args.campaign_id,
        ...(tool === "save_prospects" && { prospects: [{ email: "other@example.com" }] }),
      };
      if (tool !== "run_campaign") {
        await session.call(tool, other);
        expect(written(sandbox)).toEqual([]);
      }
      const done = await session.call(tool, args);
      expect(done.data.outcome).toBe("done");
      expect(written(sandbox).filter((line) => write.test(line))).toHaveLength(1);
      if (tool !== "run_campaign") return;
      await session.call("pause_campaign", args);
      expect((await session.call(tool, args)).data.outcome).toBe("confirmation_required");
    },
  );

  it.each(["no\n", "maybe\n"])("%j: nothing happens", async (words) => {
    const [sandbox, folder] = [await openSandbox(), newFolder()];
    const session = await openSession({ sandbox, env: { ...env, WOODPECKER_STATE_DIR: folder } });
    await session.call("run_campaign", { campaign_id: 2104 });
    await approve(folder, words);
    expect((await session.call("run_campaign", { campaign_id: 2104 })).data.outcome).toBe(
      "confirmation_required",
    );
    expect(written(sandbox)).toEqual([]);
  });

  it("takes no word from a pipe, as a program would give it", async () => {
    const [sandbox, folder] = [await openSandbox(), newFolder()];
    const session = await openSession({ sandbox, env: { ...env, WOODPECKER_STATE_DIR: folder } });
    await session.call("run_campaign", { campaign_id: 2104 });
    const child = spawn(process.execPath, [main, "approve"], { env: bare({ WOODPECKER_STATE_DIR: folder }) });
    child.stdin.end("yes\n");
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
    await session.call("run_campaign", { campaign_id: 2104 });
    expect(written(sandbox)).toEqual([]);
  });

  it("says that nothing waits", async () => {
    const { code, out } = await approve(newFolder(), "");
    expect([code, out]).toEqual([1, expect.stringContaining("Nothing waits for your word")]);
  });
});
