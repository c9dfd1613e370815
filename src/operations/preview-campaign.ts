/** What people would read and when: e-mails filled in for some of them, and a calendar of sends for all. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { readDate } from "../model/dates.ts";
import { prospects as anyProspects } from "../model/prospects.ts";
import { DAY, isZone, toMoment, zoneOf } from "../model/zone.ts";
import type { Dossier, PartName } from "../preflight/dossier.ts";
import { draftDossier, liveDossier } from "../preflight/read.ts";
import { faultIf } from "../values/fault.ts";
import { campaignId, whole } from "../values/fields.ts";
import { publishedAs } from "../values/json-schema.ts";
import { readAs } from "../values/lenient.ts";
import { asString } from "../values/loose.ts";
import { draftArgument, eitherFault } from "./check-campaign.ts";
import { counted } from "./support/editing.ts";
import { calendarOf, lettersOf } from "./support/preview-parts.ts";
import {
  asideLines,
  calendarLines,
  emailLines,
  setAside,
  shownCalendar,
  shownEmail,
} from "./support/preview-text.ts";

export const MAX_PEOPLE = 20;

const chosenPeople = publishedAs(
  anyProspects.refine((list) => list.length <= MAX_PEOPLE, {
    message: `may have at most ${MAX_PEOPLE} entries`,
  }),
  {
    type: "array",
    items: { type: "object", additionalProperties: true },
    description: "1 to 20, as in save_prospects.",
  },
);

export const previewCampaign = operation({
  name: "preview_campaign",
  title: "Preview campaign",
  effect: "read",
  toolset: "campaigns",
  card: true,
  description:
    "Show the e-mails of a Woodpecker campaign, or of a draft, as people would get them, and a calendar of the sends: a forecast. Sends nothing.",
  input: {
    campaign_id: campaignId.optional(),
    draft: draftArgument.optional(),
    prospects: chosenPeople.optional(),
    sample: whole(1, MAX_PEOPLE).optional().describe("So many enrolled; default 3."),
    seed: whole(0, 999_999).default(1).describe("Another choice."),
    from: readAs(z.string().max(40).optional().describe("Date or time; default now."), readDate),
    people: whole(1, 100_000).optional().describe("Number for the calendar."),
    show: z.enum(["both", "emails", "calendar"]).default("both").describe("Which half."),
    all_variants: z.boolean().optional().describe("All versions and variants."),
  },
  output: {
    emails: z.array(shownEmail).optional().describe("The e-mails."),
    calendar: shownCalendar.optional().describe("Sends by day."),
    set_aside: z.array(setAside).optional().describe("Who lacks a value and gets nothing from that step on."),
    set_aside_left_out: z.number().optional().describe("More of them."),
    assumptions: z.array(z.string()).describe("What this rests on."),
    emails_left_out: z.number().optional().describe("E-mails that did not fit in."),
    campaign_id: z.number().optional().describe("Id."),
    status: z.string().optional().describe("Status."),
  },
  rules: (input) => [
    ...eitherFault(input),
    ...faultIf(
      input.from !== undefined && momentOf(input.from, "UTC") === undefined,
      ["from"],
      "must be a date such as 2026-03-30, or a time with its offset such as 2026-03-30T09:00:00+02:00",
    ),
    ...faultIf(
      input.prospects !== undefined && input.sample !== undefined,
      ["sample"],
      "does not go with prospects; give one of them",
    ),
  ],
  async run({ campaign_id, draft, prospects, sample = 3, seed, from, people, all_variants, show }, api) {
    const now = Date.now();
    const dossier = draft
      ? await draftDossier(api, draft, now, partsFor[show])
      : await liveDossier(api, campaign_id as number, now, partsFor[show]);
    const { content } = dossier.parts;
    // Nothing sent on no day would be no forecast.
    if (content && "unreadable" in content && dossier.steps.length === 0) {
      const assumptions = [content.unreadable, "Look at it in the Woodpecker app."];
      return { emails: [], assumptions, ...about(campaign_id, dossier) };
    }
    const letters =
      show === "calendar" ? undefined : await lettersOf(dossier, { prospects, sample, seed, all_variants });
    const start = from === undefined ? now : momentOf(from, asString(dossier.settings.timezone) ?? "UTC");
    const times =
      show === "emails" || contentNote(dossier)
        ? undefined
        : await calendarOf(dossier, start ?? now, people ?? (draft ? prospects?.length : undefined));
    return {
      ...letters?.shown,
      ...letters?.aside,
      ...times?.shown,
      assumptions: contentNote(dossier) ?? [...(letters?.assumptions ?? []), ...(times?.assumptions ?? [])],
      ...about(campaign_id, dossier),
    };
  },
  text({ emails, calendar, set_aside, set_aside_left_out, ...rest }) {
    const { assumptions, emails_left_out, campaign_id, status } = rest;
    const what = campaign_id === undefined ? "draft" : `campaign ${campaign_id} (${status})`;
    const shown = emails
      ? ` ${countedTexts(emails)} shown${emails_left_out ? `, ${emails_left_out} left out` : ""}.`
      : "";
    return [
      `Preview of ${what}: nothing was sent.${shown}`,
      ...emailLines(emails ?? []),
      ...asideLines(set_aside ?? [], set_aside_left_out),
      ...(calendar ? calendarLines(calendar) : []),
      "Assumptions:",
      ...assumptions.map((one) => `- ${one}`),
    ].join("\n");
  },
});

const about = (campaign_id: number | undefined, { status }: Dossier) => ({
  ...(campaign_id !== undefined && { campaign_id }),
  ...(status && { status }),
});

/** LinkedIn texts are counted as what they are. */
function countedTexts(emails: readonly { linkedin?: string | undefined }[]): string {
  const linkedin = emails.filter((one) => one.linkedin).length;
  const mails = counted(emails.length - linkedin, "e-mail");
  return linkedin > 0 ? `${mails} and ${counted(linkedin, "LinkedIn text")}` : mails;
}

/** What each half rests on. */
const partsFor: Record<"both" | "emails" | "calendar", readonly PartName[]> = {
  both: ["mailboxes", "prospects", "standing", "running"],
  emails: ["prospects"],
  calendar: ["mailboxes", "prospects", "standing", "running"],
};

/** A date is its first moment in the campaign's zone. */
function momentOf(from: string, timezone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d))?$/.test(from))
    return undefined;
  const time = Date.parse(from.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  const isDay =
    !Number.isNaN(time) && new Date(time).getUTCFullYear() > 1970 && time < Date.now() + 20_000 * DAY;
  if (!isDay) return undefined;
  return from.length === 10 ? toMoment(zoneOf(isZone(timezone) ? timezone : "UTC"), time) : time;
}

/** Of a campaign that cannot be read there is nothing to assume. */
const contentNote = ({ parts }: Dossier): string[] | undefined =>
  parts.content && "unreadable" in parts.content ? [parts.content.unreadable] : undefined;
