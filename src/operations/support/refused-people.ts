/** Why Woodpecker refuses somebody, in words, and what that protects. */

import { quoted } from "../../values/foreign.ts";
import { own } from "../../values/loose.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import type { SavedRow } from "../../woodpecker/saved-rows.ts";

const standings: Record<string, string> = {
  REPLIED: "has answered before: no automatic e-mail follows somebody's reply",
  BOUNCED: "an e-mail to this address came back: writing there again would harm the sender",
  BLACKLIST: "opted out, or is on the account's blacklist: they are protected from any further e-mail",
  INVALID: "the address does not exist: writing there would harm the sender",
};

const codes: Record<string, string> = {
  E_EMAIL: "Woodpecker takes the address for no valid one",
  E_DUPLICATE: "Woodpecker has this person already",
};

/** For a status of the account in which Woodpecker enrols nobody; nothing for any other. */
function sayStanding(status: string | undefined): string | undefined {
  const words = status === undefined ? undefined : own(standings, status);
  return words && `${words} (status ${status})`;
}

export function sayRefused(
  { code, reason = "" }: Pick<SavedRow, "code" | "reason">,
  known: EnrolledRow | undefined,
  inCampaign: boolean,
): string {
  const [, status] = /status:\s*([A-Z-]+)/.exec(reason) ?? [];
  const standing = sayStanding(status);
  if (standing) return standing;
  if (code === "E_INV_STATUS" && /invalid status/i.test(reason))
    return `the status that this row gives is none that Woodpecker takes ${inCampaign ? "in a campaign" : "for the account"}: leave it out`;
  const byCode = code === "E_INV_STATUS" ? sayStanding(known?.status) : code && own(codes, code);
  if (byCode) return byCode;
  return reason ? quoted(reason, 200) : "Woodpecker does not say why";
}

/** Who would be refused as far as it is known before sending: in the account, in no state to be written to, and not in the campaign yet. */
export function wouldBeRefused(
  known: EnrolledRow | undefined,
  campaign: number | undefined,
): string | undefined {
  if (!known || campaign === undefined || known.campaigns.some(({ id }) => id === campaign)) return undefined;
  return sayStanding(known.status);
}
