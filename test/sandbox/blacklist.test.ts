/** The blacklist of the sandbox. */
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { call, chain, draft, email, type Json, start } from "./helpers.ts";

// A Monday before the window of the e-mails below opens in Warsaw.
const now = () => new Date("2026-03-16T07:00:00Z");
const REFUSED = { status: "ERROR", code: "E_INV_STATUS", msg: "Prospect exists with status:BLACKLIST" };

const list = async (sandbox: Sandbox, kind: string, query = ""): Promise<Json> =>
  (await call(sandbox, `GET /v2/blacklist/${kind}${query}`)).body;
const toCampaign = (sandbox: Sandbox, id: number, prospects: Json, more: object = {}) =>
  call(sandbox, "POST /v1/add_prospects_campaign", { campaign: { campaign_id: id }, prospects, ...more });
const statusIn = async (sandbox: Sandbox, address: string, query = ""): Promise<Json> =>
  (await call(sandbox, `GET /v1/prospects?search=email%3D${encodeURIComponent(address)}${query}`)).body?.[0]
    ?.status;

describe.each([
  ["domains", "zeta.example", "alpha.example"],
  ["emails", "zoe@zeta.example", "ann@alpha.example"],
])("the blacklist of %s", (kind, late, early) => {
  it("takes plain strings, lists them in alphabetical order and forgets them again", async () => {
    const sandbox = await start({ seed: "empty" });
    expect(await list(sandbox, kind)).toEqual({ [kind]: [], total: 0 });
    const added = await call(sandbox, `POST /v2/blacklist/${kind}`, { [kind]: [late.toUpperCase(), early] });
    expect([added.status, added.body]).toEqual([200, { [kind]: [late, early] }]);
    await call(sandbox, `POST /v2/blacklist/${kind}`, { [kind]: [late] });
    expect(await list(sandbox, kind)).toEqual({ [kind]: [early, late], total: 2 });
    const removed = await call(sandbox, `DELETE /v2/blacklist/${kind}`, { [kind]: [late, `un${late}`] });
    expect(removed.status).toBe(200);
    expect(await list(sandbox, kind)).toEqual({ [kind]: [early], total: 1 });
  });

  it("has pages that begin with 0", async () => {
    const sandbox = await start({ seed: "empty" });
    const all = Array.from({ length: 230 }, (_, index) =>
      late.replace(/^z/, `z${String(index).padStart(3, "0")}`),
    );
    await call(sandbox, `POST /v2/blacklist/${kind}`, { [kind]: [...all].reverse() });
    const pages = await Promise.all([0, 1, 2, 3].map((page) => list(sandbox, kind, `?page=${page}`)));
    expect(pages.map((page) => page[kind].length)).toEqual([100, 100, 30, 0]);
    expect(pages.flatMap((page) => page[kind])).toEqual(all);
    expect(pages.map(({ total }) => total)).toEqual([230, 230, 230, 230]);
    expect((await list(sandbox, kind, "?per_page=500"))[kind]).toEqual(all);
  });

  it.each(["page=-1", "page=a", "per_page=0", "per_page=501"])("refuses %s", async (query) => {
    const { status, body } = await call(await start(), `GET /v2/blacklist/${kind}?${query}`);
    expect([status, body.detail]).toEqual([400, `Value of ${query.split("=")[0]} is incorrect.`]);
  });

  it.each<[string, Json]>([
    ["without entries", { [kind]: [] }],
    ["with objects", { [kind]: [{ name: late }] }],
    ["with more than 500", { [kind]: Array(501).fill(late) }],
    ["with something else", { [kind]: ["no such thing"] }],
    ["with another field", { [kind]: [late], note: "x" }],
    ["of a list", [late]],
  ])("refuses a body %s, whole", async (_, body) => {
    const sandbox = await start({ seed: "empty" });
    for (const method of ["POST", "DELETE"]) {
      expect((await call(sandbox, `${method} /v2/blacklist/${kind}`, body)).status).toBe(400);
    }
    expect((await list(sandbox, kind)).total).toBe(0);
  });
});

