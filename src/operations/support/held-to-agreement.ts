/** After a start: was what ran what a person agreed to? Somebody else may have changed the campaign right before it ran. */
import type { CallTools } from "../../calls/operation.ts";
import type { Dossier } from "../../preflight/dossier.ts";
import { campaignDossier, withParts } from "../../preflight/read.ts";
import { canonical } from "../../values/canonical.ts";
import { asObject, type Loose } from "../../values/loose.ts";
import { Refusal } from "../../values/refusal.ts";
import type { Api } from "../../woodpecker/client.ts";
import { requests } from "../../woodpecker/requests.ts";

/** @throws Refusal when it was not; the campaign is paused then */
export async function heldToAgreement(
  api: Api,
  { id = 0, given, parts }: Dossier,
  pause: CallTools["pause"],
): Promise<{ status: string; runs: boolean; note?: string }> {
  let now: Dossier;
  try {
    let campaign = await campaignDossier(api, id);
    if (!isStarted(campaign)) {
      // The answer may come from a copy that lags behind.
      await pause(LAG_MS);
      campaign = await campaignDossier(api, id);
    }
    now = await withParts(api, campaign, ["bounceShield"]);
  } catch {
    return { status: "RUNNING", runs: true, note: "It could not be read again after the start." };
  }
  const differs = changedFields(asObject(given), asObject(now.given));
  const [before, after] = [parts.bounceShield, now.parts.bounceShield];
  if (before && after && "value" in before && "value" in after && before.value !== after.value)
    differs.push("bounce shield");
  if (differs.length === 0) return { status: now.status ?? "RUNNING", runs: isStarted(now) };
  const paused = await api.send(requests.pause(id)).then(
    () => true,
    () => false,
  );
  throw new Refusal(
    `Campaign ${id} was started, and what ran was not what was agreed to: somebody changed ${differs.join(", ")} at that moment.`,
    paused
      ? `look at it with get_campaign ${id} and show the person what it is now; run_campaign asks again.`
      : `call pause_campaign ${id} now: pausing it did not work. Then show the person what it is.`,
    paused
      ? "It was paused at once; single e-mails may have left in between."
      : "It may be RUNNING and sending.",
  );
}

const LAG_MS = 1_000;

/** What a campaign reads after a start; without people it may be at its end already. */
export const started: readonly string[] = ["RUNNING", "COMPLETED"];

const isStarted = ({ status = "RUNNING" }: Dossier) => started.includes(status);

const changedFields = (agreed: Loose, now: Loose) =>
  Object.keys(agreed).filter((field) => canonical(agreed[field]) !== canonical(now[field]));
