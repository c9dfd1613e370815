/** Pauses people in the campaigns in which they were read as still getting e-mails, and looks what came of it. */
import { mayGetMail, standsStill } from "../../model/statuses.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { reasonFor } from "../../woodpecker/reason.ts";
import { requests } from "../../woodpecker/requests.ts";
import { savedRows, tellsRows } from "../../woodpecker/saved-rows.ts";
import { chunks } from "../../woodpecker/selected.ts";
import type { Gathered } from "./gather.ts";

/** People in one request. */
const CHUNK = 500;

/** Somebody in a campaign; `reason` says why he or she may still get e-mails of it. */
export interface Membership {
  person: number;
  email: string;
  campaign: number;
  reason?: string | undefined;
}

/** Where these people may still get e-mails; campaigns that send come first. */
export function toPause(people: Iterable<EnrolledRow>, campaignIds: readonly number[]): Membership[] {
  const places: (Membership & { still: boolean })[] = [];
  for (const { id: person, email, campaigns } of people)
    for (const { id: campaign, status = "", personStatus = "" } of campaigns)
      if (mayGetMail(personStatus) && (campaignIds.length === 0 || campaignIds.includes(campaign)))
        places.push({ person, email, campaign, still: standsStill(status) });
  return places.sort((a, b) => Number(a.still) - Number(b.still)).map(({ still: _still, ...place }) => place);
}

/** @returns the places with what Woodpecker said against pausing there */
export async function pauseIn(
  api: Api,
  places: readonly Membership[],
  told: (done: number) => void,
): Promise<Membership[]> {
  const answered: Membership[] = [];
  for (const campaign of new Set(places.map((place) => place.campaign))) {
    const here = places.filter((place) => place.campaign === campaign);
    for (const part of chunks(here, CHUNK)) {
      const refused = await pause(api, campaign, part);
      answered.push(...part.map((place) => ({ ...place, reason: refused(place.email) })));
      told(answered.length);
    }
  }
  return answered;
}

async function pause(
  api: Api,
  campaign: number,
  places: readonly Membership[],
): Promise<(email: string) => string | undefined> {
  const emails = places.map(({ email }) => email);
  const asked = { prospects: emails.map((email) => ({ email })), campaignId: campaign, update: true };
  const refusedIn = (answer: unknown) => {
    const rows = savedRows(answer, asked).filter(({ result }) => result === "rejected");
    const reasons = new Map(rows.map(({ email, reason, code }) => [email, reason ?? code ?? "refused"]));
    return (email: string) => reasons.get(email);
  };
  try {
    return refusedIn(await api.send(requests.pausePeople(campaign, emails)));
  } catch (error) {
    const reason = reasonFor(error);
    if (error instanceof ApiFailure && tellsRows(error.facts.body, asked)) return refusedIn(error.facts.body);
    return () => reason;
  }
}

export interface Standing {
  stopped: Membership[];
  /** Still getting e-mails; the reason where Woodpecker gave one. */
  still: Membership[];
  /** Accepted, and not read back. */
  unseen: Membership[];
}

/** What became of the pauses; whoever stopped getting e-mails in another way meanwhile is in none of these. */
export function standing(places: readonly Membership[], { people }: Gathered): Standing {
  const found: Standing = { stopped: [], still: [], unseen: [] };
  for (const place of places) {
    const row = people.get(place.person);
    const now = row?.campaigns.find(({ id }) => id === place.campaign)?.personStatus;
    if (!row) (place.reason === undefined ? found.unseen : found.still).push(place);
    else if (now === "PAUSED") found.stopped.push(place);
    else if (now !== undefined && mayGetMail(now)) found.still.push(place);
  }
  return found;
}

/** One row for each person. */
export function byPerson(
  places: readonly Membership[],
): { email: string; campaigns: number[]; reason?: string }[] {
  const rows = new Map<number, { email: string; campaigns: number[]; reason?: string }>();
  for (const { person, email, campaign, reason } of places) {
    const row = rows.get(person) ?? { email, campaigns: [], ...(reason && { reason }) };
    row.campaigns.push(campaign);
    rows.set(person, row);
  }
  return [...rows.values()];
}
