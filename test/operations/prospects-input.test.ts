/** People who cannot be saved as they are written, and searches that Woodpecker would misread. */
import { describe, expect, it } from "vitest";
import { bad, type Row, refuseAll } from "../support/refused.ts";
import { openSession } from "../support/session.ts";

const save = (prospects: unknown, more: object = {}) => ["save_prospects", { prospects, ...more }] as const;
const search = (args: object) => ["search_prospects", args] as const;
const remove = (args: object) => ["delete_prospects", { prospect_ids: [90_001], ...args }] as const;
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `person${index}@example.com` }));
const anna = { email: "anna@example.com" };
const address = (email: unknown): Row =>
  bad(
    `the address ${JSON.stringify(email)}`,
    save([anna, { email }], { all_or_nothing: true }),
    "prospects[1].email",
    "must be",
  );
const alone = (email: unknown): Row =>
  bad(`nobody but ${JSON.stringify(email)}`, save([{ email }]), "prospects[0].email", "must be");

const addresses: Row[] = [
  address("anna.example.com"),
  address("anna@example"),
  address("anna@example.com."),
  address("anna@example.com, ben@example.com"),
  address("anna@example.com;ben@example.com"),
  address("anna@example.com ben@example.com"),
  address("Anna <anna@example.com>, Ben <ben@example.com>"),
  address("Anna <anna>"),
  address("anna@@example.com"),
  address("@example.com"),
  address(""),
  address(7),
  bad("no address", save([{ first_name: "Anna" }]), "prospects[0].email is required"),
  alone("anna.example.com"),
  alone(7),
];

const lists: Row[] = [
  bad("501 people", save(people(501)), "prospects may have at most 500 entries", "a list of 501"),
  bad("20,001 people", save(people(20_001)), "20000"),
  bad("nobody", save([]), "prospects needs at least 1 entry"),
  bad("an address without a list", save("anna@example.com"), "prospects must be a list"),
  bad("addresses alone", save(["anna@example.com"]), "prospects[0] must be an object"),
  bad("an unknown field", save([{ ...anna, shoe_size: "43" }]), "prospects[0].shoe_size is not known"),
  bad("snippet16", save([{ ...anna, snippet16: "x" }]), "prospects[0].snippet16 is not known"),
  bad(
    "the API's own misspelling",
    save([{ ...anna, snipet1: "x" }]),
    "prospects[0].snipet1 is not known; did you mean snippet1?",
  ),
  bad("a status that is none", save([{ ...anna, status: "GONE" }]), "prospects[0].status must be one of"),
  bad("a name of two lines", save([{ ...anna, first_name: "An\nna" }]), "prospects[0].first_name"),
  bad("force", save([anna], { force: true }), "force is not known"),
  bad("force for a campaign", save([anna], { campaign_id: 2104, force: true }), "force is not known"),
  bad("force on a person", save([{ ...anna, force: true }]), "prospects[0].force is not known"),
];

const searches: Row[] = [
  bad(
    "an unknown field",
    search({ fields: { shoe_size: "43" } }),
    "fields.shoe_size is not searchable",
    "first_name",
  ),
  bad("linkedin_url", search({ fields: { linkedin_url: "x" } }), "fields.linkedin_url is not searchable"),
  bad("a comma", search({ fields: { city: "Graz,company=x" } }), "fields.city must be text without a comma"),
  bad(
    "an equals sign",
    search({ fields: { company: "a=b" } }),
    "fields.company must be text without a comma or an equals sign",
  ),
  bad("nothing to look for", search({ fields: { city: " " } }), "fields.city must be text"),
  bad(
    "two addresses",
    search({ email: "a@example.com,b@example.com" }),
    "email must be text without a comma",
  ),
  bad("a condition in the address", search({ email: "city=Graz" }), "email must be text without"),
  bad(
    "TO-CHECK without a campaign",
    search({ status: ["ACTIVE", "TO-CHECK"] }),
    "status TO-CHECK exist only within a campaign; give campaign_id",
  ),
  bad("a status that is none", search({ status: ["OPTED-OUT"] }), "status[0] must be one of ACTIVE, BOUNCED"),
  bad(
    "an interest that is none",
    search({ interest: ["LATER"] }),
    "interest[0] must be one of INTERESTED, MAYBE-LATER",
  ),
  bad(
    "an activity that is none",
    search({ activity: ["READ"] }),
    "activity[0] must be one of OPENED, NOT-OPENED",
  ),
  bad("a cursor of another list", search({ cursor: "after-2101" }), "cursor is not of this list"),
  bad("a cursor that asks for more than a page may have", search({ cursor: "page-1-of-999" }), "cursor"),
  bad("a page before the first", search({ cursor: "page-0-of-25" }), "cursor"),
  bad("a limit of 101", search({ limit: 101 }), "limit must be at most 100"),
];

const deletions: Row[] = [
  bad("no scope", remove({}), "scope is required"),
  bad("a scope that is none", remove({ scope: "everywhere" }), "scope must be one of campaign, account"),
  bad(
    "scope campaign without one",
    remove({ scope: "campaign" }),
    "campaign_id is required with scope campaign",
  ),
  bad(
    "scope account with a campaign",
    remove({ scope: "account", campaign_id: 2104 }),
    "campaign_id does not go with scope account, which deletes everywhere",
  ),
  bad("nobody", remove({ scope: "account", prospect_ids: [] }), "prospect_ids needs at least 1 entry"),
  bad(
    "501 ids",
    remove({ scope: "account", prospect_ids: Array.from({ length: 501 }, (_, at) => at + 1) }),
    "prospect_ids may have at most 500 entries",
  ),
  bad(
    "somebody twice",
    remove({ scope: "account", prospect_ids: [90_001, "90001"] }),
    "prospect_ids names somebody twice",
  ),
  bad(
    "an address",
    remove({ scope: "account", prospect_ids: ["anna@example.com"] }),
    "prospect_ids[0] must be a whole number",
  ),
  bad("force", remove({ scope: "account", force: true }), "force is not known"),
];

refuseAll({ addresses, "lists of people": lists, searches, deletions });

describe("a plus sign or an apostrophe in an address", () => {
  it.each(["anna+news@example.com", "o'brien@example.com", "anna@mail.example.co.uk"])(
    "%s is saved and found",
    async (email) => {
      const session = await openSession();
      expect((await session.call("save_prospects", { prospects: [{ email }] })).data).toMatchObject({
        added: 1,
      });
      const { data } = await session.call("search_prospects", { email });
      expect(data.prospects.map((row: { email: string }) => row.email)).toEqual([email]);
    },
  );
});
