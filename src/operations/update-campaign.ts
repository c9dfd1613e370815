/** Changes the name, the settings, the mailboxes or the bounce shield of a campaign. */
import { operation } from "../calls/operation.ts";
import { isUnclear } from "../calls/readback.ts";
import { campaignName, mailboxIds } from "../model/campaign.ts";
import { acceptSettings, settings } from "../model/settings.ts";
import { withoutServerFields } from "../model/tree.ts";
import { canonical } from "../values/canonical.ts";
import { campaignId, whole } from "../values/fields.ts";
import { visible } from "../values/foreign.ts";
import { publishedAs } from "../values/json-schema.ts";
import { type Loose, present } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { readBounceShield, readCampaign } from "../woodpecker/campaigns.ts";
import { reasonOf } from "../woodpecker/meanings.ts";
import { requests } from "../woodpecker/requests.ts";
import { afterEdit, edited, editedText, readEditable } from "./support/editing.ts";

/** null is an order here: it clears the threshold. */
const bounceShield = publishedAs(whole(1, 99).nullable(), {
  type: "integer",
  minimum: 1,
  maximum: 99,
  description: "Percent of bounces that pauses the campaign; null clears it.",
});

const someSettings = settings.partial().describe("Settings to change; the others stay.");

export const updateCampaign = operation({
  name: "update_campaign",
  title: "Update campaign",
  effect: "change",
  toolset: "campaigns",
  description:
    "Change the name, mailboxes, settings or bounce shield of a Woodpecker campaign; what is not given stays. Needs DRAFT or EDITED (make_campaign_editable).",
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    name: campaignName.optional(),
    mailbox_ids: mailboxIds.optional().describe("Mailboxes in place of all that it has."),
    settings: someSettings.optional(),
    bounce_shield: bounceShield.optional(),
  },
  output: edited,
  accept: acceptSettings,
  rules: ({ name, mailbox_ids, settings: given, bounce_shield }) =>
    name === undefined &&
    mailbox_ids === undefined &&
    bounce_shield === undefined &&
    Object.keys(given ?? {}).length === 0
      ? [{ path: [], message: "need at least one of name, mailbox_ids, settings, bounce_shield" }]
      : [],
  prepare: ({ campaign_id }, api) => readEditable(api, campaign_id),
  diagnose: ({ name, mailbox_ids, settings: given }, campaign) => ({
    draft: {
      name: name ?? campaign.name,
      mailbox_ids: mailbox_ids ?? campaign.mailbox_ids,
      settings: { ...campaign.settings, ...given },
      steps: withoutServerFields(campaign.steps),
    },
    only: [
      ...(mailbox_ids ? ["mailbox_ids"] : []),
      ...(given ? ["settings"] : []),
      ...(name ? ["name"] : []),
    ],
  }),
  async run({ campaign_id, name, mailbox_ids, settings: given = {}, bounce_shield }, api, campaign) {
    const fields = Object.keys(given).map((field) => `settings.${field}`);
    const changed = [...(name ? ["name"] : []), ...(mailbox_ids ? ["mailbox_ids"] : []), ...fields];
    if (changed.length > 0) {
      const settings = fields.length > 0 ? given : undefined;
      await api.send(requests.update(campaign_id, { name, mailboxes: mailbox_ids, settings }));
    }
    if (bounce_shield !== undefined) {
      try {
        await api.send(requests.setBounceShield(campaign_id, bounce_shield));
      } catch (error) {
        const reason = changed.length > 0 && !isUnclear(error) ? reasonOf(error) : undefined;
        if (!reason) throw error;
        throw new Refusal(
          `Update campaign: the bounce shield was not changed (${reason}).`,
          "call update_campaign again with bounce_shield only.",
          `Changed before that: ${changed.join(", ")}.`,
        );
      }
      changed.push(bounce_shield === null ? "bounce_shield (cleared)" : "bounce_shield");
    }
    return { outcome: "done" as const, changed, ...afterEdit(campaign) };
  },
  readBack: true,
  async verify({ campaign_id, name, mailbox_ids, settings: given = {}, bounce_shield }, api, campaign) {
    const onlyShield = name === undefined && mailbox_ids === undefined && Object.keys(given).length === 0;
    const now = onlyShield ? campaign : await readCampaign(api, campaign_id);
    const shield = bounce_shield === undefined ? undefined : await readBounceShield(api, campaign_id);
    const sent: Loose = present({ name: name && visible(name), mailbox_ids, ...given, bounce_shield });
    const found: Loose = {
      ...now.settings,
      name: now.name,
      mailbox_ids: now.mailbox_ids,
      bounce_shield: shield,
    };
    const missing = Object.keys(sent).filter((field) => canonical(found[field]) !== canonical(sent[field]));
    const was: Loose = { ...campaign.settings, name: campaign.name, mailbox_ids: campaign.mailbox_ids };
    const old = missing.filter(
      (field) => field === "bounce_shield" || canonical(found[field]) === canonical(was[field]),
    );
    if (old.length > 0) return { seen: `Reading back shows the old ${old.join(", ")}.` };
    if (missing.length > 0)
      return { seen: `Reading back shows another ${missing.join(", ")} than was sent.`, other: true };
    return { output: { outcome: "done" as const, changed: Object.keys(sent), ...afterEdit(campaign) } };
  },
  text: editedText,
});
