/** The answers of the routes of people, mailboxes, inbox, tasks, reports, blacklist and clients, as the pages show them. */
import type { Example } from "./example.ts";

const prospect = {
  id: 1_004_926_252,
  email: "selma.lund@kaffebruket.example",
  first_name: "Selma",
  last_name: "Lund",
  company: "Kaffebruket",
  industry: "Coffee",
  website: "kaffebruket.example",
  linkedin_url: "https://linkedin.example/in/selma",
  tags: "#roaster #oslo",
  title: "Buyer",
  phone: "+47 22 33 44 55",
  address: "Torggata 9",
  city: "Oslo",
  state: "Viken",
  country: "Norway",
  last_contacted: "2026-09-14T10:22:00+0200",
  last_replied: "2026-09-15T08:01:00+0200",
  updated: "2026-09-16T12:00:00+0200",
  snippet1: "three machines",
  snippet15: "since 1987",
  snippet_labels: { snippet1: "Machines" },
  status: "REPLIED",
};
const details = [
  {
    campaign_id: 4711,
    campaign_name: "Roasters of the north",
    campaign_status: "RUNNING",
    campaign_prospect_status: "REPLIED",
    interest_level: { level: "INTERESTED", ai_detected: true },
    campaign_email: "ines@northwind.example",
  },
];

const smtp = {
  id: 511,
  type: "SMTP",
  details: {
    email: "ines@northwind.example",
    from_name: "Ines Duarte",
    provider: "GOOGLE",
    login: "ines@northwind.example",
    server: "smtp.gmail.example",
    port: 465,
    error: "Connected conditionally.",
    imap_id: 611,
    daily_limit: 73,
    sent_today: 29,
    frequency_from: 61_000,
    frequency_to: 117_000,
    bcc_crm: "crm@northwind.example",
    signature: "<p>Ines</p>",
    open_url: "t.northwind.example",
    click_url: "c.northwind.example",
    unsubscribe_url: "u.northwind.example",
    freeze_account: [{ from: "2026-12-23T00:00:00+0100", to: "2026-12-27T00:00:00+0100" }],
    in_slot: true,
    warmup_data: { status: "RUNNING" },
  },
};
const imap = {
  id: 611,
  type: "IMAP",
  details: {
    email: "ines@northwind.example",
    provider: "GOOGLE",
    login: "ines@northwind.example",
    server: "imap.gmail.example",
    port: 993,
    private: false,
  },
};

const inbox = {
  content: [
    {
      id: "aGVsbG8-881",
      prospect_id: 1_004_926_252,
      subject: "Re: Beans",
      body: { html: "<div>Please call me on <b>Friday</b>.</div>" },
      stamp: "2026-09-15T08:01:00+0200",
      read: false,
      campaigns: [{ id: 4711, name: "Roasters of the north" }],
    },
  ],
  pagination: { previous_page_cursor: null, next_page_cursor: "Y3Vyc29yLTI=" },
};

const EVERY_FIELD = [
  ...["industry", "website", "linkedin_url", "tags", "title", "phone", "address", "city", "state", "country"],
  ...["snippet1", "snippet15", "last_contacted", "last_replied", "updated"],
];

const report = "complete_statistics_for_each_level_of_campaign";
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

