/** Writes one prospect as a row of a list, under the field names of v1. */
import { type Place, type State, smtpMailbox } from "../../state.ts";
import { latest, v1Time } from "../../time.ts";
import type { Forms } from "../../types.ts";
import { type Entry, statusOf, touchesOf } from "./entries.ts";

const PLAIN =
  "first_name last_name company organization_id industry website linkedin_url tags title phone address city state country".split(
    " ",
  );
const SNIPPETS = Array.from({ length: 15 }, (_, index) => `snippet${index + 1}`);

/** The fields an import may fill. */
export const FIELDS = [...PLAIN.filter((name) => name !== "organization_id"), ...SNIPPETS];

/** The first four snippets also have an old name that lacks a letter. */
export const fieldOf = (name: string): string => name.replace(/^snipet([1-4])$/, "snippet$1");

export const FIELD_NAMES = new Set([...PLAIN, ...SNIPPETS, "snipet1", "snipet2", "snipet3", "snipet4"]);

export function rowOf(state: State, entry: Entry, details: boolean, unset: Forms["unsetDates"]) {
  const { id, email, fields, updated } = entry.prospect;
  const touches = touchesOf(entry);
  const time = (date: Date | undefined) => (date ? v1Time(date) : unset === "empty" ? "" : null);
  return {
    id,
    email,
    ...Object.fromEntries([...FIELD_NAMES].map((name) => [name, fields[fieldOf(name)] ?? ""])),
    last_contacted: time(latest(touches.map((touch) => touch.at))),
    last_replied: time(latest(touches.map((touch) => touch.repliedAt))),
    updated: v1Time(updated),
    encrypted: false,
    snippet_labels: {},
    status: statusOf(entry),
    // All of them, also in a list of one campaign's prospects: nothing says that the others are left out.
    ...(details && { campaigns_details: entry.places.map((place) => detailsOf(state, place)) }),
  };
}

function detailsOf(state: State, { stored: { campaign }, enrolment }: Place) {
  const sender = enrolment.touches.find(({ mailboxId }) => mailboxId !== null)?.mailboxId;
  return {
    campaign_id: campaign.id,
    campaign_name: campaign.name,
    campaign_status: campaign.status,
    campaign_prospect_status: enrolment.status,
    interest_level: { level: enrolment.interest, ai_detected: false },
    campaign_email: sender ? (smtpMailbox(state, sender)?.details.email ?? "") : "",
  };
}
