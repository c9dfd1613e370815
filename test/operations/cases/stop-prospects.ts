import type { Case } from "../../support/case.ts";

const look = (query: string) => `GET /rest/v1/prospects?${query}`;
const PAUSE = "POST /rest/v1/add_prospects_campaign";

export const cases: Case[] = [
  {
    says: "Stop writing to Sanne Maas, at once.",
    arguments: { emails: ["sanne.maas@silberfracht.example"] },
    upstream: [
      look("search=email%3Dsanne.maas%40silberfracht.example&per_page=120&campaigns_details=true"),
      PAUSE,
      look("id=90011&campaigns_details=true"),
    ],
    result: {
      outcome: "done",
      stopped: [{ email: "sanne.maas@silberfracht.example", campaigns: [2101] }],
      unknown: [],
      undo: "save_prospects with update_existing, their addresses, status ACTIVE and campaign_id 2101 lets e-mails go on; a person is asked first.",
    },
    words: ["Stopped 1 person: sanne.maas@silberfracht.example in 2101", "To take it back: save_prospects"],
  },
  {
    says: "Nobody at example.com gets another e-mail of the warehouse campaign.",
    arguments: { domains: ["example.com"], campaign_ids: [2101] },
    upstream: [
      look("search=email%3Dexample.com&per_page=1000&campaigns_id=2101&campaigns_details=true"),
      PAUSE,
      look("id=90016%2C90017&campaigns_details=true"),
    ],
    result: {
      outcome: "done",
      stopped: [
        { email: "dario.moretti@example.com", campaigns: [2101] },
        { email: "fenna.dekker@example.com", campaigns: [2101] },
      ],
    },
    words: ["Stopped 2 people"],
  },
  {
    says: "Stop Einar Solberg and somebody called Nobody.",
    arguments: { prospect_ids: [90_025], emails: ["nobody@nowhere.example"] },
    upstream: [
      look("search=email%3Dnobody%40nowhere.example&per_page=120&campaigns_details=true"),
      look("id=90025&campaigns_details=true"),
    ],
    result: {
      outcome: "already",
      stopped: [],
      already: ["einar.solberg@example.com"],
      unknown: ["nobody@nowhere.example"],
    },
    words: ["Nobody had to be stopped", "Not in the account: nobody@nowhere.example"],
  },
  {
    says: "A competitor is on our lists. Nobody of palettenring.example, ever again; and not at gmail.com either.",
    arguments: { domains: ["palettenring.example", "gmail.com"], block: true },
    upstream: [
      look("search=email%3Dpalettenring.example&per_page=1000&campaigns_details=true"),
      look("search=email%3Dgmail.com&per_page=1000&campaigns_details=true"),
      "GET /rest/v2/mailboxes",
      "POST /rest/v2/blacklist/domains",
      "GET /rest/v2/blacklist/domains?page=0&per_page=100&domain_filter=palettenring.example",
    ],
    result: {
      outcome: "partial",
      stopped: [],
      blocked: ["palettenring.example"],
      not_blocked: [{ entry: "gmail.com" }],
      already: ["henrik.falk@palettenring.example"],
    },
    words: ["On the blacklist: palettenring.example", "Not blocked: gmail.com: it is a public mail provider"],
  },
];
