import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { draw, type Email, emailsTo, type Recipient, readable } from "../forecast/emails.ts";
import { type Calendar, forecast } from "../forecast/index.ts";
import { clockChanges, planOf } from "../forecast/plan.ts";
import { prospects as anyProspects } from "../model/prospects.ts";
import { DAY, isZone, toMoment, zoneOf } from "../model/zone.ts";
import { type Dossier, known } from "../preflight/dossier.ts";
import { draftDossier, liveDossier } from "../preflight/read.ts";
import { openRows } from "../preflight/rules/snippets.ts";
import { campaignId, whole } from "../values/fields.ts";
import { quoted, visible } from "../values/foreign.ts";
import { publishedAs } from "../values/json-schema.ts";
import { asString } from "../values/loose.ts";
import { draftArgument, eitherFault } from "./check-campaign.ts";
import { counted } from "./support/editing.ts";

export const MAX_PEOPLE = 20;

const given = publishedAs(
  anyProspects.refine((list) => list.length <= MAX_PEOPLE, {
    message: `may have at most ${MAX_PEOPLE} entries`,
  }),
  {
    type: "array",
    items: { type: "object" },
    description: "1 to 20: email and fields as in save_prospects; of enrolled people the address is enough.",
  },
);

/** Structured result and text share the limit of a result; both hold the e-mails, one of them their HTML too. */
const room = { letters: 11_000, days: 5_500, textLetters: 11_000, textDays: 31, html: 3_500, text: 1_800 };

export const previewCampaign = operation({
  name: "preview_campaign",
  title: "Preview campaign",
  effect: "read",
  toolset: "campaigns",
  card: true,
  description:
    "Show the e-mails of a Woodpecker campaign, or of a draft, as people would get them, with what would be missing, and a calendar of the sends day by day. A forecast under stated assumptions. Sends nothing and changes nothing.",
  input: {
    campaign_id: campaignId.optional(),
    draft: draftArgument.optional(),
    prospects: given.optional(),
    sample: whole(1, MAX_PEOPLE).optional().describe("So many of the enrolled; default 3."),
    seed: whole(0, 999_999).default(1).describe("Another one, another choice."),
    from: z.string().max(40).optional().describe("Date, or time with offset; default now."),
    people: whole(1, 100_000).optional().describe("How many the calendar counts with."),
    all_variants: z.boolean().optional().describe("Every version and spintax variant."),
  },
  output: {
    emails: z
      .array(
        z.object({
          step: z.number(),
          version: z.string(),
          email: z.string(),
          subject: z.string(),
          text: z.string(),
          html: z.string(),
          holes: z.array(z.string()),
          signature: z.string(),
          thread: z.boolean().optional(),
          variant: z.number().optional(),
          cut: z.boolean().optional(),
        }),
      )
      .describe("The e-mails."),
    calendar: z
      .object({
        timezone: z.string(),
        first_send: z.string().optional(),
        last_send: z.string().optional(),
        total: z.number(),
        never: z.number().optional(),
        days: z.array(
          z.object({
            date: z.string(),
            total: z.number(),
            by_step: z.record(z.number()),
            full: z.array(z.string()).optional(),
          }),
        ),
        days_left_out: z.number().optional(),
      })
      .describe("Sends by day."),
    assumptions: z.array(z.string()).describe("What this rests on."),
    emails_left_out: z.number().optional().describe("E-mails that did not fit in."),
    campaign_id: z.number().optional().describe("Id."),
    status: z.string().optional().describe("Status."),
  },
  rules: (input) => [
    ...eitherFault(input),
    ...(input.from === undefined || momentOf(input.from, "UTC") !== undefined
      ? []
      : [
          {
            path: ["from"],
            message:
              "must be a date such as 2026-03-30, or a time with its offset such as 2026-03-30T09:00:00+02:00",
          },
        ]),
    ...(input.prospects && input.sample !== undefined
      ? [{ path: ["sample"], message: "does not go with prospects; give one of them" }]
      : []),
  ],
  async run({ campaign_id, draft, prospects, sample = 3, seed, from, people, all_variants }, api) {
    const now = Date.now();
    const dossier = draft
      ? await draftDossier(api, draft, now, ["mailboxes"])
      : await liveDossier(api, campaign_id as number, now, ["mailboxes", "prospects", "standing"]);
    const recipients = recipientsOf(dossier, prospects as Recipient[] | undefined, sample, seed);
    const letters: Email[] = [];
    for (const person of recipients.people) {
      letters.push(...emailsTo(person, dossier.steps, { seed, all: all_variants === true }));
    }
    const start = from === undefined ? now : momentOf(from, asString(dossier.settings.timezone) ?? "UTC");
    const { plan, assumptions } = planOf(
      dossier,
      start ?? now,
      people ?? (draft ? prospects?.length : undefined),
    );
    const calendar = forecast(plan);
    const shown = await withinRoom(letters);
    return {
      emails: shown,
      calendar: shortened(calendar),
      assumptions: contentNote(dossier) ?? [
        ...recipients.assumptions,
        ...versionNote(dossier, seed, all_variants === true),
        ...assumptions,
        ...(calendar.last_send ? clockChanges(plan.timezone, plan.from, Date.parse(calendar.last_send)) : []),
      ],
      ...(shown.length < letters.length && { emails_left_out: letters.length - shown.length }),
      ...(campaign_id !== undefined && { campaign_id }),
      ...(dossier.status && { status: dossier.status }),
    };
  },
  text({ emails, calendar, assumptions, emails_left_out, campaign_id, status }) {
    const what = campaign_id === undefined ? "draft" : `campaign ${campaign_id} (${status})`;
    const { timezone, first_send, last_send, total, never, days, days_left_out } = calendar;
    const more = (days_left_out ?? 0) + Math.max(0, days.length - room.textDays);
    return [
      `Preview of ${what}: nothing was sent. ${counted(emails.length, "e-mail")} shown${emails_left_out ? `, ${emails_left_out} left out` : ""}.`,
      ...letterLines(emails),
      `Calendar (${timezone}): ${counted(total, "send")}${first_send ? `, from ${first_send} to ${last_send}` : ""}${never ? `; ${never} would never leave` : ""}.`,
      ...days.slice(0, room.textDays).map(dayLine),
      ...(more > 0 ? [`… and ${counted(more, "more day")}.`] : []),
      "Assumptions:",
      ...assumptions.map((one) => `- ${one}`),
    ].join("\n");
  },
});

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

