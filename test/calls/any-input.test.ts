/** Properties over arguments: whatever comes, nothing breaks; and what is accepted means what was written. */
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { expectAlive, hello, node } from "../support/refused.ts";
import { openSession, type Session } from "../support/session.ts";

const anyTool = fc.constantFrom(
  "list_campaigns",
  "get_campaign",
  "create_campaign",
  "run_campaign",
  "pause_campaign",
  "stop_campaign",
  "delete_campaign",
  "list_mailboxes",
);

describe("any JSON as arguments", () => {
  it("gives a result or a JSON-RPC error, never a defect, and changes nothing", async () => {
    const session = await openSession();
    const names = fc.constantFrom(
      "campaign_id",
      "steps",
      "settings",
      "name",
      "limit",
      "status",
      "include",
      "mailbox_ids",
    );
    const likely = fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }));
    const property = fc.asyncProperty(
      anyTool,
      fc.oneof(fc.jsonValue({ maxDepth: 4 }), likely),
      async (tool, args) => {
        const answer = await session.call(tool, args).catch((error: unknown) => error);
        if (answer instanceof McpError) {
          expect(answer.code).toBe(-32602);
          return;
        }
        const { failed, data, text } = answer as Answer;
        if (failed) expect(text).toMatch(/\nNothing was .*changed\.\nNext: /);
        else expect(data).toBeTypeOf("object");
        expect(session.events.map(({ event }) => event)).not.toContain("defect");
        expect(session.sandbox.writes()).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 150 });
    await expectAlive(session);
  });
});

type Path = (string | number)[];

/** Every place in a value, but for the value itself. */
function placesIn(value: unknown, from: Path = []): Path[] {
  const own = from.length > 0 ? [from] : [];
  if (value === null || typeof value !== "object") return own;
  const entries = Object.entries(value).map(
    ([key, inner]) => [Array.isArray(value) ? Number(key) : key, inner] as const,
  );
  return [...own, ...entries.flatMap(([key, inner]) => placesIn(inner, [...from, key]))];
}

type Change = (holder: Data, key: string | number) => void;

const remove: Change = (holder, key) => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
};

const replaceBy =
  (other: (value: unknown) => unknown): Change =>
  (holder, key) => {
    holder[key] = other(holder[key]);
  };

const spoils: Record<string, Change> = {
  "of another type": replaceBy((value) => (typeof value === "boolean" ? 7 : true)),
  // A number for a text is that number as text.
  "a word": replaceBy((value) => (typeof value === "string" ? true : "something")),
  "in a list": replaceBy((value) => [value]),
  "with an unknown field beside it": (holder, key) => {
    if (Array.isArray(holder)) holder[Number(key)] = { surplus: 1 };
    else holder.surplus = 1;
  },
  // JSON text of a text would be another text.
  "as JSON text": replaceBy((value) => (typeof value === "string" ? value : JSON.stringify(value))),
};

function changed(good: object, path: Path, change: Change): object {
  const copy = structuredClone(good);
  const holder = path.slice(0, -1).reduce<Data>((at, part) => at[part], copy);
  change(holder, path.at(-1) as string | number);
  return copy;
}

const opened = { signature: "NO_SIGNATURE", track_opens: true };

const asList = {
  ...draft,
  mailbox_ids: [501, 502],
  steps: [
    { type: "EMAIL", versions: [{ ...hello, ...opened }] },
    { type: "EMAIL", wait: { value: 3, range: "HOUR" }, versions: [{ ...hello, ...opened }] },
    {
      type: "LINKEDIN",
      linkedin: { action: "CONNECTION_REQUEST", account_id: 77 },
      versions: [{ message: "Hi" }],
    },
  ],
};

const asTree = {
  name: draft.name,
  email_account_ids: [501, 502],
  settings: draft.settings,
  steps: {
    type: "START",
    followup: node({
      delivery_time: { MONDAY: [{ from: "08:00", to: "09:00" }], SUNDAY: [{ from: "10:00", to: "11:00" }] },
      followup_after: { range: "HOUR", value: 3 },
      followup: node({
        followup_after: { range: "DAY", value: 2 },
        followup: {
          type: "LINKEDIN",
          body: { action_type: "CONNECTION_REQUEST", linkedin_account_id: 77, versions: [{ message: "Hi" }] },
        },
      }),
    }),
  },
};

describe.each([
  ["our list of steps", asList],
  ["the API's tree", asTree],
])("a good draft as %s", (_form, good) => {
  /** The request it would become; undefined when it is refused, which must then name a place. */
  async function requestFor(session: Session, args: object): Promise<unknown> {
    const before = session.sandbox.requests.length;
    const { failed, data, text } = await session.call("create_campaign", { ...args, dry_run: true });
    if (failed) expect(session.sandbox.requests).toHaveLength(before);
    if (failed)
      expect(text).toMatch(
        /\n- [a-z_]+(\[\d+\]|\.\w+)* [\s\S]*\nNothing was sent and nothing was changed\.\nNext: /,
      );
    return data?.request.body;
  }

  it.each(Object.entries(spoils))(
    "with any one part %s is refused, or means the same",
    async (name, spoil) => {
      const session = await openSession();
      const meant = JSON.stringify(await requestFor(session, good));
      const strayed: string[] = [];
      for (const path of placesIn(good)) {
        const sent = JSON.stringify(await requestFor(session, changed(good, path, spoil)));
        if (sent !== undefined && sent !== meant) strayed.push(`${path.join(".")} ${name}`);
      }
      expect(strayed).toEqual([]);
      expect(session.attempted()).toEqual([]);
    },
  );

  it("with null for any one part is refused, or means what it means without that part", async () => {
    const session = await openSession();
    const strayed: string[] = [];
    for (const path of placesIn(good)) {
      const sent = JSON.stringify(
        await requestFor(
          session,
          changed(
            good,
            path,
            replaceBy(() => null),
          ),
        ),
      );
      const without = JSON.stringify(await requestFor(session, changed(good, path, remove)));
      if (sent !== undefined && sent !== without) strayed.push(path.join("."));
    }
    expect(strayed).toEqual([]);
    expect(session.attempted()).toEqual([]);
  });
});
