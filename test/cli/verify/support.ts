/** `verify` in this process, against a sandbox behind a network that can be broken. */
import { expect } from "vitest";
import type { Person } from "../../../src/cli/verify/draft.ts";
import { verify } from "../../../src/cli/verify/index.ts";
import { readSettings } from "../../../src/settings/index.ts";
import { atEnd } from "../../support/at-end.ts";
import { startUpstream, type Upstream } from "../../support/upstream.ts";

export const yes: Person = { ask: async () => "yes", pauses: [0, 0, 5] };

export async function account(): Promise<Upstream> {
  const upstream = await startUpstream();
  atEnd(upstream.close);
  return upstream;
}

export async function run(
  { origin, key }: { origin: string; key: string },
  args: string[] = ["--with-draft"],
  person: Person = yes,
  env: Record<string, string> = {},
) {
  const lines: string[] = [];
  const settings = readSettings(["verify", ...args], {
    WOODPECKER_API_URL: origin,
    WOODPECKER_API_KEY: key,
    WOODPECKER_LEDGER: "off",
    WOODPECKER_STATE_DIR: "off",
    ...env,
  });
  const code = await verify(settings, (line) => lines.push(line), person);
  const text = lines.join("\n");
  const of = (verdict: string) =>
    lines.filter((line) => line.startsWith(verdict)).map((line) => line.slice(16, 19));
  return { code, lines, text, of, left: lines.filter((line) => line.startsWith("LEFT OVER")) };
}

/** What there is of campaigns, whatever the network does. */
async function campaignsOf({ sandbox }: Upstream): Promise<string[]> {
  const answer = await fetch(`${sandbox.origin}/rest/v1/campaign_list`, {
    headers: { "x-api-key": sandbox.key },
  });
  return ((await answer.json()) as { id: number; name: string; status: string }[]).map(
    ({ id, name, status }) => `${id} ${status} ${name}`,
  );
}

/** Before it, and a look after it: nothing of before was touched, nothing left that is not told, nothing ever sent. */
export async function watching(upstream: Upstream) {
  const before = await campaignsOf(upstream);
  const ids = before.map((line) => line.split(" ")[0]);
  return async ({ left }: { left: string[] }) => {
    const written = upstream.commits();
    for (const line of written) {
      expect(line).toMatch(
        /^(?:POST|PATCH|DELETE) \/rest\/v2\/campaigns(?:\/\d+(?:\/steps(?:\/[^/]+(?:\/versions\/[^/]+)?)?)?)?$/,
      );
      expect(ids).not.toContain(/campaigns\/(\d+)/.exec(line)?.[1]);
    }
    const after = await campaignsOf(upstream);
    expect(after).toEqual(expect.arrayContaining(before));
    const remaining = after.filter((line) => !before.includes(line));
    for (const line of remaining) {
      expect(line).toMatch(/^\d+ DRAFT Draft of verify/);
      const [id, , ...name] = line.split(" ");
      const isTold = left.some((one) => one.includes(`campaign ${id}`) || one.includes(name.join(" ")));
      expect([line, left, isTold]).toEqual([line, left, true]);
    }
    return remaining;
  };
}
