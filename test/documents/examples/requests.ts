/**
 * The bodies of requests that the vendor's pages show, and the call that has to send just that. The sandbox, which was written
 * from the same pages by itself, has to take it.
 */
import type { Source } from "../errors/documented.ts";

export interface RequestExample {
  about: string;
  sources: readonly Source[];
  tool: string;
  args: object;
  /** {id} stands for the id of a step or a version. */
  request: string;
  /** Nothing: no body. {last} stands for the id of the last step. */
  body?: unknown;
  /** A call before it. */
  first?: readonly [tool: string, args: object];
}

const campaigns = "/rest/v2/campaigns";
const windows = { TUESDAY: [{ from: "09:15", to: "16:45" }] };
const times = [{ days: ["TUESDAY"], from: "09:15", to: "16:45" }];
const message = '<div>Hello {{FIRST_NAME | "there"}}</div><div><a href="{{UNSUBSCRIBE}}">leave</a></div>';
const version = { subject: 'Beans for {{COMPANY | "you"}}', message, signature: "SENDER", track_opens: true };
const follow = {
  subject: null,
  message: "<div>Still roasting?</div>",
  signature: "NO_SIGNATURE",
  track_opens: false,
};
const later = { message: follow.message, signature: follow.signature, track_opens: false };
const settings = {
  timezone: "Europe/Warsaw",
  prospect_timezone: true,
  daily_enroll: 37,
  gdpr_unsubscribe: true,
  list_unsubscribe: true,
};
const linkedin = (action: string, ...versions: object[]) => ({
  type: "LINKEDIN",
  body: { action_type: action, linkedin_account_id: 77, versions },
});

/** As get shows it and create takes it. */
const chain = {
  type: "START",
  followup: {
    type: "EMAIL",
    delivery_time: windows,
    body: { versions: [version, { ...version, subject: "Fewer sacks" }] },
    followup_after: { range: "DAY", value: 2 },
    followup: {
      ...linkedin("CONNECTION_REQUEST", { message: "" }),
      followup_after: { range: "HOUR", value: 30 },
      followup: { type: "EMAIL", delivery_time: windows, body: { versions: [follow] } },
    },
  },
};

const person = { email: "selma.lund@kaffebruket.example", first_name: "Selma", snippet1: "three machines" };
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

