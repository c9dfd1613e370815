/**
 * What each tool answers, from the cases that the tests play: played here too, against the sandbox, at a fixed time and
 * with everything random made the same, so that the page only changes when an answer does.
 */

import { createAccount } from "../../src/accounts/account.ts";
import { operations } from "../../src/operations/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import type { CallResult } from "../../src/values/call-result.ts";
import { createClient } from "../../src/woodpecker/client.ts";
import type { Case } from "../../test/support/case.ts";

export interface Example {
  says: string;
  arguments: Record<string, unknown>;
  answer: string;
}

/** A Monday morning. */
const NOW = Date.UTC(2026, 2, 2, 9);

export async function examples(): Promise<Record<string, Example>> {
  return atFixedTime(async () => {
    const played: [string, Example][] = [];
    for (const { name } of operations) {
      const { cases } = (await import(`../../test/operations/cases/${name.replaceAll("_", "-")}.ts`)) as {
        cases: Case[];
      };
      const [first] = cases;
      if (first) played.push([name, await play(name, first)]);
    }
    return Object.fromEntries(played);
  });
}

async function play(name: string, { says, arguments: args, sandbox: options }: Case): Promise<Example> {
  const sandbox = await startSandbox({ ...options, now: () => new Date() });
  const client = createClient(async () => ({ origin: sandbox.origin, key: sandbox.key }));
  const account = createAccount({ client, tenant: "example", log: () => undefined });
  try {
    const result = await account.call(name, args, { signal: new AbortController().signal });
    return { says, arguments: args, answer: withoutChance(textOf(result)) };
  } finally {
    await account.close();
    await sandbox.close();
  }
}

const textOf = ({ content }: CallResult) =>
  content.map((block) => (block.type === "text" ? block.text : "")).join("\n");

/** Tokens and the names of fences are random, on purpose. */
const withoutChance = (text: string) =>
  text
    .replace(/\b[a-z0-9]{8}\.[\w-]{49}/g, "<token>")
    .replace(/\b\d+-[0-9a-f]{12}\b/g, "<change_id>")
    .replace(/\breply-[0-9a-f]{12}\b/g, "reply-<random>");

async function atFixedTime<T>(work: () => Promise<T>): Promise<T> {
  const Real = globalThis.Date;
  class Fixed extends Real {
    constructor(...given: unknown[]) {
      // @ts-expect-error Date takes none, one or several
      super(...(given.length === 0 ? [NOW] : given));
    }
    static override now = () => NOW;
  }
  globalThis.Date = Fixed as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = Real;
  }
}
