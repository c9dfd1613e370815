/** Five lists as people have them, each with what is wrong with it. All names are made up. */
import type { Data } from "../../support/answer.ts";
import type { Session } from "../../support/session.ts";

/** The people whom Woodpecker got. */
export const saved = (session: Session): Data[] =>
  session.sandbox.writes().flatMap(({ body }) => (body as Data).prospects);

interface Believable {
  csv: string;
  added: number;
  rejected: number;
  /** Fields of somebody in it, as Woodpecker gets them. */
  somebody: Record<string, string>;
  /** Stand in the answer. */
  says: string[];
}

const lines = (rows: (readonly string[])[], sign: string) =>
  rows
    .map((cells) =>
      cells
        .map((cell) =>
          /["\r\n]/.test(cell) || cell.includes(sign) ? `"${cell.replaceAll('"', '""')}"` : cell,
        )
        .join(sign),
    )
    .join("\r\n");

const first = ["Jürgen", "Käthe", "Björn", "Sören", "Zoë", "Anaïs", "Łucja", "Marie"];
const last = ["Groß", "Müller", "Østergård", "Yıldız", "Weiß", "Fabre", "Nowak", "Dupont"];
const nth = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** What badges were scanned into: a title line, a salutation, capitals, e-mails with a blank behind them. */
const badges: Believable = {
  csv: lines(
    [
      ["Besucherliste Halle 4, 2026", "", "", "", "", "", ""],
      ["Anrede", "Vorname", "Name", "Firma", "Funktion", "E-Mail-Adresse", "Gespräch"],
      ...Array.from({ length: 24 }, (_, at) => [
        at % 2 ? "Frau" : "Herr",
        at === 3 ? "JÜRGEN" : nth(["Jürgen", "Käthe", "Björn", "Sören"], at),
        nth(["Groß", "Müller", "Weiß", "Böhm"], at),
        `Bäckerei ${at} GmbH & Co. KG`,
        nth(["Geschäftsführer", "Einkauf"], at),
        at === 5 ? "kein Mailkontakt" : `gast${at}@baeckerei${at}.example `,
        at === 1 ? "möchte Muster;\nruft im März an" : "war am Stand",
      ]),
    ],
    ";",
  ),
  added: 23,
  rejected: 1,
  somebody: {
    first_name: "Käthe",
    last_name: "Müller",
    company: "Bäckerei 1 GmbH & Co. KG",
    title: "Einkauf",
    snippet2: "möchte Muster;<br>ruft im März an",
  },
  says: ['"Gespräch" is snippet2', "odd capitals in row 4", "row 6 kein Mailkontakt: email must be"],
};

/** LinkedIn's own export of connections: notes before the header, few addresses. */
const connections: Believable = {
  csv: `Notes:\r\n"When exporting your connection data, you may notice that some of the email addresses are missing."\r\n\r\n${lines(
    [
      ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"],
      ...Array.from({ length: 20 }, (_, at) => [
        nth(first, at),
        at === 7 ? "Dupont, PhD" : nth(last, at),
        `https://www.linkedin.com/in/person-${at}`,
        at % 10 === 9 ? "" : `person${at}@firm${at}.example`,
        `Firm ${at}, Inc.`,
        "Head of Supply Chain",
        "12 Mar 2026",
      ]),
    ],
    ",",
  )}\r\n`,
  added: 18,
  rejected: 2,
  somebody: {
    first_name: "Zoë",
    linkedin_url: "https://www.linkedin.com/in/person-4",
    company: "Firm 4, Inc.",
    snippet1: "12 Mar 2026",
  },
  says: ["row 10 without an address: email is required", '"Connected On" is snippet1'],
};

const own = Array.from({ length: 26 }, (_, at) => `Custom ${at + 1}`);
/** Forty columns, most of which nobody needs; the second e-mail column is empty. */
const crm: Believable = {
  csv: lines(
    [
      [
        "Record ID",
        "First Name",
        "Last Name",
        "Email",
        "Work email",
        "Job Title",
        "Company Name",
        "Company Domain Name",
        "Phone Number",
        "Mobile Phone Number",
        "City",
        "State/Region",
        "Country/Region",
        "Lead Status",
        ...own,
      ],
      ...Array.from({ length: 60 }, (_, at) => [
        String(1_000_000 + at),
        nth(first, at),
        nth(last, at),
        `lead${at}@crm${at}.example`,
        "",
        "Buyer",
        `Crm ${at}`,
        `crm${at}.example`,
        `+43 1 ${at}`,
        "",
        "Wien",
        "W",
        "AT",
        nth(["Open", "Working"], at),
        ...own.map((name) => `${name} of ${at}`),
      ]),
    ],
    ",",
  ),
  added: 60,
  rejected: 0,
  somebody: {
    first_name: "Käthe",
    website: "crm1.example",
    title: "Buyer",
    snippet1: "1000001",
    snippet2: "Working",
    snippet15: "Custom 13 of 1",
  },
  says: ["these columns were left out", '"Custom 14"', '"Lead Status" is snippet2'],
};

/** Copied out of a sheet into the chat: tabs, the name in one cell, blanks that nobody sees. */
const pasted: Believable = {
  csv: lines(
    [
      ["Name", "Mail", "Company"],
      ["Anna Moser", "anna.moser@bergladen.example", "Bergladen"],
      ["Nowak, Piotr", "piotr@sklep.example\u00a0", "Sklep"],
      ["Maria del Carmen Ruiz", "\u200bmaria@tienda.example", "Tienda\u00a0del Sur"],
      ["Cher", "Cher <cher@music.example>", "Music"],
      ["Anna Moser", "anna.moser@bergladen.example", "Bergladen"],
    ],
    "\t",
  ),
  added: 4,
  rejected: 0,
  somebody: { first_name: "Piotr", last_name: "Nowak", email: "piotr@sklep.example" },
  says: ["row 4: the name is one word", "row 1 is the same person as a later row"],
};

const spoilt: Record<number, string> = {
  10: "",
  20: "nobody",
  30: "a@b",
  40: "x@@y.example",
  50: "one@a.example, two@b.example",
  60: "#N/A",
  70: "name@",
  80: "anna moser@a.example",
};
/** A list that a sheet computed: formulas, words for nothing, eight addresses that are none. */
const computed: Believable = {
  csv: lines(
    [
      ["email", "first_name", "company", "icebreaker"],
      ...Array.from({ length: 120 }, (_, index) => {
        const at = index + 1;
        return [
          spoilt[at] ?? `p${at}@list${at}.example`,
          at === 2 ? "null" : nth(first, at),
          at === 3 ? "=VLOOKUP(A3,Sheet2!A:B,2)" : `List ${at}`,
          at === 4
            ? "As an AI language model, I cannot find information about this company."
            : "Saw your new shop.",
        ];
      }),
    ],
    ",",
  ),
  added: 112,
  rejected: 8,
  somebody: { email: "p5@list5.example", company: "List 5", snippet1: "Saw your new shop." },
  says: [
    "row 10 without an address",
    "row 80 anna moser@a.example",
    "a formula of a spreadsheet in a value in row 3",
    "an answer of a language model in place of a value in row 4",
    "a word in place of a value in row 2",
  ],
};

export const believable: Record<string, Believable> = {
  "badges of a trade fair": badges,
  "connections of LinkedIn": connections,
  "a CRM with forty columns": crm,
  "a sheet pasted into the chat": pasted,
  "a list that a sheet computed": computed,
};
