/** What a person is asked before people are enrolled in a campaign that sends, or changed where e-mails go on to them. */
import { standsStill } from "../model/statuses.ts";
import type { Finding } from "../preflight/finding.ts";
import { inPrompt, oneLine, quoted } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import type { EnrolledRow } from "../woodpecker/prospects.ts";
import type { Question } from "./operation.ts";
import { firstThree } from "./question.ts";

export interface Enrolling {
  people: readonly Loose[];
  /** Where they are enrolled; without one they are only saved in the account. */
  campaign?: { id: number; name: string; status: string } | undefined;
  senders?: string | undefined;
  findings: readonly Finding[];
  update: boolean;
  /** Who of them is known. */
  known: readonly EnrolledRow[];
}

/** Whoever is added with another status, as PAUSED, gets nothing. */
export const isWrittenTo = ({ status }: Loose) => status === undefined || status === "ACTIVE";

/** Nothing where no e-mail can leave because of it. */
export function enrolQuestion(enrolling: Enrolling): Question | undefined {
  const { people, campaign, senders, findings, update, known } = enrolling;
  const written = people.filter(isWrittenTo);
  const mails = campaign !== undefined && !standsStill(campaign.status) && written.length > 0;
  const revived = update ? people.filter(({ status }) => status === "ACTIVE").length : 0;
  const running = runningElsewhere(enrolling);
  if (!mails && revived === 0 && running.size === 0) return undefined;
  const overwritten = update ? overwrites(people, known) : [];
  return {
    sentence: mails ? enrol(campaign.status) : revived > 0 ? revive : change,
    name: campaign?.name,
    facts: {
      ...(campaign && {
        campaign: campaign.id,
        name: inPrompt(campaign.name),
        status: oneLine(campaign.status) || "unknown",
      }),
      ...(mails && senders && { senders }),
      people: people.length,
      ...(mails && written.length < people.length && { "will be written to": written.length }),
      first: firstThree(people),
      ...(revived > 0 && { "set to ACTIVE": revived }),
      ...(running.size > 0 && { "also in campaigns that are not at rest": sayCampaigns(running) }),
      ...(overwritten.length > 0 && { "values replaced": overwritten.join(", ") }),
    },
    findings,
    state: { people, campaign, running: [...running.keys()].sort((a, b) => a - b) },
  };
}

const recall = "and what has left cannot be recalled.";
const enrol = (status: string) =>
  status === "COMPLETED"
    ? `Enrol these people? The campaign is completed: it starts again by itself and e-mails them without any further step, ${recall}`
    : `Enrol these people? The campaign e-mails them without any further step, ${recall}`;
const revive =
  "Set these people to ACTIVE? Some may have replied, bounced or opted out, and campaigns could write to them again.";
const change =
  "Change these people? Some are in campaigns that are sending, and what is changed goes into the e-mails they still get.";

/** Campaigns, other than the one they are enrolled in, that may write to people who are changed. */
function runningElsewhere({
  people,
  campaign,
  update,
  known,
}: Enrolling): Map<number, { name: string; count: number }> {
  const found = new Map<number, { name: string; count: number }>();
  if (!update) return found;
  // Whoever is only taken out of sending gets nothing because of it.
  const halted = new Set(people.filter(isOnlyHalted).map(({ email }) => String(email).toLowerCase()));
  for (const { email, campaigns } of known) {
    if (halted.has(email.toLowerCase())) continue;
    for (const { id, name, status = "" } of campaigns) {
      if (id === campaign?.id || standsStill(status)) continue;
      found.set(id, { name, count: (found.get(id)?.count ?? 0) + 1 });
    }
  }
  return found;
}

const isOnlyHalted = ({ email: _email, status, ...fields }: Loose) =>
  status !== undefined && status !== "ACTIVE" && Object.keys(fields).length === 0;

const sayCampaigns = (campaigns: ReadonlyMap<number, { name: string; count: number }>) =>
  [...campaigns]
    .slice(0, 5)
    .map(([id, { name, count }]) => `${id} ${quoted(name, 40)} (${count})`)
    .join(", ") + (campaigns.size > 5 ? `, and ${campaigns.size - 5} more` : "");

/** "company of 3": values that are there and would be replaced by others. */
function overwrites(people: readonly Loose[], known: readonly EnrolledRow[]): string[] {
  const before = new Map(known.map((row) => [row.email.toLowerCase(), row]));
  const counts = new Map<string, number>();
  for (const { email, ...fields } of people) {
    const row = before.get(String(email).toLowerCase());
    for (const [field, value] of Object.entries(fields)) {
      const old = row && Object.hasOwn(row, field) ? row[field] : undefined;
      if (value !== undefined && old !== undefined && old !== value)
        counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return [...counts].slice(0, 8).map(([field, count]) => `${field} of ${count}`);
}
