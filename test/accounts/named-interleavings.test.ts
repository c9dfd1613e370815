/** Whatever two named accounts do at the same time, in either era: each does its own, sees its own, and is told so. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { HttpSession } from "../support/http-session.ts";
import { modernCall } from "../support/modern-session.ts";
import { startTenants, type Tenants } from "../support/tenants.ts";
import { type AccountsFile, accountsFile, type NamedServer, startNamed, theToken } from "./named.ts";

const names = ["alpha", "beta"] as const;
type Name = (typeof names)[number];
const keyOf = (name: Name) => `key-of-${name}-000000000`;
const other = (name: Name): Name => (name === "alpha" ? "beta" : "alpha");

let tenants: Tenants;
let file: AccountsFile;
let server: NamedServer;
let at: Record<Name, HttpSession>;

beforeAll(async () => {
  tenants = await startTenants(names.map(keyOf));
  file = accountsFile({ alpha: { api_key: keyOf("alpha") }, beta: { api_key: keyOf("beta") } });
  server = await startNamed(file, { WOODPECKER_API_URL: tenants.origin });
  at = { alpha: server.at("alpha"), beta: server.at("beta") };
});

afterAll(async () => {
  await server.end();
  await tenants.close();
});

/** The result of a call, whichever era it is made in. */
async function call(who: Name, isModern: boolean, tool: string, args: object = {}): Promise<Data> {
  if (!isModern) return at[who].call(tool, args, theToken).then(({ data, text }) => data ?? { text });
  const { result } = await modernCall(at[who], "tools/call", { name: tool, arguments: args }, theToken);
  return result.structuredContent ?? { text: JSON.stringify(result.content) };
}

async function create(who: Name): Promise<number> {
  const { campaign_id: id } = await call(who, false, "create_campaign", { ...draft, name: newMark(who) });
  return id;
}

/** Told apart over all runs; none begins as another does. */
let marks = 0;
function newMark(who: Name): string {
  marks += 1;
  return `${who} no ${marks}.`;
}

type Deed = "rename" | "read" | "history" | "ask" | "steal" | "agree";
interface Doing {
  who: Name;
  isModern: boolean;
  deed: Deed;
}

/** @returns the writes that it should have made in its own account */
async function carryOut({ who, isModern, deed }: Doing, campaign: number): Promise<string[]> {
  const id = { campaign_id: campaign };
  if (deed === "rename") {
    const name = newMark(who);
    const answer = await call(who, isModern, "update_campaign", { ...id, name });
    // Deleted by another one of the account, it cannot be renamed.
    if (answer.text) expect(answer.text).toContain("CAMPAIGN_NOT_EXIST");
    if (answer.text) return [];
    expect(answer).toMatchObject({ outcome: "done", account: who });
    return [`PATCH /rest/v2/campaigns/${campaign}`];
  }
  if (deed === "read" || deed === "history") {
    const tool = deed === "read" ? "get_campaign" : "list_recent_changes";
    const answer = await call(who, isModern, tool, deed === "read" ? id : {});
    expect(JSON.stringify(answer)).not.toContain(`${other(who)} no `);
    return [];
  }
  const asked = await call(who, isModern, "delete_campaign", id);
  if (asked.outcome !== "confirmation_required" || deed === "ask") return [];
  const confirmed = { ...id, confirmation: asked.confirmation };
  if (deed === "steal") {
    const stolen = await call(other(who), isModern, "delete_campaign", confirmed);
    expect(stolen.outcome).not.toBe("done");
    return [];
  }
  const { outcome } = await call(who, isModern, "delete_campaign", confirmed);
  // What was shown may have been renamed meanwhile, in this account.
  return outcome === "done" ? [`DELETE /rest/v2/campaigns/${campaign}`] : [];
}

const doing = fc.record({
  who: fc.constantFrom(...names),
  isModern: fc.boolean(),
  deed: fc.constantFrom<Deed>("rename", "rename", "read", "history", "ask", "steal", "agree"),
});

it("leaves in each account what was done there, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { minLength: 4, maxLength: 10 }), async (doings) => {
      const made = { alpha: await create("alpha"), beta: await create("beta") };
      const before = Object.fromEntries(names.map((name) => [name, tenants.writes(keyOf(name)).length]));
      const ended = await Promise.allSettled(doings.map((one) => carryOut(one, made[one.who])));
      const written = ended.map((end) => {
        if (end.status === "rejected") throw end.reason;
        return end.value;
      });
      for (const name of names) {
        const expected = written.flatMap((lines, n) => (doings[n]?.who === name ? lines : []));
        expect(tenants.writes(keyOf(name)).slice(before[name]).sort()).toEqual(expected.sort());
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);
