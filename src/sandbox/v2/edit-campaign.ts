/** PATCH of a campaign: name, mailboxes, settings. */
import { emailStepsOf, type Settings } from "../campaign.ts";
import { haveSenders, isWithinLimit } from "../check/account.ts";
import { isSettingsPatch } from "../check/settings.ts";
import { isId, isList, isObject, isString } from "../check/value.ts";
import { business, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import { hasItsForm, keptOf, shownAs } from "../same-domain.ts";
import { findEditable } from "./editable.ts";

const isPatch = isObject({}, { name: isString, email_account_ids: isList(isId), settings: isSettingsPatch });

interface Patch {
  name?: string;
  email_account_ids?: number[];
  settings?: Partial<Settings>;
}

export function patchCampaign(call: Call): Reply {
  const { campaign } = findEditable(call, isPatch);
  const { name, email_account_ids: ids, settings } = call.body as Patch;
  if (!isWithinLimit(call.state, settings) || !hasItsForm(call, settings))
    throw business("INPUT_DATA_VALIDATION_FAILURE");
  // As on create: an e-mail step without any sender is a fault of the body, a sender that cannot send is not.
  if (ids?.length === 0 && emailStepsOf(campaign).length > 0) throw business("INPUT_DATA_VALIDATION_FAILURE");
  if (ids && !haveSenders(call.state, ids)) throw business("VALIDATION_FAILURE");
  if (name !== undefined) campaign.name = name;
  if (ids) campaign.email_account_ids = [...ids];
  campaign.settings = { ...campaign.settings, ...structuredClone(settings), ...keptOf(settings) };
  return { status: 200, body: shownAs(call, campaign) };
}
