/** Pairs prospects with the campaigns they are in, for lists of prospects. */
import type { Place, Prospect, State, Touch } from "../../state.ts";

/** What becomes one row. */
export interface Entry {
  prospect: Prospect;
  /** Every campaign the prospect is in. */
  places: Place[];
  /** The campaign this row is about, where the list is one of campaigns' prospects. */
  place: Place | undefined;
}

function placesOf(state: State): Map<number, Place[]> {
  const places = new Map<number, Place[]>();
  for (const stored of state.campaigns.values()) {
    for (const enrolment of stored.enrolments) {
      const list = places.get(enrolment.prospectId);
      if (list) list.push({ stored, enrolment });
      else places.set(enrolment.prospectId, [{ stored, enrolment }]);
    }
  }
  return places;
}

/** One entry per prospect, or one per prospect and wanted campaign, ordered by prospect. */
export function entriesOf(state: State, campaignIds: ReadonlySet<number> | undefined): Entry[] {
  const byProspect = placesOf(state);
  const prospects = [...state.prospects.values()].sort((a, b) => a.id - b.id);
  return prospects.flatMap((prospect): Entry[] => {
    const places = byProspect.get(prospect.id) ?? [];
    if (!campaignIds) return [{ prospect, places, place: undefined }];
    return places
      .filter(({ stored }) => campaignIds.has(stored.campaign.id))
      .map((place) => ({ prospect, places, place }));
  });
}

/** The places that count for an entry: its one campaign, or all of them. */
export const relevantPlaces = ({ place, places }: Entry): Place[] => (place ? [place] : places);

export const touchesOf = (entry: Entry): Touch[] =>
  relevantPlaces(entry).flatMap(({ enrolment }) => enrolment.touches);

export const statusOf = ({ prospect, place }: Entry): string => place?.enrolment.status ?? prospect.status;
