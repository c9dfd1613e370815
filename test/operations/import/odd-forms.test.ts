/** Forms in which lists come, and that every row of any list is accounted for once. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { openSession } from "../../support/session.ts";
import { saved } from "./believable.ts";

describe("a table", () => {
  it.each<[string, string, object]>([
    [
      "of Markdown",
      "| Name | E-Mail |\n|---|:---|\n| Anna Moser | anna@example.com |",
      { first_name: "Anna", last_name: "Moser" },
    ],
    ["with Excel's sep line", "sep=;\nEmail;First name\nanna@example.com;Anna", { first_name: "Anna" }],
    [
      "with values kept as text",
      `email,phone,city\nanna@example.com,"=""+4312""",'01`,
      { phone: "+4312", city: "01" },
    ],
    ["with old line ends", "email,city\ranna@example.com,Graz", { city: "Graz" }],
    ["of one column", "E-Mail (geschäftlich)\nanna@example.com", {}],
    [
      "with a second address",
      "Email,Secondary Email\nanna@example.com,a.moser@home.example",
      { snippet1: "a.moser@home.example" },
    ],
    [
      "with LinkedIn under URL",
      "Email Address,URL\nanna@example.com,https://www.linkedin.com/in/anna",
      { linkedin_url: "https://www.linkedin.com/in/anna" },
    ],
    ["with a stage under Status", "email,Status\nanna@example.com,Open", { snippet1: "Open" }],
    [
      "with a salutation under Title",
      "email,Title,Job title\nanna@example.com,Frau,CEO",
      { title: "CEO", snippet1: "Frau" },
    ],
    [
      "with names as in Poland",
      "Imię;Nazwisko;Adres e-mail;Stanowisko\nŁucja;Żak;anna@example.com;Kupiec",
      { first_name: "Łucja", last_name: "Żak", title: "Kupiec" },
    ],
    [
      "with names as in France",
      "Prénom;Nom;Adresse e-mail;Société\nZoé;Bé;anna@example.com;Bé SA",
      { first_name: "Zoé", last_name: "Bé", company: "Bé SA" },
    ],
    ["with tags", 'email,tags\nanna@example.com,"vip, fair 2026"', { tags: "#vip #fair_2026" }],
  ])("%s", async (_name, csv, fields) => {
    const session = await openSession();
    const { data, text } = await session.call("save_prospects", { csv });
    expect([data?.added, text]).toEqual([1, text]);
    expect(saved(session)).toEqual([{ email: "anna@example.com", ...fields }]);
  });

  it("is mapped all the same by columns that are written the other way round", async () => {
    const session = await openSession();
    const csv = "Kontakt,Haus\nanna@example.com,Moser AG";
    const { data } = await session.call("save_prospects", {
      csv,
      columns: { email: "Kontakt", company: "Haus" },
    });
    expect(data.columns).toEqual({ Kontakt: "email", Haus: "company" });
    const wrong = await session.call("save_prospects", { csv, columns: { email: "Kontakte" } });
    expect(wrong.text).toContain("csv has no such column");
  });

  it("with long addresses is looked up in URLs that Woodpecker takes", async () => {
    const session = await openSession();
    const rows = Array.from(
      { length: 100 },
      (_, at) => `${"a-long-name+of.somebody.".repeat(2)}${at}@a-long-company-name-${at}.example`,
    );
    const { data } = await session.call("save_prospects", { csv: `email\n${rows.join("\n")}` });
    expect(data.added).toBe(100);
    const looks = session.traffic().filter((line) => line.startsWith("GET /rest/v1/prospects"));
    expect(Math.max(...looks.map(({ length }) => length))).toBeLessThanOrEqual(4_100);
  });

  it("of 250 bad rows in 500 lists each of them once", async () => {
    const session = await openSession();
    const rows = Array.from({ length: 500 }, (_, at) =>
      at % 2 ? `p${at}@example.com` : `nobody number ${at}`,
    );
    const { data, text } = await session.call("save_prospects", { csv: `email\n${rows.join("\n")}` });
    expect(data).toMatchObject({ added: 250, rejected: 250 });
    expect(data.rows.map(({ row }: Data) => row)).toEqual(
      Array.from({ length: 250 }, (_, at) => at * 2 + 1).slice(0, data.rows.length),
    );
    expect(data.rows.length + (data.rows_left_out ?? 0)).toBe(250);
    expect(JSON.stringify(data).length + text.length).toBeLessThanOrEqual(40_000);
  });
});

describe("any list", () => {
  const address = fc.constantFrom(
    "a@one.example",
    "A@One.example",
    "b@two.example",
    "mareike.vogt@stapelwerk.example",
    "nobody",
    "",
    "x@@y",
    "c@drei.example ",
    "lena.brandt@quarrystone-logistik.example",
  );
  const cell = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom("N/A", "Anna", "=A1", "\t", '"'),
  );
  const row = fc.tuple(address, cell, cell);

  it("leaves no row out of its answer, and none twice", async () => {
    const session = await openSession();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), fc.boolean(), async (rows, asTable) => {
        const quote = (value: string) => `"${value.replaceAll('"', '""').replaceAll("\0", "")}"`;
        const csv = `email,first_name,Note\n${rows.map((cells) => cells.map(quote).join(",")).join("\n")}`;
        const prospects = rows.map(([email, first_name, snippet1]) => ({ email, first_name, snippet1 }));
        const args = asTable ? { csv } : { prospects };
        const { failed, data, text } = await session.call("save_prospects", { ...args, dry_run: true });
        expect(session.events.map(({ event }) => event)).not.toContain("defect");
        expect(failed && !text.includes("Nothing was")).toBe(false);
        if (failed) return;
        const listed = data.rows.filter(({ row: at }: Data) => at).map(({ row: at }: Data) => at);
        expect(new Set(listed).size).toBe(listed.length);
        const gone = data.rows.length;
        // A row of nothing is none.
        const full = asTable
          ? rows.filter((cells) => cells.some((value) => value.replaceAll("\0", "").trim() !== ""))
          : rows;
        expect(data.request.body.prospects.length + gone).toBe(full.length);
      }),
      { numRuns: 60 },
    );
  });
});
