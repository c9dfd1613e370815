/** People whose data looks broken and is right. */
import type { Loose } from "../../../src/values/loose.ts";
import type { Kind } from "./kind.ts";

const text =
  'Hi {{FIRST_NAME | "there"}} {{LAST_NAME | ""}}\n\n{{SNIPPET_1 | "We met in May."}} Who counts the stock of {{COMPANY | "your shop"}} in {{CITY | "town"}}, {{TITLE | "you"}} or somebody else?';

// biome-ignore format: a kind a line
const rows: [name: string, ...people: Loose[]][] = [
  ["a surname that means nothing", { first_name: "Jennifer", last_name: "Null" }, { first_name: "Ada", last_name: "Blank" }, { first_name: "Ian", last_name: "Test" }],
  ["first names that programs print", { first_name: "Nan", last_name: "Ek" }, { first_name: "Nil", last_name: "Aydın" }],
  ["particles before a surname", { first_name: "Jan", last_name: "van der Berg" }, { first_name: "Ana", last_name: "de la Cruz" }, { first_name: "Omar", last_name: "bin Saleh" }],
  ["apostrophes in surnames", { first_name: "Sean", last_name: "O'Brien" }, { first_name: "Lia", last_name: "D’Angelo" }, { first_name: "Kyle", last_name: "McDonald" }],
  ["one name only", { first_name: "Prince" }, { first_name: "Björk", last_name: "" }],
  ["initials", { first_name: "J.R.R.", last_name: "Moss" }, { first_name: "AJ", last_name: "Lee" }, { first_name: "D. J.", last_name: "Ng" }],
  ["degrees after a surname", { first_name: "Rita", last_name: "Moss, PhD" }, { first_name: "Tom", last_name: "Hale, Jr." }, { first_name: "Eva", last_name: "Weber, MBA" }],
  ["two first names", { first_name: "Anna-Lena", last_name: "Maier-Vorfelder" }, { first_name: "María José", last_name: "García Márquez" }],
  ["letters of other scripts", { first_name: "Олена", last_name: "Коваль" }, { first_name: "明", last_name: "李" }, { first_name: "Οδυσσέας", last_name: "Ελύτης" }, { first_name: "محمد", last_name: "سعيد" }],
  ["letters with signs", { first_name: "Łukasz", last_name: "Żółć" }, { first_name: "Nguyễn", last_name: "Thị Minh" }, { first_name: "Þór", last_name: "Ægisson" }],
  ["companies that begin with a number", { company: "1&1" }, { company: "3M" }, { company: "4 Hands" }, { company: "99 %" }],
  ["companies with signs", { company: "AT&T" }, { company: "Yahoo!" }, { company: "@Home Ltd" }, { company: "C/O Berlin" }, { company: "Toys \"R\" Us" }],
  ["companies in capitals", { company: "IKEA" }, { company: "LEGO GMBH" }, { company: "H.U.N.D." }],
  ["companies called like nothing", { company: "N/A Consulting" }, { company: "Unknown Worlds" }, { company: "None Of The Above Ltd" }, { company: "Test Valley Bakers" }],
  ["companies with a dot", { company: "Booking.com" }, { company: "monday.com" }, { company: "Dr. Oetker" }],
  ["titles with slashes and capitals", { title: "CEO/CTO" }, { title: "VP, Sales & Marketing (EMEA)" }, { title: "Geschäftsführer*in" }],
  ["places that look like words", { city: "Nan" }, { city: "Å" }, { city: "Y" }, { city: "'s-Hertogenbosch" }],
  ["openings that begin with sorry", { snippet1: "Sorry we could not meet at the fair in May, the halls were full." }, { snippet1: "Unfortunately your page on rye bread is not found by anybody yet." }],
  ["openings with prices and percent", { snippet1: "You ask 4.20 € for rye, 20 % more than last year." }, { snippet1: "+12% guests since May, says the Gazette." }, { snippet1: "- a café with no chairs, I like that." }],
  ["openings with an address", { snippet1: "I read https://northwind.example/a_b_c?x=1&y=2 twice." }, { snippet1: "You wrote \"we count by hand\" on your page." }],
  ["openings that name a tool", { snippet1: "You use Todoist for your shifts." }, { snippet1: "Your team is hiring a tester for SAP." }],
  ["an opening of two lines of HTML", { snippet1: "I saw your new shop.<br>And the queue." }],
  ["unusual but right addresses", { email: "anna+work@bakery.example" }, { email: "o'brien@bakery.example" }, { email: "a@b.museum" }, { email: "anna@mail.com" }, { email: "jo@gmx.net" }],
  ["addresses that begin like a role", { email: "sales.anna@bakery.example" }, { email: "post-moser@bakery.example" }, { email: "bouncer.tim@club.example" }, { email: "hr.weber@bakery.example" }],
  ["a field that is empty for all", { first_name: "", company: null }, { first_name: null }],
];

export const cleanPeople: Kind[] = rows.map(([name, ...people]) => ({
  name: `people: ${name}`,
  lang: "en",
  text,
  people: people.map((person, index) => ({
    id: 9_000 + index,
    email: `p${index}@firm${index}.example`,
    status: "ACTIVE",
    ...person,
  })),
}));
