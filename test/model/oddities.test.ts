/** What is odd about one value of a person, and what only looks so. */
import { describe, expect, it } from "vitest";
import { oddities } from "../../src/model/oddities.ts";

/** kind → field → values, apart by a semicolon. */
const odd: Record<string, Record<string, string>> = {
  nothing: {
    first_name:
      "null; N/A; n.a.; undefined; unknown; -; ?; test; NA; k.A.; brak; inconnu; невідомо; 不明; NONE",
    last_name: "null; NULL; n/a; keine Angabe",
    company: "#N/A; #REF!; not found; No data available; xxx; (null); nie dotyczy",
    snippet1: "TBD; TODO; none; N/A",
    country: "unknown",
  },
  refusal: {
    snippet1:
      "I'm sorry, but I can't help with that request.; As an AI language model, I do not browse.; I couldn't find any information about Harrow.; Es tut mir leid, aber ich kann dabei nicht helfen.; No information available for this company; Unfortunately, there is not enough context here; Przykro mi, ale nie mogę pomóc.",
  },
  field: {
    first_name: "{{first_name}}; {name}; *|FNAME|*; %name%; [First Name]; <name>",
    snippet2: "saw {{company}} grow",
  },
  formula: {
    first_name: '=HYPERLINK("https://x.example","Anna"); =A2',
    company: "=CONCAT(A1,B1); +SUM(1,2); @SUM(A1)",
  },
  damaged: { first_name: "JÃ¼rgen; AndrÃ©; MichaÅ‚; J?rgen; J\uFFFDrgen", company: "CafÃ© Nord; GrÃ¶ÃŸe" },
  capitals: {
    first_name: "ANNA; anna; dAVID; ANNA-MARIA; jean pierre; ЮРІЙ",
    last_name: "MOSER; moser; mOSER",
  },
  reversed: { first_name: "Moser, Anna", last_name: "Moser, Anna Maria" },
  not_a_name: {
    first_name: "Anna (HR); anna@harrow.example; Anna | CEO; Anna 🚀; 12345; info; www.harrow.example",
  },
  code: {
    company: "Harrow&amp;Sons; [object Object]; <b>Harrow</b>",
    snippet1: "one\\nTwo; **bold** words",
  },
  line_break: { snippet3: "two\nlines" },
  role_address: {
    email: "info@harrow.example; sales@harrow.example; biuro@harrow.example; info-de@harrow.example",
  },
  no_reply: { email: "no-reply@harrow.example; noreply@harrow.example; donotreply@harrow.example" },
  address_typo: {
    email: "anna@gmial.com; anna@gmail.con; anna@hotmial.com; anna@harrow.con; anna@outlok.com; anna@gmx.d",
  },
};

const sound: Record<string, string> = {
  first_name:
    "Anna; Jean-Pierre; Anna Maria; Þóra; Łukasz; Юрій; 太郎; O'Neil; J.R.; AJ; DeShawn; Na; Nil Ann; José; Mary-Ann; Testa; Åsa; Ürün",
  last_name:
    "Null; Test; von Berg; d'Angelo; de Vries; McDonald; deGrasse; Na; Smith, Jr.; Müller-Lüdenscheidt; 佐藤; Шевченко; Nonesuch; Ångström; Šćepanović",
  company:
    "IBM; SAP; 3M; harrow; Harrow & Sons; Nonesuch Ltd; Test Valley Brewing; Smith, Jones and Co.; [solidcore]; Yahoo!; AT&T; e.on; Café Größe; Unknown Pleasures",
  title: "CEO; VP, Sales; Head of R&D (EMEA)",
  phone: "+49 30 1234567; (030) 123",
  snippet1:
    "saw your talk – 20% more in 2024; Sorry to hear about the fire in May.; the N/A rows; I can't help smiling at it",
  email:
    "anna@harrow.example; info.anna@harrow.example; o.neil@mail.com; a@ymail.com; b@gmx.com; c@gmail.co.example; d@firm.co; hanna.office@harrow.example",
  country: "NA; Namibia",
  state: "NA",
};
const split = (values: string) => values.split("; ");

describe("an odd value", () => {
  const rows = Object.entries(odd).flatMap(([kind, fields]) =>
    Object.entries(fields).flatMap(([field, values]) =>
      split(values).map((value) => [kind, field, value] as const),
    ),
  );
  it.each(rows)("is known as %s in %s: %s", (kind, field, value) => {
    expect(oddities(field, value).map((one) => one.kind)).toEqual([kind]);
  });

  it("says what an address was meant to be", () => {
    expect(oddities("email", "Anna@gmial.com")).toEqual([{ kind: "address_typo", meant: "anna@gmail.com" }]);
    expect(oddities("email", "a@harrow.con")[0]?.meant).toBe("a@harrow.com");
  });
});

describe("a sound value", () => {
  it.each(
    Object.entries(sound).flatMap(([field, values]) => split(values).map((value) => [field, value] as const)),
  )("is left alone in %s: %s", (field, value) => {
    expect(oddities(field, value)).toEqual([]);
  });

  it("may be missing, or no text", () => {
    for (const value of [undefined, null, "", "  ", 7, {}, ["x"]])
      expect(oddities("first_name", value)).toEqual([]);
  });
});
