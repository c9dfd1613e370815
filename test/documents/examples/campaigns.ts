/** The answers of the routes of campaigns, as the pages show them. */
import type { Example, Served } from "./example.ts";

const rows = [
  {
    id: 4711,
    name: "Roasters of the north",
    status: "RUNNING",
    created: "2026-03-05T09:12:44+0100",
    from_name: "Ines Duarte",
    from_names: ["Ines Duarte", "Theo Brandt"],
    gdpr_unsubscribe: true,
    from_email: "ines@northwind.example",
    from_emails: ["ines@northwind.example", "theo@northwind.example"],
    folder_name: "Autumn",
    folder_id: 86,
    per_day: 37,
    bcc: "crm@northwind.example",
    cc: "lead@northwind.example",
    error: "",
  },
  {
    id: 4712,
    name: "Cold storage",
    status: "COMPLETED",
    created: "2025-11-20T16:01:09+0100",
    from_name: "Ines Duarte",
    from_names: ["Ines Duarte"],
    gdpr_unsubscribe: false,
    from_email: "ines@northwind.example",
    from_emails: ["ines@northwind.example"],
    folder_name: "",
    folder_id: 0,
    per_day: 41,
    bcc: "",
    cc: "",
    error: "",
  },
];

const stats = {
  prospects: 812,
  queue: 133,
  sent: 1204,
  delivery: 1171,
  opened: 517,
  clicked: 58,
  replied: 94,
  autoreplied: 27,
  bounced: 33,
  invalid: 19,
  check: 23,
  optout: 12,
  interested: 31,
  maybe_later: 17,
  not_interested: 22,
  emails: [
    {
      subject: "A question about beans",
      msg: "<div>Hello</div>",
      timezone: "Europe/Oslo",
      use_prospect_timezone: false,
      monday: [{ from: 9, to: 16 }],
      track_open: true,
      track_click: false,
      follow_up: 3,
      number: 1,
      step: 1,
      emailSend: 798,
      toSend: 134,
      delivery: 776,
      open: 345,
      open_: "44.5%",
      reply: 61,
      reply_: "7.9%",
      invalid: 14,
      invalid_: "1.7%",
      bounce: 21,
      bounce_: "2.6%",
    },
  ],
};

const hash = (of: string) => of.repeat(64).slice(0, 64);

/** As the page of get shows it: keys of the chain in any order, null for the thread. */
const campaign = {
  id: 4711,
  name: "Roasters of the north",
  status: "PAUSED",
  email_account_ids: [501, 502],
  settings: {
    timezone: "Europe/Oslo",
    prospect_timezone: true,
    daily_enroll: 37,
    gdpr_unsubscribe: true,
    list_unsubscribe: true,
    open_disabled_list: ["outlook.com"],
    auto_pause_prospect_from_domain: true,
    catch_all_verification_mode: "MAXIMUM",
  },
  steps: {
    id: "0b6f4c1a-88d5-4a65-9e0c-5a10c1f5a001",
    type: "START",
    followup: {
      followup: {
        id: "0b6f4c1a-88d5-4a65-9e0c-5a10c1f5a003",
        type: "LINKEDIN",
        body: {
          action_type: "CONNECTION_REQUEST",
          linkedin_account_id: 77,
          versions: [{ id: hash("c3"), version: "A", message: "Glad to meet you" }],
        },
        followup: {
          id: "0b6f4c1a-88d5-4a65-9e0c-5a10c1f5a004",
          type: "EMAIL",
          delivery_time: { FRIDAY: [{ from: "10:05", to: "15:35" }] },
          body: {
            versions: [
              {
                id: hash("d4"),
                version: "A",
                subject: null,
                message: "<div>Still roasting?</div>",
                signature: "NO_SIGNATURE",
                track_opens: false,
              },
            ],
          },
          followup_after: { range: "DAY", value: 1 },
          followup: null,
        },
        followup_after: { range: "HOUR", value: 53 },
      },
      id: "0b6f4c1a-88d5-4a65-9e0c-5a10c1f5a002",
      type: "EMAIL",
      followup_after: { value: 4, range: "DAY" },
      delivery_time: {
        MONDAY: [
          { from: "08:10", to: "11:20" },
          { from: "13:40", to: "17:50" },
        ],
        SUNDAY: [{ from: "00:00", to: "00:00" }],
      },
      body: {
        versions: [
          {
            id: hash("a1"),
            version: "A",
            subject: 'Beans for {{COMPANY | "you"}}',
            message: '<div>{{SPINTAX | "Hi" | "Hello"}} {{FIRST_NAME | "there"}}</div><div><br /></div>',
            signature: "SENDER",
            track_opens: true,
          },
          {
            id: hash("b2"),
            version: "B",
            subject: "Fewer sacks",
            message: '<div><a href="{{UNSUBSCRIBE}}">leave</a></div>',
            signature: "NO_SIGNATURE",
            track_opens: false,
          },
        ],
      },
    },
  },
};

/** What the chain and its windows mean is asked of test/model; here, that nothing of it is lost. */
const ofChain = ["id", "type", "range"];

const list = "GET /rest/v1/campaign_list";
const one = "GET /rest/v2/campaigns/4711";
const full = { campaign_id: 4711, include: "content" };
const shield = (percent: number | null): Served => ({
  request: `${one}/bounce_shield/threshold`,
  body: { bounce_rate_threshold: percent },
});

export const campaignExamples: readonly Example[] = [
  {
    about: "the list of campaigns",
    sources: ["S3"],
    request: list,
    body: rows,
    tool: "list_campaigns",
    untold: ["from_name", "from_email", "error"],
  },
  {
    about: "no campaign that fits",
    sources: ["S3"],
    request: list,
    status: 204,
    tool: "list_campaigns",
  },
  {
    about: "the counters of one campaign",
    sources: ["S3", "R"],
    request: list,
    body: [{ ...rows[0], stats }],
    tool: "get_campaign_statistics",
    args: { campaign_id: 4711 },
    untold: [
      ...["created", "from_name", "from_names", "from_email", "from_emails", "gdpr_unsubscribe"],
      ...["folder_name", "folder_id", "per_day", "bcc", "cc", "error"],
      ...["subject", "msg", "timezone", "use_prospect_timezone", "monday", "track_open", "track_click"],
      ...["follow_up", "number", "open_", "reply_", "invalid_", "bounce_", "from", "to"],
    ],
  },
  {
    about: "a campaign, with both kinds of steps",
    sources: ["S4"],
    request: one,
    body: campaign,
    beside: [shield(7), { request: list, body: [rows[0]] }],
    tool: "get_campaign",
    args: full,
    untold: ofChain,
  },
  {
    about: "a campaign that bounce shield paused",
    sources: ["R", "O"],
    request: one,
    body: { ...campaign, bounce_shield_autopaused_at: "2026-10-02T11:45:10.000Z" },
    beside: [shield(7), { request: list, body: [rows[0]] }],
    tool: "get_campaign",
    args: full,
    untold: ofChain,
  },
];
