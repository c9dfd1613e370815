/** A dry run, asked for by the caller or ordered by the operator: the exact request, and none sent. */
import { describe, expect, it } from "vitest";
import { published } from "../../src/mcp/tools/published.ts";
import { nameOf, writes } from "../faults/writes.ts";
import { draft } from "../support/draft.ts";
import { person, yes } from "../support/person.ts";
import { onStdio, overHttp } from "../support/program-session.ts";
import { attempted, openSandbox } from "../support/sandbox.ts";
import { openSession } from "../support/session.ts";

const everyone = Array.from({ length: 250 }, (_, index) => ({ email: `person${index}@example.com` }));

/** Every tool that writes, and forms of their arguments in which the request could come out differently. */
const tried: [string, string, object][] = [
  ...writes.map((write) => [nameOf(write), write.tool, write.args] as [string, string, object]),
  [
    "people into a RUNNING campaign",
    "save_prospects",
    { campaign_id: 2101, prospects: everyone.slice(0, 2) },
  ],
  ["more people than go into one request", "save_prospects", { prospects: everyone }],
  [
    "people who may have opted out",
    "save_prospects",
    { prospects: [{ email: "greta.stein@hafenbogen.example", status: "ACTIVE" }], update_existing: true },
  ],
  [
    "people out of one campaign",
    "delete_prospects",
    { prospect_ids: [90_037], scope: "campaign", campaign_id: 2104 },
  ],
  ["another bounce shield", "update_campaign", { campaign_id: 2104, bounce_shield: 7 }],
  [
    "a copy with other texts",
    "duplicate_campaign",
    { campaign_id: 2102, name: "Other", versions: [{ step: 1, version: "A", subject: "Other" }] },
  ],
  [
    "a step in plain text",
    "update_step_version",
    { campaign_id: 2104, step: 2, version: "A", text: "One\n\nTwo & three" },
  ],
  ["an answer to a reply", "reply_to_prospect", { message_id: "40001", text: "Thursday at ten?" }],
  ["a launch in spite of what the check found", "run_campaign", { campaign_id: 2105, despite_errors: true }],
];

/** The first request that leaves when it is meant. */
async function requestOf(tool: string, args: object) {
  const session = await openSession();
  await session.agree(tool, args);
  const [first] = session.sandbox.requests.filter(({ method }) => method !== "GET");
  if (!first) throw new Error(`${tool} sent nothing`);
  const { method, path, query, body } = first;
  return { method, path: query ? `${path}?${query}` : path, ...(body !== undefined && { body }) };
}

it("every tool that writes is tried here", () => {
  const writing = published
    .filter(({ effect }) => effect !== "read")
    .map(({ definition }) => definition.name);
  expect([...new Set(tried.map(([, tool]) => tool))].sort()).toEqual(writing.sort());
});

describe.each(tried)("%s", (_name, tool, args) => {
  it("with dry_run: true sends nothing and shows what would be sent", async () => {
    const session = await openSession();
    const { data, failed, text } = await session.call(tool, { ...args, dry_run: true });
    expect([failed, data.outcome, data.request]).toEqual([false, "dry_run", await requestOf(tool, args)]);
    expect(text).toContain(`${data.request.method} ${data.request.path}`);
    expect(text).toContain("nothing was sent");
    expect(data).not.toHaveProperty("confirmation");
    expect(attempted(session.sandbox)).toEqual([]);
  });

  it("with WOODPECKER_DRY_RUN=1 does the same, whatever the caller says", async () => {
    const { asked, elicit } = person(yes);
    const session = await openSession({ env: { WOODPECKER_DRY_RUN: "1" }, elicit });
    const request = await requestOf(tool, args);
    for (const more of [{}, { dry_run: false }, { confirmation: "yes" }]) {
      const { data } = await session.call(
        tool,
        "confirmation" in more && !confirms(tool) ? args : { ...args, ...more },
      );
      expect([data.outcome, data.request]).toEqual(["dry_run", request]);
    }
    expect([asked, attempted(session.sandbox)]).toEqual([[], []]);
  });
});

const confirms = (tool: string) =>
  [
    "run_campaign",
    "delete_campaign",
    "delete_campaign_step",
    "delete_prospects",
    "save_prospects",
    "reply_to_prospect",
  ].includes(tool);

it.each(Object.entries({ stdio: onStdio, http: overHttp }))(
  "the built program on %s with WOODPECKER_DRY_RUN=1 sends nothing",
  async (_transport, open) => {
    const sandbox = await openSandbox();
    const session = await open(sandbox, { WOODPECKER_DRY_RUN: "1" });
    for (const [, tool, args] of tried) {
      const { data } = await session.agree(tool, args);
      expect(data.outcome).toBe("dry_run");
    }
    expect(attempted(sandbox)).toEqual([]);
    expect(sandbox.campaign(2101)).toMatchObject({ status: "RUNNING" });
  },
);

it("a dry run is not taken for the call itself: the real one is done afterwards", async () => {
  const session = await openSession();
  await session.call("create_campaign", { ...draft, dry_run: true });
  expect((await session.call("create_campaign", draft)).data.outcome).toBe("done");
  await session.call("create_campaign", { ...draft, dry_run: true });
  expect(attempted(session.sandbox)).toEqual(["POST /rest/v2/campaigns"]);
});

it("a dry run shows what a person would be asked", async () => {
  const session = await openSession();
  const { data, text } = await session.call("delete_campaign", { campaign_id: 2104, dry_run: true });
  expect(data.facts).toMatchObject({ campaign: 2104, name: '"Retail planners, spring"' });
  expect(text).toContain("Delete this campaign for good?");
});

it("a dry run shows what the check found", async () => {
  const session = await openSession();
  const launch = await session.call("run_campaign", { campaign_id: 2104, dry_run: true });
  expect(launch.data.findings).toEqual(
    expect.arrayContaining([expect.objectContaining({ rule: "snippet_without_fallback" })]),
  );
  expect(launch.text).toContain("set aside");
  const steps = [{ type: "EMAIL", versions: [{ subject: "Hi", message: "<p>{{FIRST_NAME}}</p>" }] }];
  const created = await session.call("create_campaign", { ...draft, steps, dry_run: true });
  expect(created.text).toContain("{{FIRST_NAME}} has no fallback");
  expect(attempted(session.sandbox)).toEqual([]);
});

it("a dry run of what takes several requests says that more would follow", async () => {
  const session = await openSession();
  const several: [string, object][] = [
    ["save_prospects", { prospects: everyone }],
    ["update_campaign", { campaign_id: 2104, name: "Another", bounce_shield: 5 }],
  ];
  for (const [tool, args] of several) {
    const { text } = await session.call(tool, { ...args, dry_run: true });
    expect([tool, text]).toEqual([tool, expect.stringMatching(/first|more|further|follow/i)]);
  }
});
