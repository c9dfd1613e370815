/** A good e-mail, and something around it that a person should know before it leaves: mailboxes, other campaigns, people, holidays. */
import type { Parts } from "../../../src/preflight/dossier.ts";
import { mailboxFrom } from "../../../src/woodpecker/mailboxes.ts";
import { now } from "../account.ts";
import { faulty, type Kind } from "./kind.ts";

const text = "Hi there,\n\nwho counts your stock at the end of the month, and how long does it take?";
const first = "mailbox_ids[0]";

const mailbox = (details: object): Parts => ({
  mailboxes: {
    value: [
      mailboxFrom({
        id: 501,
        type: "SMTP",
        details: {
          email: "m501@northwind.example",
          in_slot: true,
          daily_limit: 100,
          frequency_from: 60_000,
          frequency_to: 120_000,
          signature: "<div>Nora</div>",
          ...details,
        },
      }),
    ],
  },
});

const from = (days: number) => new Date(now + days * 86_400_000).toISOString();
const running = (...rows: [id: number, name: string, daily_enroll: number][]): Parts => ({
  running: {
    value: rows.map(([id, name, daily_enroll]) => ({
      id,
      name,
      daily_enroll,
      status: "RUNNING",
      from_names: [],
      from_emails: ["m501@northwind.example"],
    })),
  },
});
const person = (email: string) => ({ id: 9_100, email, first_name: "Anna", status: "ACTIVE" });

export const accounts: Kind[] = [
  ...faulty("mailbox_warm_up", [
    [
      "a warm-up that was stopped",
      "en",
      text,
      { path: first, parts: mailbox({ warmup_data: { status: "PAUSED" } }) },
    ],
    [
      "a warm-up that is off",
      "de",
      "Guten Tag,\n\nwer zählt bei Ihnen die Bestände, und wie lange dauert das?",
      { path: first, parts: mailbox({ warmup_data: { status: "DISABLED" } }) },
    ],
  ]),
  ...faulty("mailbox_frozen", [
    [
      "a freeze that begins next week",
      "en",
      text,
      { path: first, parts: mailbox({ freeze_account: [{ from: from(7), to: from(12) }] }) },
    ],
    [
      "a freeze without an end",
      "en",
      text,
      { path: first, parts: mailbox({ freeze_account: [{ from: from(-1) }] }) },
    ],
  ]),
  ...faulty("mailbox_shared", [
    [
      "another campaign with the same mailbox",
      "en",
      text,
      { path: "mailbox_ids", parts: running([2104, "Spring", 20]) },
    ],
  ]),
  ...faulty("daily_enroll_above_limits", [
    [
      "five campaigns with the same mailbox",
      "en",
      text,
      {
        path: "settings.daily_enroll",
        parts: running([1, "A", 20], [2, "B", 20], [3, "C", 20], [4, "D", 20], [5, "E", 20]),
      },
    ],
  ]),
  ...faulty("public_holidays", [
    [
      "e-mails on a holiday in ten days",
      "en",
      text,
      {
        path: "delivery_times",
        parts: {
          holidays: {
            value: { country: "Germany", days: [{ date: "2026-04-03", name: "Good Friday", total: 20 }] },
          },
        },
      },
    ],
  ]),
  ...faulty("odd_addresses", [
    [
      "an address that several read",
      "en",
      text,
      { path: "prospects", people: [person("info@bakery.example")] },
    ],
    ["a provider that is misspelt", "en", text, { path: "prospects", people: [person("anna@gmial.com")] }],
    [
      "an address that nobody reads",
      "en",
      text,
      { path: "prospects", people: [person("no-reply@bakery.example")] },
    ],
  ]),
  ...faulty("timezone_elsewhere", [
    [
      "people on the other side of the world",
      "en",
      text,
      {
        path: "settings.timezone",
        people: [
          { ...person("a@bakery.example"), country: "United States" },
          { ...person("b@bakery.example"), country: "Japan" },
          person("c@bakery.example"),
        ],
      },
    ],
    [
      "people whose addresses are from elsewhere",
      "ja",
      "佐藤様\n\n月末の在庫確認は、どなたがご担当でしょうか。",
      { path: "settings.timezone", people: [person("a@bakery.jp"), person("b@bakery.co.jp")] },
    ],
  ]),
  ...faulty("prospects_set_aside", [
    [
      "people whose data is not complete",
      "en",
      text,
      {
        path: "prospects",
        people: [{ ...person("a@bakery.example"), status: "TO-CHECK" }, person("b@bakery.example")],
      },
    ],
  ]),
];

/** The same, in order. */
export const calmAccounts: Kind[] = [
  { name: "a warm-up that runs", lang: "en", text, parts: mailbox({ warmup_data: { status: "RUNNING" } }) },
  {
    name: "a warm-up that is done",
    lang: "en",
    text,
    parts: mailbox({ warmup_data: { status: "COMPLETED" } }),
  },
  { name: "a warm-up that nobody tells", lang: "en", text, parts: mailbox({ warmup_data: null }) },
  {
    name: "a freeze that is over",
    lang: "en",
    text,
    parts: mailbox({ freeze_account: [{ from: from(-9), to: from(-2) }] }),
  },
  {
    name: "a freeze of next quarter",
    lang: "en",
    text,
    parts: mailbox({ freeze_account: [{ from: from(80), to: from(90) }] }),
  },
  { name: "a mailbox without a limit", lang: "en", text, parts: mailbox({ daily_limit: null }) },
  {
    name: "people next door, by their own names",
    lang: "en",
    text,
    people: [
      { ...person("a@b.example"), country: "Polska" },
      { ...person("b@b.example"), country: "Österreich" },
      { ...person("c@b.example"), country: "UK" },
    ],
  },
  {
    name: "one of three people is far away",
    lang: "en",
    text,
    people: [{ ...person("a@b.example"), country: "Australia" }, person("b@b.de"), person("c@b.fr")],
  },
  {
    name: "endings that anybody uses",
    lang: "en",
    text,
    people: [person("a@b.io"), person("b@b.ai"), person("c@b.tv"), person("d@b.com")],
  },
  {
    name: "zones of their own",
    lang: "en",
    text,
    people: [{ ...person("a@b.example"), country: "Japan" }],
    more: {
      settings: {
        timezone: "Europe/Berlin",
        daily_enroll: 30,
        list_unsubscribe: true,
        prospect_timezone: true,
      },
    },
  },
  {
    name: "no holiday among the days",
    lang: "en",
    text,
    parts: { holidays: { value: { country: "Germany", days: [] } } },
  },
];
