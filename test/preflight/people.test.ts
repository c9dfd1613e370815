/** People's data in the check: each kind once, in the fields that the texts use, for everybody and before enrolling. */
import { describe, expect, it } from "vitest";
import { findProblems } from "../../src/preflight/index.ts";
import type { Data } from "../support/answer.ts";
import { openSession, type Session } from "../support/session.ts";
import { subject } from "./account.ts";
import { draftOf } from "./corpus/kind.ts";

const text =
  'Hi {{FIRST_NAME | "there"}},\n\n{{SNIPPET_2}} How do you count stock, and who does it at the end of a month?';
const campaign = draftOf({ name: "Stock", lang: "en", text });
const person = (index: number, more: object = {}) => ({
  email: `p${index}@harrow.example`,
  first_name: "Anna",
  snippet2: "Saw your new shop.",
  status: "ACTIVE",
  ...more,
});

const oddOf = (prospects: object[]) =>
  findProblems(subject(campaign, { status: "RUNNING", prospects }))
    .filter(({ rule }) => rule.startsWith("odd_"))
    .map(({ rule, message }) => `${rule}: ${message}`);

describe("people's data", () => {
  it("is judged in the fields that the texts use, each kind once, with the first three by address", () => {
    const names = ["null", "N/A", "-", "unknown"].map((first_name, index) => person(index, { first_name }));
    expect(
      oddOf([
        ...names,
        person(5, { snippet2: "I'm sorry, but I can't assist with that request." }),
        person(6, { first_name: "ANNA" }),
      ]),
    ).toEqual([
      'odd_values: Of the 6 prospects, 4 have a word in place of a value: p0@harrow.example (first name "null"), p1@harrow.example (first name "N/A"), p2@harrow.example (first name "-") and 1 more.',
      expect.stringContaining("1 has an answer of a language model in place of a value: p5@harrow.example"),
      expect.stringContaining("1 has a name in odd capitals: p6@harrow.example"),
    ]);
  });

  it("is not judged where no text shows it, nor of those who are no longer written to", () => {
    expect(
      oddOf([
        person(1, { company: "N/A", last_name: "MOSER" }),
        person(2, { first_name: "null", status: "REPLIED" }),
      ]),
    ).toEqual([]);
  });

  it("tells odd addresses, and what was meant", () => {
    expect(
      oddOf([person(1, { email: "anna@gmial.com" }), person(2, { email: "info@harrow.example" }), person(3)]),
    ).toEqual([
      expect.stringContaining(
        "1 has an address that is probably misspelt: anna@gmial.com (anna@gmail.com?).",
      ),
      expect.stringContaining("1 has an address that several people read: info@harrow.example."),
    ]);
  });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: `q${index}@harrow.example`,
    first_name: index === count - 1 ? "N/A" : "Anna",
  }));

async function enrol(session: Session, campaign_id: number, people: object[]): Promise<void> {
  for (let at = 0; at < people.length; at += 500) {
    const { data } = await session.call("save_prospects", {
      campaign_id,
      prospects: people.slice(at, at + 500),
    });
    expect(data.outcome).toBe("done");
  }
}

describe("a large list", () => {
  it("is looked at as a whole, page by page, with progress", async () => {
    const session = await openSession();
    await enrol(session, 2104, many(2_100));
    const heard: unknown[] = [];
    const { structuredContent } = (await session.client.callTool(
      { name: "check_campaign", arguments: { campaign_id: 2104 } },
      undefined,
      {
        onprogress: ({ progress, total }) => void heard.push([progress, total]),
      },
    )) as Data;
    const odd = structuredContent.findings.find(({ rule }: Data) => rule === "odd_values");
    expect(odd.message).toContain(
      'Of the 2106 prospects, 1 has a word in place of a value: q2099@harrow.example (first name "N/A").',
    );
    expect(heard).toEqual([
      [1_000, 2_106],
      [2_000, 2_106],
    ]);
  });

  it("of which a page cannot be read is told as far as it was looked at", async () => {
    const refused = { status: 400, body: { error: "no such page" } };
    const gate = { instead: ({ url }: { url: string }) => (/[?&]page=3/.test(url) ? refused : undefined) };
    const session = await openSession({ gate });
    await enrol(session, 2104, many(2_100));
    const { text } = await session.call("check_campaign", { campaign_id: 2104 });
    expect(text).toMatch(/that were looked at \(of 2106\)/);
  });
});

describe("people who are about to be enrolled into a running campaign", () => {
  it("are looked at before anybody is asked", async () => {
    const session = await openSession();
    const { data } = await session.call("save_prospects", {
      campaign_id: 2101,
      prospects: [{ email: "info@harrow.example", first_name: "N/A", company: "Harrow" }],
    });
    expect(data.outcome).toBe("confirmation_required");
    const said = data.findings.map(({ rule }: Data) => rule);
    expect(said).toEqual(expect.arrayContaining(["odd_values", "odd_addresses"]));
  });
});