export const requestExamples: readonly RequestExample[] = [
  {
    about: "a whole campaign in the API's own form",
    sources: ["S1", "S4"],
    tool: "create_campaign",
    args: { name: "Roasters", email_account_ids: [501], settings, steps: chain },
    request: `POST ${campaigns}`,
    body: { name: "Roasters", email_account_ids: [501], settings, steps: chain },
  },
  {
    about: "the smallest campaign",
    sources: ["R"],
    tool: "create_campaign",
    args: {
      mailbox_ids: [501],
      settings: { timezone: "UTC", daily_enroll: 1 },
      delivery_times: times,
      steps: [{ type: "EMAIL", versions: [{ subject: "Hello", message }] }],
    },
    request: `POST ${campaigns}`,
    body: {
      email_account_ids: [501],
      settings: { timezone: "UTC", daily_enroll: 1 },
      steps: {
        type: "START",
        followup: {
          type: "EMAIL",
          delivery_time: windows,
          body: { versions: [{ subject: "Hello", message, signature: "SENDER", track_opens: false }] },
        },
      },
    },
  },
  {
    about: "LinkedIn steps alone, without a mailbox",
    sources: ["R", "O"],
    tool: "create_campaign",
    args: {
      name: "Visits",
      settings: { timezone: "UTC", daily_enroll: 5 },
      steps: [
        {
          type: "LINKEDIN",
          linkedin: { action: "VISIT_PROFILE", account_id: 77 },
          versions: [{ message: "" }],
        },
      ],
    },
    request: `POST ${campaigns}`,
    body: {
      name: "Visits",
      settings: { timezone: "UTC", daily_enroll: 5 },
      steps: { type: "START", followup: linkedin("VISIT_PROFILE", { message: "" }) },
    },
  },
  ...(["run", "pause", "stop", "make_editable"] as const).map((verb) => ({
    about: `${verb}, without a body`,
    sources: verb === "make_editable" ? (["R"] as const) : (["S0", "S1", "S2"] as const),
    tool: verb === "make_editable" ? "make_campaign_editable" : `${verb}_campaign`,
    args: { campaign_id: verb === "run" ? 2102 : 2101 },
    request: `POST ${campaigns}/${verb === "run" ? 2102 : 2101}/${verb}`,
  })),
  {
    about: "delete, without a body",
    sources: ["S1"],
    tool: "delete_campaign",
    args: { campaign_id: 2104 },
    request: `DELETE ${campaigns}/2104`,
  },
  {
    about: "what changes of a campaign",
    sources: ["R"],
    tool: "update_campaign",
    args: { campaign_id: 2104, name: "Roasters", mailbox_ids: [502], settings: { daily_enroll: 41 } },
    request: `PATCH ${campaigns}/2104`,
    body: { name: "Roasters", email_account_ids: [502], settings: { daily_enroll: 41 } },
  },
  {
    about: "a bounce shield",
    sources: ["R"],
    tool: "update_campaign",
    args: { campaign_id: 2104, bounce_shield: 12 },
    request: `PUT ${campaigns}/2104/bounce_shield/threshold`,
    body: { bounce_rate_threshold: 12 },
  },
  {
    about: "no bounce shield any more",
    sources: ["O"],
    first: ["update_campaign", { campaign_id: 2104, bounce_shield: 12 }],
    tool: "update_campaign",
    args: { campaign_id: 2104, bounce_shield: null },
    request: `DELETE ${campaigns}/2104/bounce_shield/threshold`,
  },
  {
    about: "one more step, behind the last one",
    sources: ["R"],
    tool: "add_campaign_step",
    args: { campaign_id: 2104, step: { type: "EMAIL", delivery_times: times, versions: [later] } },
    request: `POST ${campaigns}/2104/steps`,
    body: {
      parent_id: "{last}",
      step: { type: "EMAIL", delivery_time: windows, body: { versions: [follow] } },
    },
  },
  {
    about: "the whole week of a step",
    sources: ["R"],
    tool: "update_campaign_step",
    args: { campaign_id: 2104, step: 1, delivery_times: times },
    request: `PATCH ${campaigns}/2104/steps/{id}`,
    body: { delivery_time: windows },
  },
  {
    about: "a step less, without a body",
    sources: ["R"],
    tool: "delete_campaign_step",
    args: { campaign_id: 2104, step: 2 },
    request: `DELETE ${campaigns}/2104/steps/{id}`,
  },
  {
    about: "a version, with the fields that change",
    sources: ["R"],
    tool: "update_step_version",
    args: { campaign_id: 2104, step: 1, version: "A", subject: "Beans", signature: "NO_SIGNATURE" },
    request: `PATCH ${campaigns}/2104/steps/{id}/versions/{id}`,
    body: { subject: "Beans", signature: "NO_SIGNATURE" },
  },
  {
    about: "people for the account",
    sources: ["R"],
    tool: "save_prospects",
    args: { prospects: [person] },
    request: "POST /rest/v1/add_prospects_list",
    body: { prospects: [person] },
  },
  {
    about: "people for a campaign, changed where they are known",
    sources: ["R"],
    tool: "save_prospects",
    args: { campaign_id: 2104, update_existing: true, prospects: [person] },
    request: "POST /rest/v1/add_prospects_campaign",
    body: { campaign: { campaign_id: 2104 }, update: true, prospects: [person] },
  },
  {
    about: "people out of a campaign, in the address",
    sources: ["R"],
    tool: "delete_prospects",
    args: { prospect_ids: [90_037, 90_038], scope: "campaign", campaign_id: 2104 },
    request: "DELETE /rest/v1/prospects?id=90037,90038&campaigns_id=2104",
  },
  {
    about: "an answer to a message",
    sources: ["R", "O"],
    tool: "reply_to_prospect",
    args: {
      message_id: "40001",
      html: "<div>I will call.</div>",
      cc: ["a@northwind.example", "b@northwind.example"],
    },
    request: "POST /rest/v2/inbox/messages/40001/reply",
    body: {
      body: { html: "<div>I will call.</div>" },
      mailbox_id: 501,
      to: "lena.brandt@quarrystone-logistik.example",
      cc: "a@northwind.example, b@northwind.example",
      subject: "Re: Stock counts at Quarrystone Logistik",
      quote_original_message: true,
    },
  },
  {
    about: "a report of a period",
    sources: ["R"],
    tool: "get_campaign_statistics",
    args: { campaign_id: 2101, period: { from: day(6), to: day(0) } },
    request: "POST /rest/v2/reports/complete_statistics_for_each_level_of_campaign",
    body: { from: day(6), to: day(0) },
  },
  {
    about: "addresses for the blacklist",
    sources: ["R", "O"],
    tool: "stop_prospects",
    args: { emails: ["nobody@moulin.example"], block: true },
    request: "POST /rest/v2/blacklist/emails",
    body: { emails: ["nobody@moulin.example"] },
  },
  {
    about: "domains for the blacklist",
    sources: ["R", "O"],
    tool: "stop_prospects",
    args: { domains: ["moulin.example"], block: true },
    request: "POST /rest/v2/blacklist/domains",
    body: { domains: ["moulin.example"] },
  },
];
