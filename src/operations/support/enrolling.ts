/** Before people are saved: what the campaign is, who of them is known, and what keeps the campaign from sending. */
import type { Enrolling } from "../../calls/enrol-question.ts";
import { standsStill } from "../../model/statuses.ts";
import type { Dossier } from "../../preflight/dossier.ts";
import { type Finding, findProblems } from "../../preflight/index.ts";
import { campaignDossier, withParts } from "../../preflight/read.ts";
import { senderAddresses } from "../../preflight/senders.ts";
import type { Loose } from "../../values/loose.ts";
import { Refusal } from "../../values/refusal.ts";
import { readCampaign } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { readByEmail } from "../../woodpecker/selected.ts";
import { givenListOf } from "./people-lists.ts";
import { wouldBeRefused } from "./refused-people.ts";

interface Input {
  prospects: readonly Loose[];
  campaign_id?: number | undefined;
  update_existing?: boolean | undefined;
  all_or_nothing?: boolean | undefined;
}

export interface PreparedEnrolling extends Enrolling {
  campaign?: { id: number; name: string; status: string; steps: Dossier["steps"] } | undefined;
}

/** The campaign is read after the people, so that its status is that of the moment before they are saved. */
export async function readEnrolling(
  api: Api,
  { prospects: people, campaign_id, update_existing: update = false, all_or_nothing }: Input,
): Promise<PreparedEnrolling> {
  const addresses = people.map(({ email }) => String(email));
  const saving = { people, update, known: await readByEmail(api, addresses), findings: [] };
  if (all_or_nothing) checkAll(saving, campaign_id);
  if (campaign_id === undefined) return saving;
  const dossier = await campaignDossier(api, campaign_id);
  const { name, status = "", steps } = dossier;
  const campaign = { id: campaign_id, name, status, steps };
  if (standsStill(status)) return { ...saving, campaign };
  const sending = await withPeople(api, dossier, people);
  const findings = findProblems(sending).filter(concernsEnrolling);
  return { ...saving, campaign, findings, senders: senderAddresses(sending).join(", ") };
}

/** @throws Refusal when somebody would certainly be refused */
function checkAll(
  { people, known }: Pick<Enrolling, "people" | "known">,
  campaign: number | undefined,
): void {
  const rows = knownRows(known);
  const { rows: places } = givenListOf(people);
  const refused = people.flatMap((person, index) => {
    const why = wouldBeRefused(rows(person), campaign);
    return why ? [`row ${places[index]} ${String(person.email)} ${why}`] : [];
  });
  if (refused.length === 0) return;
  const more = refused.length > 10 ? `; and ${refused.length - 10} more` : "";
  throw new Refusal(
    `Save prospects: ${refused.length} of ${people.length} would be refused, and with all_or_nothing nobody is saved then (${refused.slice(0, 10).join("; ")}${more}).`,
    "leave them out, or call again without all_or_nothing, which saves the others.",
  );
}

/** The campaign as the check sees it, with the people who are about to be enrolled in place of those who are. */
async function withPeople(api: Api, dossier: Dossier, people: readonly Loose[]): Promise<Dossier> {
  const { parts, ...rest } = await withParts(api, dossier, ["mailboxes", "linkedin"]);
  const rows = people.map((person) => ({ ...person, id: 0, campaigns: [] })) as unknown as EnrolledRow[];
  return { ...rest, parts: { ...parts, prospects: { value: { total: rows.length, rows } } } };
}

/** What concerns these people, or keeps the campaign from writing to them; the rest was judged when it was started. */
const concernsEnrolling = ({ path, rule, severity }: Finding) =>
  severity !== "info" && (/^(prospects|mailbox_ids)/.test(path) || /fallback|linkedin/.test(rule));

/** Looks people up among those who are known. */
export function knownRows(known: readonly EnrolledRow[]): (person: Loose) => EnrolledRow | undefined {
  const rows = new Map(known.map((row) => [row.email.toLowerCase(), row]));
  return ({ email }) => rows.get(String(email).toLowerCase());
}

/** Campaigns, besides the one they are enrolled in, in which people are changed. */
export const campaignsOf = ({ campaign, known, update }: PreparedEnrolling): number[] => [
  ...new Set(
    (update ? known : [])
      .flatMap(({ campaigns }) => campaigns.map(({ id }) => id))
      .filter((id) => id !== campaign?.id),
  ),
];

/** Between two parts of an import: a campaign that was at rest must not have been started meanwhile, unasked. */
export async function stillAsAgreed(api: Api, { id, status }: { id: number; status: string }): Promise<void> {
  const now = (await readCampaign(api, id)).status;
  if (standsStill(now) || !standsStill(status)) return;
  throw new Refusal(
    `campaign ${id} is ${now} now and would e-mail the rest at once`,
    "look at it with get_campaign, then call again with the rest; a person is asked.",
  );
}
