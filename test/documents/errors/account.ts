/** The errors of the routes of people, mailboxes, inbox, tasks, reports, blacklist and clients, with the documented bodies. */
import {
  asProblem,
  badKey,
  busy,
  type Endpoint,
  failure,
  noAddon,
  ofV1,
  ofV2,
  unknownPath,
  v1,
} from "./documented.ts";

const prospects = "/rest/v1/prospects";
const person = (n: number) => [{ email: `jean+${n}@moulin.example`, first_name: "Jean" }];
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
/** A message of the sandbox whose sender may be answered. */
export const ANSWERED = "40001";

/** An import without rows: nobody was looked at. */
const ofImport = (path: string) => [
  ...ofV1(path, "-"),
  v1(400, "E_REQUIRED_ELEMENT", "Element prospects is required.", "R"),
  v1(400, "E_RECORD_NOT_FOUND", "Campaign does not exist.", "R"),
  v1(400, "E_EMAIL", "invalid email", "R"),
  // The code may come in an answer that is otherwise fine.
  v1(200, "E_INV_STATUS", "None of the requested prospects were added", "R"),
];

export const accountEndpoints = {
  people: {
    tool: "search_prospects",
    args: () => ({}),
    request: `GET ${prospects}`,
    errors: [v1(400, "E_WRONG_PARAM", "Wrong param [search]=second_name", "O"), ...ofV1(prospects, "-")],
  },
  save_people: {
    tool: "save_prospects",
    args: (n) => ({ prospects: person(n) }),
    request: "POST /rest/v1/add_prospects_list",
    errors: ofImport("/rest/v1/add_prospects_list"),
  },
  enrol: {
    tool: "save_prospects",
    args: (n) => ({ campaign_id: 2104, prospects: person(n) }),
    request: "POST /rest/v1/add_prospects_campaign",
    errors: ofImport("/rest/v1/add_prospects_campaign"),
  },
  delete_people: {
    tool: "delete_prospects",
    args: () => ({ prospect_ids: [90_037], scope: "account" }),
    request: `DELETE ${prospects}`,
    errors: ofV1(prospects, "-"),
  },
  responses: {
    tool: "list_replies",
    args: () => ({ prospect_id: 90_002 }),
    request: "GET /rest/v2/prospects/90002/responses",
    errors: [unknownPath, ...ofV2("prospect responses")],
  },
  mailboxes: {
    tool: "list_mailboxes",
    args: () => ({}),
    request: "GET /rest/v2/mailboxes",
    errors: [...noAddon, ...ofV2("get mailboxes")],
  },
  linkedin: {
    tool: "list_linkedin_accounts",
    args: () => ({}),
    request: "GET /rest/v2/linkedin_accounts",
    errors: [
      asProblem(400, "Bad Request", "Value of status is incorrect.", ["-"]),
      ...ofV2("linkedin accounts"),
    ],
  },
  inbox: {
    tool: "list_replies",
    args: () => ({}),
    request: "GET /rest/v2/inbox/messages",
    errors: [
      asProblem(400, "Bad Request", "Value of per_page is incorrect.", ["-"]),
      ...ofV2("inbox messages"),
    ],
  },
  reply: {
    tool: "reply_to_prospect",
    args: (n) => ({ message_id: ANSWERED, text: `Thank you, I will call at ${n}.` }),
    request: `POST /rest/v2/inbox/messages/${ANSWERED}/reply`,
    errors: [
      asProblem(400, "Bad Request", "Recipient email if provided must be valid email address", ["R"]),
      unknownPath,
      badKey("R"),
      busy,
      ...failure("reply", "-"),
    ],
  },
  tasks: {
    tool: "list_tasks",
    args: () => ({}),
    request: "GET /rest/v2/manual_tasks",
    errors: [asProblem(400, "Bad Request", "Value of limit is incorrect.", ["-"]), ...ofV2("manual tasks")],
  },
  order_report: {
    tool: "get_campaign_statistics",
    args: () => ({ campaign_id: 2101, period: { from: day(6), to: day(0) } }),
    request: "POST /rest/v2/reports/complete_statistics_for_each_level_of_campaign",
    errors: [
      asProblem(400, "Bad Request", "Reports can be generated from the last 30 days", ["O"]),
      ...ofV2("report"),
    ],
  },
  fetch_report: {
    tool: "get_campaign_statistics",
    args: () => ({ campaign_id: 2101, period: { from: day(6), to: day(0) } }),
    request: "GET /rest/v2/reports/{id}",
    errors: [unknownPath, ...ofV2("report")],
  },
  block_addresses: {
    tool: "stop_prospects",
    args: () => ({ emails: ["nobody@moulin.example"], block: true }),
    request: "POST /rest/v2/blacklist/emails",
    partly: true,
    errors: [asProblem(400, "Bad Request", "Value of emails is incorrect.", ["-"]), ...ofV2("blacklist")],
  },
  block_domains: {
    tool: "stop_prospects",
    args: () => ({ domains: ["moulin.example"], block: true }),
    request: "POST /rest/v2/blacklist/domains",
    partly: true,
    errors: [asProblem(400, "Bad Request", "Value of domains is incorrect.", ["-"]), ...ofV2("blacklist")],
  },
  pause_people: {
    tool: "stop_prospects",
    args: () => ({ prospect_ids: [90_037] }),
    request: "POST /rest/v1/add_prospects_campaign",
    partly: true,
    errors: ofV1("/rest/v1/add_prospects_campaign", "-"),
  },
  companies: {
    tool: "list_companies",
    args: () => ({}),
    request: "GET /rest/v2/agency/companies",
    agency: true,
    errors: [asProblem(403, "Forbidden", "No Agency addon", ["O"]), ...ofV2("companies")],
  },
} satisfies Record<string, Endpoint>;
