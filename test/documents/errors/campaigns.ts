/** The errors of the routes of campaigns and their steps, with the documented bodies. */
import { draft } from "../../support/draft.ts";
import {
  badData,
  badId,
  badKey,
  busy,
  type Endpoint,
  either,
  failure,
  noAddon,
  noCampaign,
  noFeature,
  notFit,
  ofV1,
  ofV2,
  unknownPath,
  unsupported,
  v1,
} from "./documented.ts";

const campaigns = "/rest/v2/campaigns";
const list = "/rest/v1/campaign_list";
const of = (campaign_id: number) => () => ({ campaign_id });
const step = (n: number) => ({ type: "EMAIL", versions: [{ message: `<p>Still there? ${n}</p>` }] });
const otherHours = (n: number) => [{ days: ["MONDAY"], from: "09:00", to: `1${n % 9}:30` }];

/** Every edit: the page shows one error of it, and says that it needs DRAFT or EDITED. */
const edit = (call: string) => [
  ...badData("R"),
  badId("-"),
  ...noCampaign("R"),
  ...notFit("-"),
  ...unsupported("-"),
  ...ofV2(call),
];

export const campaignEndpoints = {
  create: {
    tool: "create_campaign",
    args: (n) => ({ ...draft, name: `Bakeries ${n}` }),
    request: `POST ${campaigns}`,
    errors: [
      ...badData("S1"),
      badKey("-"),
      ...noAddon,
      ...noFeature("S1"),
      ...notFit("S1"),
      busy,
      ...failure("create campaign", "S1"),
    ],
  },
  get: {
    tool: "get_campaign",
    args: of(2102),
    request: `GET ${campaigns}/2102`,
    errors: [badKey("S4"), ...noCampaign("S1", "S4"), busy, ...failure("get campaign", "S1", "S4")],
  },
  list: {
    tool: "list_campaigns",
    args: () => ({}),
    request: `GET ${list}`,
    errors: [v1(400, "E_WRONG_PARAM", "Wrong param [status]=active", "S3"), ...ofV1(list, "S3")],
  },
  statistics: {
    tool: "get_campaign_statistics",
    args: of(2101),
    request: `GET ${list}`,
    errors: ofV1(list, "S3"),
  },
  report_of_all: {
    tool: "get_account_report",
    args: () => ({}),
    request: `GET ${list}`,
    errors: ofV1(list, "S3"),
  },
  run: {
    tool: "run_campaign",
    args: of(2102),
    request: `POST ${campaigns}/2102/run`,
    errors: [
      badId("S0"),
      badKey("S0"),
      ...noFeature("S0", "S1"),
      ...noCampaign("S0", "S1"),
      ...notFit("S0", "S1"),
      ...unsupported("S0"),
      busy,
      ...failure("run campaign", "S0", "S1"),
    ],
  },
  pause: {
    tool: "pause_campaign",
    args: of(2101),
    request: `POST ${campaigns}/2101/pause`,
    errors: [
      badId("S2"),
      badKey("S2"),
      ...noCampaign("S1", "S2"),
      busy,
      ...failure("pause campaign", "S1", "S2"),
    ],
  },
  stop: {
    tool: "stop_campaign",
    args: of(2101),
    request: `POST ${campaigns}/2101/stop`,
    errors: [badId("-"), badKey("-"), ...noCampaign("S1"), busy, ...failure("stop campaign", "S1")],
  },
  make_editable: {
    tool: "make_campaign_editable",
    args: of(2102),
    request: `POST ${campaigns}/2102/make_editable`,
    errors: [badId("-"), ...noCampaign("-"), ...notFit("-"), ...unsupported("-"), ...ofV2("make editable")],
  },
  delete: {
    tool: "delete_campaign",
    args: of(2104),
    request: `DELETE ${campaigns}/2104`,
    errors: [
      badKey("R"),
      ...noCampaign("S1"),
      ...either(409, "CAMPAIGN_RELATED_TO_ACTIVE_WORKFLOW", "Campaign related to active workflow", "S1"),
      busy,
      ...failure("delete campaign", "S1"),
    ],
  },
  update: {
    tool: "update_campaign",
    args: (n) => ({ campaign_id: 2104, name: `Other ${n}` }),
    request: `PATCH ${campaigns}/2104`,
    errors: edit("update campaign"),
  },
  set_shield: {
    tool: "update_campaign",
    args: (n) => ({ campaign_id: 2104, bounce_shield: 1 + (n % 90) }),
    request: `PUT ${campaigns}/2104/bounce_shield/threshold`,
    errors: [...badData("-"), ...noCampaign("-"), ...ofV2("bounce shield")],
  },
  clear_shield: {
    tool: "update_campaign",
    first: ["update_campaign", { campaign_id: 2104, bounce_shield: 9 }],
    args: () => ({ campaign_id: 2104, bounce_shield: null }),
    request: `DELETE ${campaigns}/2104/bounce_shield/threshold`,
    errors: [...noCampaign("-"), ...ofV2("bounce shield")],
  },
  add_step: {
    tool: "add_campaign_step",
    args: (n) => ({ campaign_id: 2104, step: step(n) }),
    request: `POST ${campaigns}/2104/steps`,
    errors: edit("add step"),
  },
  update_step: {
    tool: "update_campaign_step",
    args: (n) => ({ campaign_id: 2104, step: 1, delivery_times: otherHours(n) }),
    request: `PATCH ${campaigns}/2104/steps/{id}`,
    errors: [unknownPath, ...edit("update step")],
  },
  delete_step: {
    tool: "delete_campaign_step",
    args: () => ({ campaign_id: 2104, step: 2 }),
    request: `DELETE ${campaigns}/2104/steps/{id}`,
    errors: [unknownPath, ...edit("delete step")],
  },
  update_version: {
    tool: "update_step_version",
    args: (n) => ({ campaign_id: 2104, step: 1, version: "A", subject: `Flour ${n}` }),
    request: `PATCH ${campaigns}/2104/steps/{id}/versions/{id}`,
    errors: [unknownPath, ...edit("update version")],
  },
} satisfies Record<string, Endpoint>;
