/** `import people.csv`: the same reading, cleaning and questions as the tool, in words of the command line. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openAccounts } from "../../src/accounts/pool.ts";
import { importFile } from "../../src/cli/import/index.ts";
import { operations } from "../../src/operations/index.ts";
import { readSettings } from "../../src/settings/index.ts";
import { believable } from "../operations/import/believable.ts";
import type { Data } from "../support/answer.ts";
import { newFolder } from "../support/folder.ts";
import { runToEnd } from "../support/program.ts";
import { openSandbox } from "../support/sandbox.ts";

const badges = believable["badges of a trade fair"]?.csv as string;
const tools = new RegExp(
  `\\b(?:${operations.map(({ name }) => name).join("|")})\\b|\\bcampaign_id\\b|(?<![.\\w])csv\\b`,
);

async function imported(content: string | Buffer, args: string[] = [], answer?: string) {
  const sandbox = await openSandbox();
  const path = join(newFolder(), "people.csv");
  writeFileSync(path, content);
  const settings = readSettings(["import", path, ...args], {
    WOODPECKER_API_KEY: sandbox.key,
    WOODPECKER_API_URL: sandbox.origin,
    WOODPECKER_LEDGER: "off",
    WOODPECKER_STATE_DIR: "off",
    WOODPECKER_FORMS: "require",
  });
  const accounts = openAccounts(settings, () => undefined);
  const lines: string[] = [];
  const tell = (line: string) => void lines.push(line);
  const ask = answer === undefined ? undefined : async () => answer;
  const { signal } = new AbortController();
  try {
    const code = await importFile(path, settings, accounts.parts(), { print: tell, say: tell, ask, signal });
    const text = lines.join("\n").replaceAll(path, "people.csv");
    expect(text).not.toMatch(tools);
    const people = sandbox.writes().flatMap(({ body }) => (body as Data).prospects);
    return { code, text, people, sandbox };
  } finally {
    await accounts.close();
  }
}

describe("a file of people", () => {
  it.each<[string, Buffer]>([
    ["UTF-8", Buffer.from(badges)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${badges}`)],
    ["Windows-1252", Buffer.from(badges, "latin1")],
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${badges}`, "utf16le")],
  ])("in %s is read as it was meant", async (_name, bytes) => {
    const { code, text, people } = await imported(bytes, ["--campaign", "2104"]);
    expect([code, text]).toEqual([0, text]);
    expect(people).toHaveLength(23);
    expect(people).toContainEqual(
      expect.objectContaining({ first_name: "Käthe", company: "Bäckerei 1 GmbH & Co. KG" }),
    );
    expect(text).toContain("people.csv: 23 new, 0 known already, 1 would be refused");
    expect(text).toContain("- blanks around 23 values are left out");
    expect(text).toContain('- row 2 snippet2: "möchte Muster; ruft im März an" becomes');
    expect(text).toContain("row 6 kein Mailkontakt: email must be one e-mail address");
    expect(text).toContain("Added 23, updated 0, known already 0, refused 1.");
  });

  it("is mapped with --columns, and a dry run sends nothing", async () => {
    const csv = "Kontakt;Halle;Notiz\nanna@example.com;4;egal";
    const args = ["--columns", "Kontakt=email,Notiz=none", "--dry-run"];
    const { code, text, people } = await imported(csv, args);
    expect([code, people]).toEqual([0, []]);
    expect(text).toContain('"Halle" is snippet1');
    expect(text).toContain("Dry run: nothing was sent.");
  });

  it("for a campaign that sends is asked about in the terminal, and only a yes is one", async () => {
    const csv = "email,first_name,company\nanna@example.com,Anna,Bergladen";
    const args = ["--campaign", "2101"];
    const yes = await imported(csv, args, "yes");
    expect(yes.text).toContain("The campaign e-mails them without any further step");
    expect(yes.text).toContain("status: RUNNING");
    expect([yes.code, yes.people]).toEqual([
      0,
      [{ email: "anna@example.com", first_name: "Anna", company: "Bergladen" }],
    ]);
    for (const word of ["y", "no", ""]) {
      const no = await imported(csv, args, word);
      expect([no.code, no.people]).toEqual([1, []]);
    }
    const nobody = await imported(csv, args);
    expect([nobody.code, nobody.people]).toEqual([1, []]);
    expect(nobody.text).toContain("Nobody can be asked here");
  });

  it.each<[string, string | Buffer, string]>([
    ["a workbook", Buffer.from("PK\u0003\u0004\u0014\u0000"), "is a workbook"],
    ["a PDF", Buffer.from("%PDF-1.7\n"), "is a PDF"],
    ["something binary", Buffer.from([1, 0, 2, 0]), "is not text"],
    ["20 MB", Buffer.alloc(20_000_000, "a"), "has 20 MB"],
    ["nothing", "", "is empty"],
    ["a header only", "email\n", "nobody below it"],
    ["no e-mail column", "Name,Firma\nAnna,Moser", "no column that is called e-mail"],
    ["two e-mail columns", "Work Email,Private Email\na@b.example,c@d.example", "say with --columns"],
    [
      "501 people",
      `email\n${Array.from({ length: 501 }, (_, at) => `p${at}@example.com`).join("\n")}`,
      "501 people",
    ],
    ["rows that are all bad", "email\nnobody", "people.csv: row 1: email must be"],
  ])("that is %s cannot be used, and says why", async (_name, content, says) => {
    const { code, text, sandbox } = await imported(content);
    expect(text).toContain(says);
    expect([code, sandbox.requests]).toEqual([2, []]);
  });

  it("says what Woodpecker refuses in words", async () => {
    const csv = "email\nanna@example.com\nlena.brandt@quarrystone-logistik.example";
    const { code, text } = await imported(csv, ["--campaign", "2104"]);
    expect(code).toBe(0);
    expect(text).toContain("has answered before");
    const unknown = await imported(csv, ["--campaign", "999999"]);
    expect(unknown.code).toBe(1);
  });
});

describe("the program", () => {
  it("has the command", async () => {
    const folder = newFolder();
    const path = join(folder, "people.csv");
    writeFileSync(path, Buffer.from(badges, "latin1"));
    const { code, stdout, stderr } = await runToEnd(["import", path, "--sandbox", "--campaign", "2104"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Added 23");
    const missing = await runToEnd(["import", join(folder, "none.csv"), "--sandbox"]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("there is no such file")]);
    const wrong = await runToEnd(["import", path, "--sandbox", "--campaign", "spring"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("must be the id of a campaign")]);
  });
});
