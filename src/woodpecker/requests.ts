/**
 * Every write that Woodpecker can be asked for: path and body for Woodpecker, and what they mean for whoever has to judge
 * a request before it leaves.
 */
import { deliveryTimesFrom, type WindowsByDay } from "../model/delivery.ts";
import { asNumber, type Loose, present } from "../values/loose.ts";
import { reply } from "./reply-request.ts";
import type { Method } from "./request.ts";

export type WriteMethod = Exclude<Method, "GET">;

type WriteKind =
  | "create"
  | "run"
  /** Ends the sending of a campaign, or to people in it. */
  | "halt"
  | "edit"
  | "delete"
  | "save_people"
  | "delete_people"
  | "reply"
  | "report";

/** What an edit sets, by the names that tools have for it; ids of the step and the version, where it is about one. */
export interface Edit {
  step?: string;
  version?: string;
  fields: Loose;
}

export interface WriteRequest {
  kind: WriteKind;
  method: WriteMethod;
  path: string;
  body?: unknown;
  /** The campaign it concerns. */
  campaign?: number | undefined;
  /** What the campaign would send from, and how many opening e-mails a day, where the request says so. */
  mailboxes?: readonly number[] | undefined;
  dailyEnroll?: number | undefined;
  /** How many people it saves. */
  people?: number | undefined;
  /** It makes a campaign e-mail people without a run of its own. */
  sends?: boolean | undefined;
  /** Campaigns, besides the one it concerns, in which it changes people. */
  alsoIn?: readonly number[] | undefined;
  /** What it sets, where that can be set back. */
  edit?: Edit;
}

/** Its two lists. */
export type Blacklist = "domains" | "emails";

interface CampaignFields {
  name?: string | undefined;
  mailboxes?: readonly number[] | undefined;
  settings?: Loose | undefined;
}

interface NewCampaign extends CampaignFields {
  /** The nested chain of treeFromList. */
  steps: Loose;
}

export interface Import {
  prospects: readonly Loose[];
  campaignId?: number | undefined;
  update: boolean;
  /** The campaign e-mails whoever is enrolled. */
  sends?: boolean;
  /** Other campaigns in which these people are. */
  alsoIn?: readonly number[];
}

const campaigns = "/rest/v2/campaigns";
const shield = "/bounce_shield/threshold";
const stepPath = (step: string) => `/steps/${encodeURIComponent(step)}`;

/** The vendor's limit for the URL of a delete; ids are sent in as many requests as that takes. */
const MAX_URL = 4_100;

