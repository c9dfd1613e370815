/**
 * What stands between a campaign and its file: the differences as people read them, what no call can change, and the
 * calls that change the rest, in an order in which a failure loses nothing: what Woodpecker may refuse comes first.
 */
import { inFormOf } from "../../model/settings.ts";
import { canonical } from "../../values/canonical.ts";
import { visible } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";
import type { Mailbox } from "../../woodpecker/mailboxes.ts";
import { type Difference, nothing, type Plan, shown } from "./changes.ts";
import type { CampaignFile } from "./format.ts";
import { stepsPlan } from "./plan-steps.ts";

/** The file with addresses resolved to ids and windows on each step. */
export interface Wanted extends Omit<CampaignFile, "mailboxes" | "delivery_times"> {
  mailbox_ids?: number[];
}

export interface Live {
  campaign: Campaign;
  /** Not read where the file does not speak of it. */
  bounceShield?: number | null;
  mailboxes: readonly Mailbox[];
}

export function planFor(live: Live, wanted: Wanted): Plan {
  const general = generalPlan(live, wanted);
  const steps = wanted.steps ? stepsPlan(live.campaign, wanted.steps) : nothing();
  const callsOf = (tool: string) => steps.calls.filter((call) => call.tool === tool);
  return {
    changes: [...general.changes, ...steps.changes],
    impossible: steps.impossible,
    calls: [
      ...callsOf("delete_campaign_step"),
      ...general.calls,
      ...callsOf("add_campaign_step"),
      ...callsOf("update_campaign_step"),
      ...callsOf("update_step_version"),
    ],
  };
}

// Name, mailboxes, settings, bounce shield

function generalPlan({ campaign, bounceShield, mailboxes }: Live, wanted: Wanted): Plan {
  const changes: Difference[] = [];
  const args: Loose = {};
  if (wanted.name !== undefined && visible(wanted.name) !== campaign.name) {
    changes.push({ where: "name", before: campaign.name, after: wanted.name });
    args.name = wanted.name;
  }
  if (wanted.mailbox_ids && !sameSet(wanted.mailbox_ids, campaign.mailbox_ids)) {
    const named = (ids: readonly number[]) =>
      ids.map((id) => `${id} ${mailboxes.find((box) => box.id === id)?.email ?? ""}`.trim()).join("\n");
    changes.push({
      where: "mailboxes",
      before: named(campaign.mailbox_ids),
      after: named(wanted.mailbox_ids),
    });
    args.mailbox_ids = wanted.mailbox_ids;
  }
  const settings: Loose = {};
  for (const [field, value] of Object.entries(inFormOf(campaign.settings, wanted.settings ?? {}))) {
    const now = campaign.settings[field];
    if (value === undefined || sameSetting(now, value)) continue;
    settings[field] = value;
    changes.push({ where: `settings.${field}`, before: shown(now), after: shown(value) });
  }
  if (Object.keys(settings).length > 0) args.settings = settings;
  if (wanted.bounce_shield !== undefined && wanted.bounce_shield !== (bounceShield ?? null)) {
    const percent = (value: number | null | undefined) => (value ? `${value} %` : "off");
    changes.push({
      where: "bounce_shield",
      before: percent(bounceShield),
      after: percent(wanted.bounce_shield),
    });
    args.bounce_shield = wanted.bounce_shield;
  }
  // The shield has a request of its own, so it is a call of its own: each call is one request.
  const { bounce_shield, ...rest } = args;
  const call = (changed: Loose, what: string) => ({
    tool: "update_campaign",
    args: { campaign_id: campaign.id, ...changed },
    what: `change ${what}`,
  });
  const fields = changes.map(({ where }) => where).filter((where) => where !== "bounce_shield");
  const calls = [
    ...(fields.length > 0 ? [call(rest, fields.join(", "))] : []),
    ...(bounce_shield === undefined ? [] : [call({ bounce_shield }, "the bounce shield")]),
  ];
  return { changes, impossible: [], calls };
}

const sameSet = (a: readonly unknown[], b: readonly unknown[]) =>
  canonical([...a].sort()) === canonical([...b].sort());

const sameSetting = (now: unknown, value: unknown) =>
  Array.isArray(value) && (Array.isArray(now) || now === null || now === undefined)
    ? sameSet(now ?? [], value)
    : canonical(now ?? false) === canonical(value);