/** Shown where nobody is enrolled: one of whom everything is known, and one of whom only the address is. */
const invented: Recipient[] = [
  {
    email: "anna.example@company.example",
    first_name: "Anna",
    last_name: "Example",
    company: "Example Company",
    website: "https://company.example",
    title: "Head of Operations",
    city: "Lyon",
    country: "France",
    industry: "Bakeries",
  },
  { email: "info@company.example" },
];

/** Who is shown: those that were named, or some of the enrolled, or somebody invented. */
export function recipientsOf(
  { parts }: Dossier,
  wanted: Recipient[] | undefined,
  sample: number,
  seed: number,
): { people: Recipient[]; assumptions: string[] } {
  const rows = (known(parts.prospects)?.rows ?? []) as Recipient[];
  if (wanted) {
    const people = wanted.map((person) => ({
      ...rows.find(({ email }) => email.toLowerCase() === person.email.toLowerCase()),
      ...person,
    }));
    return { people, assumptions: [] };
  }
  const open = openRows(rows) as Recipient[];
  const pool = open.length > 0 ? open : rows;
  if (pool.length === 0) {
    const why =
      parts.prospects && "unreadable" in parts.prospects
        ? "The prospects could not be read"
        : "Nobody is enrolled";
    const shown = invented.slice(0, sample);
    const them = shown.length === 1 ? "an invented person" : "two invented people";
    return { people: shown, assumptions: [`${why}; the e-mails are shown for ${them}.`] };
  }
  const people = [...pool].sort((a, b) => draw(seed, a.email) - draw(seed, b.email)).slice(0, sample);
  return { people, assumptions: [] };
}

function versionNote({ steps }: Dossier, seed: number, all: boolean): string[] {
  const notes = [
    "Signatures are added by Woodpecker and not shown; the opt-out link stands for Woodpecker's own.",
  ];
  const several = steps.some(({ type, versions }) => type === "EMAIL" && versions.length > 1);
  if (!all && several)
    notes.push(
      `Which version and which spintax a person gets is drawn by Woodpecker; here seed ${seed} drew.`,
    );
  return notes;
}

/** Of a campaign that cannot be read there is nothing to assume. */
const contentNote = ({ parts }: Dossier): string[] | undefined =>
  parts.content && "unreadable" in parts.content ? [parts.content.unreadable] : undefined;

/** As many as there is room for, at least one; the others are not even made readable. */
async function withinRoom(letters: readonly Email[]): Promise<Shown[]> {
  const shown: Shown[] = [];
  let left = room.letters;
  for (const letter of letters) {
    const next = cut(await readable(letter));
    left -= JSON.stringify(next).length + 1;
    if (left < 0 && shown.length > 0) break;
    shown.push(next);
  }
  return shown;
}

function cut(letter: Email & { text: string }): Shown {
  const { html, text, subject, holes } = letter;
  const isLong = html.length > room.html || text.length > room.text;
  return {
    ...letter,
    subject: subject.slice(0, 300),
    html: html.slice(0, room.html),
    text: text.slice(0, room.text),
    holes: holes.slice(0, 8),
    ...(isLong && { cut: true }),
  };
}

function shortened(calendar: Calendar) {
  let left = room.days;
  const days = calendar.days.filter((day) => {
    left -= JSON.stringify(day).length + 1;
    return left >= 0;
  });
  const out = calendar.days.length - days.length;
  return { ...calendar, days, ...(out > 0 && { days_left_out: out }) };
}

type Shown = Email & { text: string; cut?: boolean | undefined };

function letterLines(
  letters: readonly (Omit<Shown, "thread"> & { thread?: boolean | undefined })[],
): string[] {
  let left = room.textLetters;
  return letters.flatMap(
    ({ step, version, email, subject, text, holes, signature, thread, variant, cut: isCut }) => {
      const lines = [
        `--- step ${step} ${version}${variant ? `, variant ${variant}` : ""} to ${quoted(email)}${thread ? ", in the thread" : ""}; signature ${signature}`,
        `Subject: ${quoted(subject, 200)}`,
        ...text.split(/\r\n?|\n/).map((line) => `> ${visible(line)}`.trimEnd()),
        ...(isCut ? ["[cut]"] : []),
        ...holes.map((hole) => `! ${hole}`),
      ];
      left -= lines.join("\n").length;
      return left >= 0 ? lines : [lines[0] as string, `Subject: ${quoted(subject, 80)}`];
    },
  );
}

function dayLine({
  date,
  total,
  by_step,
  full,
}:
  | Calendar["days"][number]
  | { date: string; total: number; by_step: Record<string, number>; full?: string[] | undefined }): string {
  const steps = Object.entries(by_step).map(([step, count]) => `step ${step}: ${count}`);
  return `${date}: ${total} (${steps.join(", ")})${full ? `, full: ${full.join(", ")}` : ""}`;
}
