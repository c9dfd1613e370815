/** A list of people as somebody has it, in one call: what is good is saved, what is bad is listed, what was cleaned is shown. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { openSession } from "../../support/session.ts";
import { saved } from "./believable.ts";

describe("a list in which some rows are bad", () => {
  const prospects = [
    { email: "Anna Moser <anna@example.com>", phone: 4930123, tags: "vip, trade fair" },
    { email: "ben.example.com" },
    { Email: "\u200bcleo@example.com\u00a0", "First Name": "CLEO", company: "N/A" },
    { first_name: "Dora" },
    { email: "emil@bücher.example", status: "paused" },
  ];

  it("is saved without them, and each is listed once, with its row and why", async () => {
    const session = await openSession();
    const { data, text, failed } = await session.call("save_prospects", { prospects });
    expect(failed).toBe(false);
    expect(data).toMatchObject({ outcome: "done", added: 3, rejected: 2 });
    expect(data.rows).toEqual([
      {
        row: 2,
        email: "ben.example.com",
        result: "rejected",
        code: "NOT_SENT",
        reason: expect.stringContaining("email must be one e-mail address"),
      },
      { row: 4, email: "", result: "rejected", code: "NOT_SENT", reason: "email is required" },
    ]);
    expect(text).toContain("- row 2 ben.example.com: email must be");
    expect(text).toContain("- row 4 without an address: email is required");
    expect(saved(session)).toEqual([
      { email: "anna@example.com", phone: "4930123", tags: "#vip #trade_fair" },
      { email: "cleo@example.com", first_name: "CLEO", company: "N/A" },
      { email: "emil@xn--bcher-kva.example", status: "PAUSED" },
    ]);
  });

  it("shows what was cleaned, before and after, and warns of what may be wrong", async () => {
    const session = await openSession();
    const { data, text } = await session.call("save_prospects", { prospects });
    expect(data.cleaned).toEqual([
      { row: 1, field: "email", before: "Anna Moser <anna@example.com>", after: "anna@example.com" },
      { row: 1, field: "tags", before: "vip, trade fair", after: "#vip #trade_fair" },
      { row: 1, field: "phone", before: "4930123", after: "4930123" },
      { row: 3, field: "email", before: "\u200bcleo@example.com\u00a0", after: "cleo@example.com" },
      { row: 5, field: "email", before: "emil@bücher.example", after: "emil@xn--bcher-kva.example" },
      { row: 5, field: "status", before: "paused", after: "PAUSED" },
    ]);
    expect(data.notes).toHaveLength(6);
    expect(data.warnings).toEqual([
      expect.stringMatching(/^a name in odd capitals in row 3: first_name "CLEO"/),
      expect.stringMatching(/^a word in place of a value in row 3: company "N\/A"/),
    ]);
    expect(text).toContain("a name in odd capitals in row 3");
  });

  it("is refused as a whole with all_or_nothing, naming each", async () => {
    const session = await openSession();
    const { failed, text } = await session.call("save_prospects", { prospects, all_or_nothing: true });
    expect(failed).toBe(true);
    expect(text).toContain("prospects[1].email must be");
    expect(text).toContain("prospects[3].email is required");
    expect(session.traffic()).toEqual([]);
  });

  it("is refused as a whole with all_or_nothing for whom Woodpecker is known to refuse, too", async () => {
    const session = await openSession();
    const lena = { email: "lena.brandt@quarrystone-logistik.example" };
    const args = {
      campaign_id: 2104,
      prospects: [{ email: "anna@example.com" }, lena],
      all_or_nothing: true,
    };
    const { failed, text } = await session.call("save_prospects", args);
    expect(failed).toBe(true);
    expect(text).toContain(`row 2 ${lena.email} has answered before`);
    expect(text).toContain("Nothing was");
    expect(session.attempted()).toEqual([]);
  });
});

describe("the same person in two rows", () => {
  it("is taken from the later one where they differ, with a note", async () => {
    const session = await openSession();
    const prospects = [
      { email: "anna@example.com", first_name: "Anna", title: "CEO" },
      { email: "ben@example.com" },
      { email: "Anna@Example.com", first_name: "Anne" },
    ];
    const { data } = await session.call("save_prospects", { prospects });
    expect(data).toMatchObject({ added: 2, rejected: 0 });
    expect(data.rows).toEqual([
      {
        row: 1,
        email: "anna@example.com",
        result: "merged",
        reason: expect.stringContaining("row 3 is the same person and wins; they differ in first_name"),
      },
    ]);
    expect(data.warnings).toEqual([
      "row 1 is the same person as a later row, which is the one that is taken.",
    ]);
    expect(saved(session)).toEqual([
      { email: "ben@example.com" },
      { email: "Anna@Example.com", first_name: "Anne" },
    ]);
  });

  it("is one where they say nothing different", async () => {
    const session = await openSession();
    const prospects = [
      { email: "anna@example.com", title: "CEO" },
      { email: "anna@example.com", city: "Graz" },
    ];
    expect((await session.call("save_prospects", { prospects })).data).toMatchObject({ added: 1 });
    expect(saved(session)).toEqual([{ email: "anna@example.com", title: "CEO", city: "Graz" }]);
  });
});

describe("the text of a table", () => {
  it.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["tabs", "\t"],
  ])("with %s is read, its columns by the names that tools give them", async (_name, sign) => {
    const session = await openSession();
    const csv = `\uFEFF${[
      ["Vorname", "Nachname", "E-Mail", "Firma", "Position", "Person Linkedin Url", "icebreaker"],
      [
        "Jürgen",
        "Groß",
        "juergen@example.de",
        '"Groß & Söhne"',
        "Einkauf",
        "https://www.linkedin.com/in/jg",
        '"I saw ""Halle 4"".\r\nNice!"',
      ],
      ["", "", "", "", "", "", ""],
      ["Zoë", "", "zoe@example.de", "Z", "", "", ""],
    ]
      .map((cells) => cells.join(sign))
      .join("\r\n")}\r\n`;
    const { data } = await session.call("save_prospects", { csv });
    expect(data).toMatchObject({ outcome: "done", added: 2, rejected: 0, rows: [] });
    expect(data.columns).toEqual({
      Vorname: "first_name",
      Nachname: "last_name",
      "E-Mail": "email",
      Firma: "company",
      Position: "title",
      "Person Linkedin Url": "linkedin_url",
      icebreaker: "snippet1",
    });
    expect(saved(session)).toEqual([
      {
        first_name: "Jürgen",
        last_name: "Groß",
        email: "juergen@example.de",
        company: "Groß & Söhne",
        title: "Einkauf",
        linkedin_url: "https://www.linkedin.com/in/jg",
        snippet1: 'I saw "Halle 4".<br>Nice!',
      },
      { first_name: "Zoë", email: "zoe@example.de", company: "Z" },
    ]);
  });

  it("is mapped by columns, where a header says nothing", async () => {
    const session = await openSession();
    const csv = "Kontaktdaten,Wer,Intern,Haus\nanna@example.com,Anna,x,Moser AG";
    const columns = { Kontaktdaten: "email", wer: "first_name", Intern: "none", Haus: "company" };
    const { data } = await session.call("save_prospects", { csv, columns });
    expect(data).toMatchObject({ added: 1 });
    expect(saved(session)).toEqual([{ email: "anna@example.com", first_name: "Anna", company: "Moser AG" }]);
  });

  it("says which columns found no snippet", async () => {
    const session = await openSession();
    const own = Array.from({ length: 16 }, (_, index) => `Note ${index + 1}`);
    const csv = `email,${own.join(",")}\nanna@example.com,${own.map((name) => `about ${name}`).join(",")}`;
    const { data, text } = await session.call("save_prospects", { csv });
    expect(saved(session)[0]).toMatchObject({ snippet1: "about Note 1", snippet15: "about Note 15" });
    expect(text).toContain('these columns were left out: "Note 16"');
    expect(text).toContain('"Note 1" is snippet1');
    expect(data.columns).not.toHaveProperty("Note 16");
  });

  const csv = (text: unknown, more: object = {}) => ({ csv: text, ...more });
  const many = (count: number) =>
    `email\n${Array.from({ length: count }, (_, at) => `p${at}@example.com`).join("\n")}`;
  it.each<[string, object, string[]]>([
    [
      "both",
      { csv: "email\na@b.example", prospects: [{ email: "a@b.example" }] },
      ["csv does not go with prospects"],
    ],
    ["neither", {}, ["prospects is required; or csv"]],
    ["a path", csv("/home/anna/people.csv"), ["not a path"]],
    ["a file name", csv("people.csv"), ["not a path"]],
    ["an address", csv("https://example.com/people.csv"), ["not a path"]],
    ["nothing", csv(" \n"), ["csv is empty"]],
    ["a header only", csv("email,name\n\n"), ["a header and nobody below it"]],
    ["501 rows", csv(many(501)), ["501 people", "at most 500", "in parts"]],
    [
      "no e-mail column",
      csv("Name,Firma\nAnna,Moser AG"),
      ["no column that is called e-mail", '"Name", "Firma"'],
    ],
    ["an unnamed one", csv("Name,Kontaktweg\nAnna,a@b.example"), ['"Kontaktweg" looks like it', "columns"]],
    ["no header", csv("anna@example.com,Anna\nben@example.com,Ben"), ["first row has to name the columns"]],
    [
      "two e-mail columns",
      csv("Work Email,Private Email\na@b.example,c@d.example"),
      ["2 columns with addresses", '"Work Email", "Private Email"'],
    ],
    ["a binary file", csv("PK\u0003\u0004\u0000\u0000email"), ["not text"]],
    ["20 MB", csv(`email\n${"a".repeat(20_000_000)}`), ["more than 500 people take"]],
    ["an open quote", csv('email,company\na@b.example,"Moser'), ["a quote that is opened and never closed"]],
    [
      "a column that is none",
      csv("email\na@b.example", { columns: { Firma: "company" } }),
      ["no such column", '"email"'],
    ],
    [
      "a field that is none",
      csv("email,x\na@b.example,1", { columns: { x: "compny" } }),
      ["no field", "did you mean company?"],
    ],
    [
      "a field twice",
      csv("email,x,y\na@b.example,1,2", { columns: { x: "city", y: "city" } }),
      ["give each field one column"],
    ],
    [
      "rows that are all bad",
      csv("email\nnobody\nnothing"),
      ["csv row 1: email must be", "csv row 2: email must be"],
    ],
    ["interest in no campaign", csv("email,interested\na@b.example,INTERESTED"), ["give campaign_id"]],
  ])("%s is refused before anything is sent", async (_name, args, says) => {
    const session = await openSession();
    const { failed, text } = await session.call("save_prospects", args);
    expect(failed).toBe(true);
    for (const words of says) expect(text).toContain(words);
    expect(text).toContain("Nothing was sent and nothing was changed.");
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(session.traffic()).toEqual([]);
    expect(session.events.map(({ event }) => event)).not.toContain("defect");
  });

  it("with a cell too many loses that row only", async () => {
    const session = await openSession();
    const { data } = await session.call("save_prospects", {
      csv: "email,company\na@b.example,Moser, Ltd\nc@d.example,D",
    });
    expect(data).toMatchObject({ added: 1, rejected: 1 });
    expect(data.rows).toMatchObject([
      { row: 1, email: "a@b.example", reason: expect.stringContaining("3 cells where the header names 2") },
    ]);
  });
});

describe("a dry run", () => {
  it("counts who is new, known, would be refused and why, and shows one request", async () => {
    const session = await openSession();
    const known = ["lena.brandt@quarrystone-logistik.example", "mareike.vogt@stapelwerk.example"];
    const csv = `email,company\n${[...Array.from({ length: 30 }, (_, at) => `p${at}@example.com`), ...known, "nobody"].map((address) => `${address},X`).join("\n")}`;
    const { data, text } = await session.call("save_prospects", { csv, campaign_id: 2104, dry_run: true });
    expect(data).toMatchObject({ outcome: "dry_run", counts: { new: 30, known: 2, refused: 2, cleaned: 0 } });
    expect(data.rows).toMatchObject([
      {
        row: 31,
        email: known[0],
        result: "rejected",
        reason: expect.stringContaining("has answered before"),
      },
      { row: 33, email: "nobody", result: "rejected" },
    ]);
    expect(data.request.body.prospects).toHaveLength(32);
    expect(text).toContain("New 30, known 2, would be refused 2");
    expect(text).not.toContain("p7@example.com");
    expect(session.attempted()).toEqual([]);
  });
});

describe("an import of 120 people", () => {
  const people = Array.from({ length: 120 }, (_, at) => ({
    email: `person.number${at}@company${at}.example`,
    first_name: `Anna${String.fromCharCode(97 + (at % 26))}`,
    last_name: "Moser",
    company: `Company ${at}`,
    title: "Head of Purchasing",
    city: "Graz",
  }));
  const header = Object.keys(people[0] as object);
  const csv = [header, ...people.map((one) => Object.values(one))].map((cells) => cells.join(",")).join("\n");

  it("costs as csv at most 60 % of what it costs as a list, and its answer is short", async () => {
    const { encode } = await import("gpt-tokenizer");
    const [table, list] = [
      encode(JSON.stringify({ csv })).length,
      encode(JSON.stringify({ prospects: people })).length,
    ];
    expect(table / list).toBeLessThanOrEqual(0.6);
    const session = await openSession();
    const { data, text } = await session.call("save_prospects", { csv, campaign_id: 2104 });
    expect(data).toMatchObject({ added: 120, rejected: 0 });
    expect(JSON.stringify(data).length + text.length).toBeLessThanOrEqual(1_500);
  });
});

describe("interest and the first day of each person", () => {
  const anna = { email: "anna@example.com", company: "Bergladen" };

  it("go with them into a campaign", async () => {
    const session = await openSession();
    const send_after = "2030-03-01T09:00:00+01:00";
    const prospects = [{ ...anna, interested: "maybe later", send_after }, { email: "ben@example.com" }];
    const { data } = await session.call("save_prospects", { campaign_id: 2104, prospects });
    expect(data).toMatchObject({ added: 2, rejected: 0 });
    expect(saved(session)[0]).toEqual({ ...anna, interested: "MAYBE-LATER", send_after });
    const found = await session.call("search_prospects", { campaign_id: 2104, interest: ["MAYBE-LATER"] });
    expect(found.data.prospects.map(({ email }: Data) => email)).toContain(anna.email);
  });

  it("are refused outside one, and a time needs its offset", async () => {
    const session = await openSession();
    const outside = await session.call("save_prospects", {
      prospects: [{ ...anna, interested: "INTERESTED" }],
    });
    expect(outside.text).toContain("interested is of people in a campaign; give campaign_id");
    const args = { campaign_id: 2104, prospects: [{ ...anna, send_after: "tomorrow" }] };
    expect((await session.call("save_prospects", args)).text).toContain(
      "prospects[0].send_after must be a time with its offset",
    );
    expect(session.traffic()).toEqual([]);
  });
});
