/** Names and values spelt as people spell them, what a refusal asks for, and addresses and domains as they are pasted. */
import { describe, expect, it } from "vitest";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

const lena = "lena.brandt@quarrystone-logistik.example";

describe("a name that is spelt otherwise", () => {
  it.each<[string, object, string]>([
    ["search_prospects", { fields: { Company: "Quarry" } }, '"Company" is read as "company"'],
    ["search_prospects", { fields: { Vorname: "Lena" } }, '"Vorname" is read as "first_name"'],
    ["stop_prospects", { email: lena, dry_run: true }, "email: is read as emails"],
    ["stop_prospects", { domain: "nobody.example", dryRun: true }, "domain: is read as domains"],
    ["stop_prospects", { prospectId: 90001, dry_run: true }, "prospectId: is read as prospect_ids"],
  ])("%s %j", async (tool, args, note) => {
    const session = await openSession();
    const { failed, data, text } = await session.call(tool, args);
    expect([failed, text]).toEqual([false, text]);
    expect(data.notes.join("\n")).toContain(note);
    expect(text).toContain(note);
  });

  it.each(["campaign_id", "campaign", "campaigns", "campaignId"])("keeps a brake to the %s", async (name) => {
    const session = await openSession();
    const person = { email: "mareike.vogt@stapelwerk.example", [name]: 2102 };
    const { data } = await session.call("stop_prospects", person);
    expect(data.notes).toContain(`${name}: is read as campaign_ids`);
    expect(session.attempted()).toEqual([]);
  });
});

describe("a value that is written as people say it", () => {
  it("is step 2 and version A, and one person for a list of one", async () => {
    const session = await openSession();
    const args = { campaign_id: 2104, step: "Step 2", version: "version a", message: "<div>New</div>" };
    const said = await session.call("update_step_version", { ...args, dry_run: true });
    expect([said.failed, said.text]).toEqual([false, said.text]);
    expect(said.text).toContain("step 2, version A, message");
    const anna = { Email: "Anna <anna@neu.example>", Vorname: "Anna" };
    const saved = await session.call("save_prospects", { prospects: anna });
    expect([saved.data.outcome, saved.text]).toEqual(["done", saved.text]);
    expect(saved.data.notes.join()).toContain("one entry is read as a list of one");
  });
});

describe("something of another kind", () => {
  it.each<[string, object, string]>([
    [
      "get_campaign_statistics",
      { campaign_id: 2101, period: "last week" },
      "period must be an object {from, to}; got",
    ],
    ["create_campaign", { ...draft, delivery_times: "mornings" }, "must be a list of {days, from, to}; got"],
    [
      "add_campaign_step",
      { campaign_id: 2104, step: { wait: "a week" } },
      "step.wait must be an object {value, range}; got",
    ],
    [
      "update_campaign_step",
      { campaign_id: 2104, step: 1, delivery_times: { noon: "9-5" } },
      "of {days, from, to}; got an object",
    ],
  ])("%s: is refused with what is wanted", async (tool, args, words) => {
    const session = await openSession();
    const { failed, text } = await session.call(tool, args);
    expect(failed).toBe(true);
    expect(text).toContain(words);
  });
});

describe("addresses and domains as they are pasted", () => {
  const two = ["mareike.vogt@stapelwerk.example", lena];
  it.each<[string, object]>([
    ["one text", { emails: two.join(", ") }],
    ["lines", { emails: two.join("\n") }],
    ["with names", { emails: `Vogt, Mareike <${two[0]}>; "Brandt, Lena" <${two[1]}>` }],
    ["some with names", { emails: `Mareike <${two[0]}>; ${two[1]}` }],
    ["inside a list", { emails: [`${two[0]}; mailto:${two[1]}`] }],
    ["domains in one text", { domains: "stapelwerk.example, quarrystone-logistik.example" }],
    [
      "addresses of pages",
      { domains: ["https://www.stapelwerk.example/kontakt", "www.Quarrystone-Logistik.example"] },
    ],
  ])("stop_prospects: %s", async (_name, args) => {
    const session = await openSession();
    const { data, text } = await session.call("stop_prospects", args);
    expect([data.outcome, text.includes("Not in the account")]).toEqual(["done", false]);
    expect(text).toContain("mareike.vogt@stapelwerk.example");
  });

  it("a name before an address finds whom it means", async () => {
    const session = await openSession();
    const { data } = await session.call("search_prospects", { email: `Lena <${lena.toUpperCase()}>` });
    expect(data.total).toBe(1);
    const from_email = "Nora Vance <NORA@northwind.example>";
    expect((await session.call("list_campaigns", { from_email })).data.total).toBeGreaterThan(0);
  });
});