export const requests = {
  create: ({ steps, ...fields }: NewCampaign): WriteRequest => ({
    kind: "create",
    method: "POST",
    path: campaigns,
    ...withFields(fields, { steps }),
  }),
  run: (campaign: number) => control("run", campaign, "run"),
  pause: (campaign: number) => control("halt", campaign, "pause"),
  stop: (campaign: number) => control("halt", campaign, "stop"),
  makeEditable: (campaign: number) => control("halt", campaign, "make_editable"),
  delete: (campaign: number): WriteRequest => ({
    kind: "delete",
    method: "DELETE",
    path: `${campaigns}/${campaign}`,
    campaign,
  }),
  update: (campaign: number, fields: CampaignFields) =>
    edit("PATCH", campaign, "", { ...withFields(fields), edit: { fields: editedFields(fields) } }),
  /** Sets the share of bounces, in percent, that pauses a campaign; null clears it. */
  setBounceShield: (campaign: number, percent: number | null) =>
    edit(percent === null ? "DELETE" : "PUT", campaign, shield, {
      ...(percent !== null && { body: { bounce_rate_threshold: percent } }),
      edit: { fields: { bounce_shield: percent } },
    }),
  addStep: (campaign: number, after: string, step: Loose) =>
    edit("POST", campaign, "/steps", { body: { parent_id: after, step } }),
  setWindows: (campaign: number, step: string, windows: WindowsByDay) =>
    edit("PATCH", campaign, stepPath(step), {
      body: { delivery_time: windows },
      edit: { step, fields: { delivery_times: deliveryTimesFrom(windows) } },
    }),
  deleteStep: (campaign: number, step: string) => edit("DELETE", campaign, stepPath(step)),
  updateVersion: (campaign: number, step: string, version: string, change: Loose) =>
    edit("PATCH", campaign, `${stepPath(step)}/versions/${encodeURIComponent(version)}`, {
      body: change,
      edit: { step, version, fields: change },
    }),
  /** `force`, which writes to people who replied, bounced or opted out, is not offered. */
  saveProspects({ prospects, campaignId, update, sends, alsoIn }: Import): WriteRequest {
    const target = campaignId === undefined ? {} : { campaign: { campaign_id: campaignId } };
    return {
      kind: "save_people",
      method: "POST",
      path: campaignId === undefined ? "/rest/v1/add_prospects_list" : "/rest/v1/add_prospects_campaign",
      body: { ...target, ...(update && { update: true }), prospects },
      campaign: campaignId,
      people: prospects.length,
      sends,
      alsoIn,
    };
  },
  /** The route that pauses people in a campaign also enrols: only for those who are in it. */
  pausePeople: (campaign: number, emails: readonly string[]): WriteRequest => ({
    kind: "halt",
    method: "POST",
    path: "/rest/v1/add_prospects_campaign",
    body: {
      campaign: { campaign_id: campaign },
      update: true,
      prospects: emails.map((email) => ({ email, status: "PAUSED" })),
    },
    campaign,
  }),
  block: (kind: Blacklist, entries: readonly string[]): WriteRequest => ({
    kind: "halt",
    method: "POST",
    path: `/rest/v2/blacklist/${kind}`,
    body: { [kind]: entries },
  }),
  /**
   * @param campaigns to take them out of; none: the whole account
   * @returns as many requests as it takes, each with the ids in it
   */
  deleteProspects(
    ids: readonly number[],
    campaigns: readonly number[],
  ): { ids: number[]; request: WriteRequest }[] {
    const [campaign, ...alsoIn] = campaigns;
    const scope = campaign === undefined ? "" : `&campaigns_id=${campaigns.join(",")}`;
    return partsWithin(ids, MAX_URL - 200 - scope.length, (id) => `${id},`.length).map((part) => ({
      ids: part,
      request: {
        kind: "delete_people",
        method: "DELETE",
        path: `/rest/v1/prospects?id=${part.join(",")}${scope}`,
        campaign,
        alsoIn,
      },
    }));
  },
  reply,
  report: (period: { from: string; to: string }): WriteRequest => ({
    kind: "report",
    method: "POST",
    path: "/rest/v2/reports/complete_statistics_for_each_level_of_campaign",
    body: period,
  }),
};

export const campaignPath = (id: number) => `${campaigns}/${id}`;
export const bounceShieldPath = (id: number) => `${campaigns}/${id}${shield}`;

/** @param within below the path of the campaign */
const edit = (
  method: WriteMethod,
  campaign: number,
  within: string,
  more: Pick<WriteRequest, "body" | "edit" | "mailboxes" | "dailyEnroll"> = {},
): WriteRequest => ({ kind: "edit", method, path: `${campaigns}/${campaign}${within}`, campaign, ...more });

const control = (kind: WriteKind, campaign: number, verb: string): WriteRequest => ({
  kind,
  method: "POST",
  path: `${campaigns}/${campaign}/${verb}`,
  campaign,
});

const withFields = ({ name, mailboxes, settings }: CampaignFields, more: Loose = {}) => ({
  body: present({ name, email_account_ids: mailboxes, settings, ...more }),
  mailboxes,
  dailyEnroll: asNumber(settings?.daily_enroll),
});

const editedFields = ({ name, mailboxes, settings = {} }: CampaignFields): Loose => ({
  ...present({ name, mailbox_ids: mailboxes }),
  ...Object.fromEntries(Object.entries(settings).map(([field, value]) => [`settings.${field}`, value])),
});

/** In parts whose lengths add up to no more than this, of no more than so many. */
export function partsWithin<T>(
  all: readonly T[],
  room: number,
  lengthOf: (one: T) => number,
  most = Number.POSITIVE_INFINITY,
): T[][] {
  const parts: T[][] = [];
  let left = 0;
  for (const one of all) {
    const length = lengthOf(one);
    const last = parts.at(-1);
    if (last && last.length < most && length <= left) last.push(one);
    else {
      parts.push([one]);
      left = room;
    }
    left -= length;
  }
  return parts;
}
