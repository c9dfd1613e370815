/** Changes the name, the settings, the mailboxes or the bounce shield of a campaign. */
import { operation } from "../calls/operation.ts";
import { isUnclear } from "../calls/readback.ts";
import { campaignName, mailboxIds } from "../model/campaign.ts";
import {
  acceptSettings,
  hasListForm,
  inFormOf,
  isUndocumentedForm,
  settings,
  UNDOCUMENTED_FORM,
} from "../model/settings.ts";
import { withoutServerFields } from "../model/tree.ts";
import { canonical } from "../values/canonical.ts";
import { faultIf } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import { visible } from "../values/foreign.ts";
import { publishedAs } from "../values/json-schema.ts";
import { type Loose, present } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { type Campaign, readBounceShield, readCampaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { reasonOf } from "../woodpecker/reason.ts";
import { requests } from "../woodpecker/requests.ts";
import { type Change, differences, foreseenChanges } from "./support/changed.ts";
import { editDone, edited, editedAlready, editedText, readEditable } from "./support/editing.ts";

/** null is an order here: it clears the threshold. */
const bounceShield = publishedAs(whole(1, 99).nullable(), {
  type: "integer",
  minimum: 1,
  maximum: 99,
  description: "Bounces in percent; null clears.",
});

const someSettings = settings.partial().describe("Those to change.");

export const updateCampaign = operation({
  name: "update_campaign",
  title: "Update campaign",
  effect: "change",
  toolset: "campaigns",
  description:
    "Change the name, mailboxes, settings or bounce shield of a Woodpecker campaign; what is not given stays. Needs DRAFT or EDITED.",
  look: "get_campaign shows how it stands",
  input: {
    campaign_id: campaignId,
    name: campaignName.optional(),
    mailbox_ids: mailboxIds.optional().describe("In place of all it has."),
    settings: someSettings.optional(),
    bounce_shield: bounceShield.optional(),
  },
  output: edited,
  accept: acceptSettings,
  rules: ({ name, mailbox_ids, settings: given, bounce_shield }) =>
    faultIf(
      [name, mailbox_ids, bounce_shield].every((one) => one === undefined) &&
        Object.keys(given ?? {}).length === 0,
      [],
      "need at least one of name, mailbox_ids, settings, bounce_shield",
    ),
  async prepare({ campaign_id, bounce_shield }, api): Promise<Shielded> {
    const campaign = await readEditable(api, campaign_id);
    return bounce_shield === undefined ? campaign : { ...campaign, ...(await shieldNow(api, campaign_id)) };
  },
  before: (campaign) => campaign,
  foresee: ({ name, mailbox_ids, settings: given = {}, bounce_shield }, campaign) =>
    foreseenChanges([
      ...fieldsChanged(campaign, { name, mailbox_ids, settings: given }),
      ...(bounce_shield === undefined ? [] : shieldChanged(campaign, bounce_shield)),
    ]),
  diagnose: ({ name, mailbox_ids, settings: given }, campaign) => ({
    draft: {
      name: name ?? campaign.name,
      mailbox_ids: mailbox_ids ?? campaign.mailbox_ids,
      settings: { ...campaign.settings, ...inFormOf(campaign.settings, given ?? {}) },
      steps: withoutServerFields(campaign.steps),
    },
    only: [
      ...(mailbox_ids ? ["mailbox_ids"] : []),
      ...Object.keys(given ?? {}).map((field) => `settings.${field}`),
      ...(name ? ["name"] : []),
    ],
  }),
  async run({ campaign_id, name, mailbox_ids, settings: asked = {}, bounce_shield }, api, campaign) {
    const given = inFormOf(campaign.settings, asked);
    const fields = fieldsChanged(campaign, { name, mailbox_ids, settings: given });
    const shielding = bounce_shield === undefined ? [] : shieldChanged(campaign, bounce_shield);
    if (fields.length + shielding.length === 0) return editedAlready(campaign);
    if (fields.length > 0) {
      const settings = Object.keys(given).length > 0 ? given : undefined;
      await api.send(requests.update(campaign_id, { name, mailboxes: mailbox_ids, settings }));
    }
    if (bounce_shield !== undefined && shielding.length > 0) {
      try {
        await api.send(requests.setBounceShield(campaign_id, bounce_shield));
      } catch (error) {
        const reason = fields.length > 0 && !isUnclear(error) ? reasonOf(error) : undefined;
        if (!reason) throw error;
        throw new Refusal(
          `Update campaign: the bounce shield was not changed (${reason}).`,
          "call update_campaign again with bounce_shield only.",
          `Changed before that: ${fields.map(({ field }) => field).join(", ")}.`,
        );
      }
    }
    return withDoubt(editDone(campaign, [...fields, ...shielding]), campaign, given);
  },
  readBack: true,
  async verify({ campaign_id, name, mailbox_ids, settings: asked = {}, bounce_shield }, api, campaign) {
    const given = inFormOf(campaign.settings, asked);
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
    const shielding = bounce_shield === undefined ? [] : shieldChanged(campaign, bounce_shield);
    return {
      output: editDone(campaign, [
        ...fieldsChanged(campaign, { name, mailbox_ids, settings: given }),
        ...shielding,
      ]),
    };
  },
  text: editedText,
});

/** The list that no document has, on a campaign that did not show it. */
const withDoubt = (done: ReturnType<typeof editDone>, { settings }: Campaign, given: Loose) =>
  isUndocumentedForm(given) && !hasListForm(settings)
    ? { ...done, next: `${UNDOCUMENTED_FORM} ${done.next}` }
    : done;

/** With the bounce shield, where it could be read. */
type Shielded = Campaign & { bounce_shield?: number | null };

/** Where the one before cannot be read, the new one is set all the same. */
async function shieldNow(api: Api, id: number): Promise<{ bounce_shield?: number | null }> {
  try {
    return { bounce_shield: await readBounceShield(api, id) };
  } catch {
    return {};
  }
}

const shieldChanged = (campaign: Shielded, after: number | null): Change[] =>
  "bounce_shield" in campaign
    ? differences({}, { bounce_shield: campaign.bounce_shield }, { bounce_shield: after })
    : [{ field: "bounce_shield", before: undefined, after }];

interface Given {
  name?: string | undefined;
  mailbox_ids?: number[] | undefined;
  settings: Loose;
}

/** What is shown of the campaign, and what the call would make of it. */
function fieldsChanged({ name, mailbox_ids, settings }: Campaign, given: Given) {
  const named = (values: Loose) =>
    Object.fromEntries(Object.entries(values).map(([field, value]) => [`settings.${field}`, value]));
  return differences(
    {},
    { name, mailbox_ids, ...named(settings) },
    {
      ...present({ name: given.name && visible(given.name), mailbox_ids: given.mailbox_ids }),
      ...named(given.settings),
    },
  );
}