export const accountExamples: readonly Example[] = [
  {
    about: "people of the account",
    sources: ["R"],
    request: "GET /rest/v1/prospects",
    headers: { "x-total-count": "947" },
    body: [prospect],
    tool: "search_prospects",
    args: { include: EVERY_FIELD },
    untold: ["snippet_labels"],
  },
  {
    about: "people with the campaigns that they are in",
    sources: ["R"],
    request: "GET /rest/v1/prospects",
    headers: { "x-total-count": "1" },
    body: [{ id: 4, email: "ada@wool.example", status: "ACTIVE", campaigns_details: details }],
    tool: "search_prospects",
    args: { campaign_id: 4711 },
    untold: ["ai_detected", "campaign_email", "campaign_name", "campaign_status"],
  },
  {
    about: "nobody who fits",
    sources: ["R"],
    request: "GET /rest/v1/prospects",
    body: { message: "There are no prospects matching the given criteria." },
    tool: "search_prospects",
    untold: ["message"],
  },
  {
    about: "the mailboxes of both kinds",
    sources: ["R"],
    request: "GET /rest/v2/mailboxes",
    body: [smtp, imap],
    tool: "list_mailboxes",
    args: { type: "ALL" },
    untold: [
      ...["login", "server", "port", "private", "bcc_crm", "signature", "open_url", "click_url"],
      // A freeze is told while it lasts, the pauses as what they leave of a day.
      ...["unsubscribe_url", "imap_id", "frequency_from", "frequency_to", "from", "to"],
    ],
  },
  {
    about: "LinkedIn accounts",
    sources: ["R"],
    request: "GET /rest/v2/linkedin_accounts",
    body: {
      linkedin_accounts: [
        {
          id: 771,
          username: null,
          session_status: "WAITING_FOR_CONNECTION",
          full_name: "Theo Brandt",
          linkedin_url: "https://linkedin.example/in/theo",
          level: "SALES_NAVIGATOR",
        },
      ],
    },
    tool: "list_linkedin_accounts",
  },
  {
    about: "messages of the inbox",
    sources: ["R"],
    request: "GET /rest/v2/inbox/messages",
    body: inbox,
    beside: [{ request: "GET /rest/v1/prospects", body: [prospect] }],
    tool: "list_replies",
    as: { html: ["Please call me on Friday."] },
  },
  {
    about: "the replies of one person",
    sources: ["R"],
    request: "GET /rest/v2/prospects/{id}/responses",
    body: {
      prospect_id: 1_004_926_252,
      email: "selma.lund@kaffebruket.example",
      responses: [
        {
          response_id: 5521,
          campaign_id: 4711,
          step: 2,
          campaign_email_sent: "ines@northwind.example",
          subject: "Re: Beans",
          message: "<div>Please call me on <b>Friday</b>.</div>",
          delivered: "2026-09-15T08:01:00",
          secondary_prospect_email: "selma@private.example",
        },
      ],
    },
    beside: [{ request: "GET /rest/v1/prospects", body: [prospect] }],
    tool: "list_replies",
    args: { prospect_id: 1_004_926_252 },
    untold: ["step", "campaign_email_sent", "secondary_prospect_email"],
    as: { message: ["Please call me on Friday."] },
  },
  {
    about: "manual tasks",
    sources: ["R"],
    request: "GET /rest/v2/manual_tasks",
    body: [
      {
        prospect: { id: 91, email: "ada@wool.example", first_name: "Ada", last_name: "Moe", company: "Wool" },
        campaign: {
          campaign_id: 4711,
          campaign_name: "Roasters of the north",
          sent_from_emails: ["ines@northwind.example"],
        },
        task: {
          type: "CALL",
          name: "Call about the grinder",
          message: "Ask for the night shift",
          due_date: "2026-12-01T09:30:00.000+0200",
        },
      },
    ],
    tool: "list_tasks",
    untold: ["sent_from_emails"],
    as: { due_date: ["2026-12-01T07:30:00.000Z"] },
  },
  {
    about: "a report that is ready",
    sources: ["R", "O"],
    request: "GET /rest/v2/reports/{id}",
    body: {
      status: "READY",
      report: {
        description: "Complete statistics",
        data: [
          {
            id: 2101,
            step: 1,
            version: "B",
            sent: 611,
            bounced: 23,
            bounce_rate: 3.76,
            opened: 307,
            opened_rate: 52.2,
            clicked: 44,
            opt_out: 13,
            opt_out_rate: 2.2,
            delivered: 588,
            responded: 71,
            responded_rate: 12.1,
            interested_yes: 26,
            interested_maybe: 15,
            interested_no: 18,
          },
        ],
      },
    },
    beside: [{ request: `POST /rest/v2/reports/${report}`, body: { hash: "f1e2d3" } }],
    tool: "get_campaign_statistics",
    args: { campaign_id: 2101, period: { from: day(6), to: day(0) } },
    untold: [
      ...["status", "description", "bounce_rate", "opened_rate", "opt_out_rate", "responded_rate"],
      ...["interested_maybe", "interested_no"],
    ],
  },
  {
    about: "the clients of an agency",
    sources: ["R"],
    request: "GET /rest/v2/agency/companies",
    body: {
      content: [
        {
          id: 7301,
          name: "Fjord Roasters",
          active: true,
          owner: "owner@fjord.example",
          running_campaigns: 6,
          email_slots: 12,
          linkedin_slots: 2,
        },
      ],
      pagination_data: { total_elements: 1, total_pages: 1, current_page_number: 1, page_size: 50 },
    },
    tool: "list_companies",
    agency: true,
    untold: [
      ...["owner", "running_campaigns", "email_slots", "linkedin_slots"],
      ...["total_elements", "total_pages", "current_page_number", "page_size"],
    ],
  },
];