describe("the blacklist of the account", () => {
  it("is filtered by names and beginnings", async () => {
    const sandbox = await start();
    const domains = async (filter: string) =>
      (await list(sandbox, "domains", `?domain_filter=${encodeURIComponent(filter)}`)).domains;
    expect(await domains("shelf*")).toEqual(["shelfworks.example"]);
    expect(await domains("shelf*,count-rival.example")).toEqual([
      "count-rival.example",
      "shelfworks.example",
    ]);
    expect(await domains("shelf")).toEqual([]);
    expect((await list(sandbox, "emails", "?email_filter=*@palettenring.example")).total).toBe(1);
  });

  it("keeps whoever is on it out of the account and of campaigns", async () => {
    const sandbox = await start();
    await call(sandbox, "POST /v2/blacklist/domains", { domains: ["new.example"] });
    const rows = [{ email: "Ada@New.example" }, { email: "bea@other.example" }];
    for (const answer of [
      await toCampaign(sandbox, 2104, rows),
      await call(sandbox, "POST /v1/add_prospects_list", { prospects: rows }),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.body.prospects[0]).toEqual({ email: "Ada@New.example", ...REFUSED });
      expect(answer.body.prospects[1]).toMatchObject({ status: "OK" });
    }
    const alone = await toCampaign(sandbox, 2104, rows.slice(0, 1));
    expect([alone.status, alone.body.status]).toEqual([400, REFUSED]);
    expect(await statusIn(sandbox, "ada@new.example")).toBeUndefined();
  });

  it("leaves people as they are until a campaign comes to them, and for good then", async () => {
    const sandbox = await start({ now, seed: "empty" });
    const twice = draft({}, chain([email(), email({}, { subject: null })]));
    const { id } = (await call(sandbox, "POST /v2/campaigns", twice)).body;
    const people = ["ann+silent@listed.example", "bo+silent@one.example", "cy+silent@free.example"];
    await toCampaign(
      sandbox,
      id,
      people.map((address) => ({ email: address })),
    );
    await call(sandbox, `POST /v2/campaigns/${id}/run`);
    await call(sandbox, "POST /v2/blacklist/domains", { domains: ["listed.example"] });
    await call(sandbox, "POST /v2/blacklist/emails", { emails: [people[1]] });
    const statuses = (query = "") => Promise.all(people.map((address) => statusIn(sandbox, address, query)));
    expect(await statuses()).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
    sandbox.advance(3);
    expect(await statuses(`&campaigns_id=${id}`)).toEqual(["BLACKLIST", "BLACKLIST", "ACTIVE"]);
    expect(await statuses()).toEqual(["BLACKLIST", "BLACKLIST", "ACTIVE"]);
    await call(sandbox, "DELETE /v2/blacklist/emails", { emails: [people[1]] });
    sandbox.advance(24 * 14);
    expect(await statuses()).toEqual(["BLACKLIST", "BLACKLIST", "ACTIVE"]);
    const [{ stats }] = (await call(sandbox, `GET /v1/campaign_list?id=${id}`)).body;
    expect(stats.sent).toBe(2);
  });

  it("stands against force, which enrols but does not write", async () => {
    const sandbox = await start({ now, seed: "empty" });
    const { id } = (await call(sandbox, "POST /v2/campaigns", draft())).body;
    const address = "ann+silent@listed.example";
    await call(sandbox, "POST /v2/blacklist/emails", { emails: [address] });
    const forced = await toCampaign(sandbox, id, [{ email: address }], { force: true });
    expect(forced.body.status.status).toBe("OK");
    await call(sandbox, `POST /v2/campaigns/${id}/run`);
    sandbox.advance(24);
    expect(await statusIn(sandbox, address, `&campaigns_id=${id}`)).toBe("BLACKLIST");
  });

  it("belongs to one client of an agency", async () => {
    const sandbox = await start({ agency: true });
    const as = (id: string) => ({ "x-company-id": id });
    await call(sandbox, "POST /v2/blacklist/domains", { domains: ["new.example"] }, as("7002"));
    const total = async (id: string) =>
      (await call(sandbox, "GET /v2/blacklist/domains", undefined, as(id))).body.total;
    expect([await total("7001"), await total("7002")]).toEqual([2, 1]);
  });
});
