/** One import taken back: whom it made leaves the account, who was known before leaves only the campaign. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { newFolder } from "../../support/folder.ts";
import { openSession, type Session } from "../../support/session.ts";

const mareike = { email: "mareike.vogt@stapelwerk.example" };
const anna = { email: "anna@example.com" };

const membersOf = async (session: Session, campaign_id?: number): Promise<string[]> => {
  const { data } = await session.call("search_prospects", {
    ...(campaign_id && { campaign_id }),
    limit: 100,
  });
  return data.prospects.map(({ email }: Data) => email);
};

async function imported(session: Session): Promise<string> {
  const args = { campaign_id: 2104, prospects: [anna, { email: "ben@example.com" }, mareike] };
  const { data, text } = await session.call("save_prospects", args);
  expect(data).toMatchObject({ added: 3 });
  expect(text).toContain(`delete_prospects with added_by ${data.change_id}`);
  return data.change_id;
}

describe("an import that is taken back", () => {
  it("asks with how many leave what, and how many have got mail; then it is as before", async () => {
    const session = await openSession();
    const before = [await membersOf(session), await membersOf(session, 2104)];
    const added_by = await imported(session);
    const asked = await session.call("delete_prospects", { added_by });
    expect(asked.data).toMatchObject({
      outcome: "confirmation_required",
      facts: {
        campaign: 2104,
        "leave the account": 2,
        "leave the campaign only": 1,
        "have got mail already": 0,
      },
    });
    const { data, text } = await session.agree("delete_prospects", { added_by });
    expect(data).toMatchObject({ outcome: "done", deleted: 2, left_campaign: 1, not_found: 0 });
    expect(text).toContain("Deleted 2 from the account and took 1 who were known before out of the campaign");
    expect([await membersOf(session), await membersOf(session, 2104)]).toEqual(before);
    expect((await session.call("delete_prospects", { added_by })).data).toMatchObject({ outcome: "already" });
  });

  it("keeps whoever was known, although Woodpecker's answer does not say so", async () => {
    const session = await openSession();
    const [{ id }] = (await session.call("search_prospects", mareike)).data.prospects;
    session.sandbox.failNext({
      path: /add_prospects/,
      status: 200,
      body: { prospects: [{ ...mareike, id, status: "OK", prospect: null, prospect_campaign: null }] },
    });
    const { data } = await session.call("save_prospects", { campaign_id: 2104, prospects: [mareike] });
    const asked = await session.call("delete_prospects", { added_by: data.change_id });
    expect(asked.data?.facts?.["leave the account"] ?? 0).toBe(0);
    await session.agree("delete_prospects", { added_by: data.change_id });
    expect(await membersOf(session)).toContain(mareike.email);
  });

  it("counts who has got mail", async () => {
    const session = await openSession();
    const args = { campaign_id: 2101, prospects: [{ ...anna, first_name: "Anna", company: "Bergladen" }] };
    const { data } = await session.agree("save_prospects", args);
    session.sandbox.advance(7 * 24);
    const asked = await session.call("delete_prospects", { added_by: data.change_id });
    expect(asked.data.facts).toMatchObject({ "leave the account": 1, "have got mail already": 1 });
  });

  it("is known after a restart where there is a state folder, by ids alone", async () => {
    const folder = newFolder();
    const env = { WOODPECKER_STATE_DIR: folder };
    const first = await openSession({ env });
    const added_by = await imported(first);
    const second = await openSession({ sandbox: first.sandbox, env });
    expect((await second.call("delete_prospects", { added_by })).data).toMatchObject({
      facts: { "leave the account": 2 },
    });
    const { readdirSync, readFileSync, statSync } = await import("node:fs");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    for (const file of files) {
      const path = `${file.parentPath ?? file.path}/${file.name}`;
      expect(readFileSync(path, "latin1")).not.toMatch(/@\w+\.example|@example|stapelwerk/);
      expect(statSync(path).mode & 0o077).toBe(0);
    }
  });

  it("that nobody knows is refused, and so is a scope beside it", async () => {
    const session = await openSession();
    const unknown = await session.call("delete_prospects", { added_by: "1-abc" });
    expect(unknown.text).toContain('the import "1-abc" is not known here');
    const scoped = await session.call("delete_prospects", { added_by: "1-abc", scope: "account" });
    expect(scoped.text).toContain("scope does not go with added_by");
    expect(session.attempted()).toEqual([]);
  });
});

describe("people out of several campaigns", () => {
  it("go out of each, in one call", async () => {
    const session = await openSession();
    await session.call("save_prospects", { campaign_id: 2104, prospects: [anna] });
    await session.call("save_prospects", { campaign_id: 2102, prospects: [anna] });
    const [{ id }] = (await session.call("search_prospects", anna)).data.prospects;
    const args = { prospect_ids: [id], scope: "campaign", campaign_ids: [2104, 2102] };
    const { data } = await session.agree("delete_prospects", args);
    expect(data).toMatchObject({ outcome: "done", deleted: 1 });
    expect([await membersOf(session, 2104), await membersOf(session, 2102)].flat()).not.toContain(anna.email);
    expect(await membersOf(session)).toContain(anna.email);
    expect(session.attempted().at(-1)).toBe(`DELETE /rest/v1/prospects?id=${id}&campaigns_id=2104,2102`);
  });

  it("but not both forms at once", async () => {
    const session = await openSession();
    const args = { prospect_ids: [1], scope: "campaign", campaign_id: 2104, campaign_ids: [2102] };
    expect((await session.call("delete_prospects", args)).text).toContain(
      "campaign_ids does not go with campaign_id",
    );
  });
});

describe("somebody who is in three campaigns", () => {
  const three = [2104, 2102, 2105];

  async function importedThrice() {
    const session = await openSession();
    const ids: string[] = [];
    for (const campaign_id of three)
      ids.push((await session.call("save_prospects", { campaign_id, prospects: [anna] })).data.change_id);
    return { session, ids };
  }

  it("leaves only the one that the last import brought them into", async () => {
    const { session, ids } = await importedThrice();
    await session.agree("delete_prospects", { added_by: ids.at(-1) });
    const where = await Promise.all(three.map((campaign) => membersOf(session, campaign)));
    expect(where.map((emails) => emails.includes(anna.email))).toEqual([true, true, false]);
  });

  it("leaves all of them with the import that made them, which the question says", async () => {
    const { session, ids } = await importedThrice();
    const { data } = await session.call("delete_prospects", { added_by: ids[0] });
    expect(data.facts).toMatchObject({
      "leave the account": 1,
      "in other campaigns too, which they leave": 1,
    });
  });
});

describe("what the operator allows", () => {
  it("holds: with WOODPECKER_CAMPAIGNS nobody is deleted from the account", async () => {
    const session = await openSession({ env: { WOODPECKER_CAMPAIGNS: "2104" } });
    const added_by = await imported(session);
    const { failed, text } = await session.agree("delete_prospects", { added_by });
    expect(failed).toBe(true);
    expect(text).toContain("WOODPECKER_CAMPAIGNS");
    expect(session.attempted().filter((line) => line.startsWith("DELETE"))).toEqual([]);
  });
});

describe("a row whose end nobody knows", () => {
  it("stays when its import is taken back", async () => {
    const session = await openSession();
    session.sandbox.failNext({
      path: /add_prospects/,
      after: "commit",
      status: 200,
      body: { prospects: [{ ...anna, id: 90_061, status: "OK" }], status: { status: "OK" } },
    });
    const prospects = [anna, { email: "ben@example.com" }];
    const { data } = await session.call("save_prospects", { prospects });
    expect(data).toMatchObject({ added: 1, rows: [{ row: 2, email: "ben@example.com", result: "unknown" }] });
    await session.agree("delete_prospects", { added_by: data.change_id });
    expect(await membersOf(session)).toContain("ben@example.com");
  });
});
