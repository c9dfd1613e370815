/** What was changed through this server, from its own journal, and how each is taken back as things stand now. */

import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import type { Kept } from "../memory/changes.ts";
import type { Change } from "../memory/journal.ts";
import { readDate } from "../model/dates.ts";
import { campaignId, whole } from "../values/fields.ts";
import { readAs } from "../values/lenient.ts";
import { momentOf } from "../values/moment.ts";
import { sinceFaults } from "./support/period.ts";
import { changesText, fittingChanges, type ShownChange, shownChange } from "./support/shown-changes.ts";
import { standingNow } from "./support/standing-now.ts";
import { wayBack } from "./support/way-back.ts";

export const listRecentChanges = operation({
  name: "list_recent_changes",
  title: "List recent changes",
  effect: "read",
  toolset: "accounts",
  description:
    "What this server changed in the Woodpecker account, newest first: who, values before and after, and the calls that take it back. Look here before repeating a write whose answer was lost.",
  input: {
    limit: whole(1, 100).default(25).describe("Most changes of one answer."),
    campaign_id: campaignId.optional().describe("Only changes of this campaign."),
    since: readAs(z.string().max(40).optional().describe("Only since this day or time."), readDate),
  },
  output: {
    changes: z.array(shownChange).describe("The changes."),
    total: z.number().describe("How many are known, 1,000 at most."),
  },
  rules: ({ since }) => (since === undefined ? [] : sinceFaults(since, Date.now())),
  async run({ limit, campaign_id, since }, api, _prepared, { recent, changes: values, imports }) {
    const from = since === undefined ? 0 : momentOf(since);
    const all = await recent();
    const wanted = all.filter(
      (change) =>
        Date.parse(change.time) >= from && (campaign_id === undefined || isAbout(change, campaign_id)),
    );
    const page = wanted.slice(0, limit);
    const kept = await values.find(page.map(({ change_id }) => change_id));
    const now = standingNow(api);
    const shown: ShownChange[] = [];
    for (const change of page) {
      const known = kept.get(change.change_id);
      const newer = newerThan(change, all);
      const { undo, note } = await wayBack({ change, kept: known, newer, now, imports });
      shown.push(shownFrom(change, known, undo, note));
    }
    return { changes: fittingChanges(shown), total: wanted.length };
  },
  text: ({ changes, total }) => changesText(changes, total),
});

const isAbout = ({ campaign_id, campaigns = [] }: Change, id: number) =>
  campaign_id === id || campaigns.includes(id);

/** @param all newest first */
function newerThan({ change_id, campaign_id }: Change, all: readonly Change[]): Set<string> {
  const later = all.slice(
    0,
    all.findIndex((one) => one.change_id === change_id),
  );
  return new Set(later.filter((one) => one.campaign_id === campaign_id).flatMap(({ fields = [] }) => fields));
}

function shownFrom(
  { fields = [], campaigns, client, person, was: _was, undo: _undo, ...change }: Change,
  kept: Kept | undefined,
  undo: ShownChange["undo"],
  note: string | undefined,
): ShownChange {
  const names = new Map(kept?.campaigns?.map((one) => [one.campaign_id, one.name]));
  const known = kept?.edits.map(({ what, before, after }) => ({ what, before, after })) ?? [];
  return {
    ...change,
    by: { ...(client && { client }), ...(person && { person }) },
    ...(kept?.campaign && { campaign: kept.campaign }),
    ...(!kept?.campaign && change.campaign_id !== undefined && { campaign: { id: change.campaign_id } }),
    ...(campaigns && {
      campaigns: campaigns.map((id) => ({ campaign_id: id, ...(names.get(id) && { name: names.get(id) }) })),
    }),
    changes: known.length > 0 ? known : fields.map((what) => ({ what })),
    undo,
    ...(note && { note }),
  };
}
