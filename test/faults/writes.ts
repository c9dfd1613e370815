/** Every tool that writes, with arguments that work in the sandbox, and the request that carries them out. */
import { draft } from "../support/draft.ts";

export interface Write {
  tool: string;
  args: Record<string, unknown>;
  /** The request, and no other of the call. */
  line: RegExp;
  /** It stops sending, so it is repeated after a lost answer. */
  halts?: true;
}

const people = [{ email: "new.one@example.com", first_name: "New" }];
const step = { type: "EMAIL", versions: [{ message: "<p>One more</p>" }] };
const sundays = [{ days: ["SUNDAY"], from: "10:00", to: "11:00" }];

export const writes: readonly Write[] = [
  { tool: "create_campaign", args: draft, line: /^POST \S+\/campaigns$/ },
  { tool: "duplicate_campaign", args: { campaign_id: 2104 }, line: /^POST \S+\/campaigns$/ },
  { tool: "run_campaign", args: { campaign_id: 2102 }, line: /\/run$/ },
  { tool: "pause_campaign", args: { campaign_id: 2101 }, line: /\/pause$/, halts: true },
  { tool: "pause_all_campaigns", args: {}, line: /\/pause$/, halts: true },
  { tool: "stop_campaign", args: { campaign_id: 2101 }, line: /\/stop$/, halts: true },
  { tool: "make_campaign_editable", args: { campaign_id: 2102 }, line: /\/make_editable$/, halts: true },
  { tool: "delete_campaign", args: { campaign_id: 2102 }, line: /^DELETE \S+\/2102$/ },
  { tool: "update_campaign", args: { campaign_id: 2104, name: "Another" }, line: /^PATCH \S+\/2104$/ },
  {
    tool: "update_campaign",
    args: { campaign_id: 2104, bounce_shield: 7 },
    line: /^PUT \S+\/threshold$/,
  },
  {
    tool: "update_campaign_step",
    args: { campaign_id: 2104, step: 1, delivery_times: sundays },
    line: /^PATCH \S+\/steps\/[^/]+$/,
  },
  {
    tool: "update_step_version",
    args: { campaign_id: 2104, step: 1, version: "A", subject: "Another" },
    line: /^PATCH \S+\/versions\//,
  },
  { tool: "add_campaign_step", args: { campaign_id: 2104, step }, line: /^POST \S+\/steps$/ },
  { tool: "delete_campaign_step", args: { campaign_id: 2104, step: 2 }, line: /^DELETE \S+\/steps\// },
  { tool: "save_prospects", args: { prospects: people }, line: /^POST \S+\/add_prospects_list$/ },
  {
    tool: "save_prospects",
    args: { prospects: people, campaign_id: 2102 },
    line: /^POST \S+\/add_prospects_campaign$/,
  },
  {
    tool: "stop_prospects",
    args: { emails: ["sanne.maas@silberfracht.example"] },
    line: /^POST \S+\/add_prospects_campaign$/,
    halts: true,
  },
  {
    tool: "delete_prospects",
    args: { prospect_ids: [90_001], scope: "account" },
    line: /^DELETE \S+\/prospects\?/,
  },
];

export const nameOf = ({ tool, line }: Write) => `${tool}, ${line.source.replaceAll("\\", "")}`;
