/** A create or an import is done once, however it is written down, and whatever became of the process that did it. */
import { describe, expect, it } from "vitest";
import { killedIn, newPath, withLedger } from "../memory/ledgers.ts";
import { draft } from "../support/draft.ts";
import { onStdio } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";
import { openSession, type Session } from "../support/session.ts";

const posts = (session: Pick<Session, "sandbox">) =>
  session.sandbox.writes().filter(({ method, path }) => method === "POST" && path === "/rest/v2/campaigns")
    .length;

const [first, second] = draft.steps;
const { subject, message } = { subject: "Fresh flour", message: String(first?.versions[0]?.message) };

/** The same campaign, written in other words. */
const sameDrafts: [string, object][] = [
  ["dry_run: false", { dry_run: false }],
  ["allow_duplicate: false", { allow_duplicate: false }],
  ["settings that are off anyway", { settings: { ...draft.settings, gdpr_unsubscribe: false } }],
  ["an empty list of providers", { settings: { ...draft.settings, open_disabled_list: [] } }],
  [
    "the usual signature and no tracking",
    {
      steps: [
        { ...first, versions: [{ subject, message, signature: "SENDER", track_opens: false }] },
        second,
      ],
    },
  ],
  ["digits in a text", { mailbox_ids: ["501"] }],
  ["null for what is left out", { dry_run: null, confirmation: null }],
];

describe("a campaign that was made", () => {
  it.each(sameDrafts)("is not made again by %s", async (_name, more) => {
    const session = await openSession();
    await session.call("create_campaign", draft);
    const again = await session.call("create_campaign", { ...draft, ...more });
    expect(again.data).toMatchObject({ outcome: "deduplicated" });
    expect(posts(session)).toBe(1);
  });

  it.each(sameDrafts)("is not made again by %s after a lost answer", async (_name, more) => {
    const session = await openSession();
    session.sandbox.failNext({ method: "POST", path: /campaigns$/, drop: true });
    const lost = await session.call("create_campaign", draft);
    expect(lost.text).toContain("may or may not");
    const again = await session.call("create_campaign", { ...draft, ...more });
    expect(again.failed).toBe(true);
    expect(again.text).toContain("nothing was sent now");
    expect(session.attempted().filter((line) => line === "POST /rest/v2/campaigns")).toHaveLength(1);
  });

  it("is another one with another text", async () => {
    const session = await openSession();
    await session.call("create_campaign", draft);
    const steps = [{ ...first, versions: [{ subject: "Another", message }] }, second];
    expect((await session.call("create_campaign", { ...draft, steps })).data.outcome).toBe("done");
    expect(posts(session)).toBe(2);
  });

  it("is told of as it is now, in both forms", async () => {
    const session = await openSession();
    const { data } = await session.call("create_campaign", draft);
    await session.call("save_prospects", {
      campaign_id: data.campaign_id,
      prospects: [{ email: "anna@example.com" }],
    });
    await session.agree("run_campaign", { campaign_id: data.campaign_id, despite_errors: true });
    const again = await session.call("create_campaign", draft);
    expect(again.data).toMatchObject({ outcome: "deduplicated", status: "RUNNING" });
    expect(again.data.note).toContain("nothing was sent now");
    expect(again.text).toContain(
      `Campaign ${data.campaign_id} "${draft.name}" came of it; it is RUNNING now.`,
    );
    expect(again.text).not.toContain("Nothing is sent yet");
    expect(JSON.stringify(again.data)).not.toContain("Nothing is sent yet");
  });
});

it("a process killed while it made a campaign, and started again, looks first and makes no second one", async () => {
  const sandbox = await openSandbox();
  const env = withLedger(newPath());
  const place = await killedIn(sandbox, env, "create_campaign", draft);
  const again = await onStdio(place, env);
  const { failed, text } = await again.call("create_campaign", { ...draft, dry_run: false });
  expect(failed).toBe(true);
  expect(text).toContain("may or may not have been carried out");
  expect(text).toContain("list_campaigns shows whether it exists");
  expect(sandbox.requests.filter(({ method }) => method === "POST")).toEqual([]);
});
