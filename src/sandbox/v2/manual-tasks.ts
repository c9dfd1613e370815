/** GET /rest/v2/manual_tasks: what people still have to do by hand. No route finishes a task. */
import { countIn } from "../query.ts";
import { incorrect, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import { type Prospect, type State, smtpMailbox, type Task } from "../state.ts";
import { latest } from "../time.ts";

const MOST = 500;

/** Whatever is due first comes first; the order is not documented. */
export function listTasks({ state, query }: Call): Reply {
  const limit = countIn(query, "limit", { fallback: MOST, most: MOST }, incorrect);
  const rows = [...state.tasks]
    .sort((a, b) => a.due.getTime() - b.due.getTime())
    .flatMap((task) => rowOf(state, task));
  return { status: 200, body: rows.slice(0, limit) };
}

/** Nothing where the prospect or the campaign has been deleted. */
function rowOf(state: State, { prospectId, campaignId, type, name, message, due }: Task) {
  const prospect = state.prospects.get(prospectId);
  const campaign = state.campaigns.get(campaignId)?.campaign;
  if (!prospect || !campaign) return [];
  const senders = campaign.email_account_ids.flatMap((id) => smtpMailbox(state, id)?.details.email ?? []);
  return [
    {
      prospect: personOf(state, prospect),
      campaign: { campaign_id: campaignId, campaign_name: campaign.name, sent_from_emails: senders },
      task: { type, name, message, due_date: dueDate(due) },
    },
  ];
}

const NULLABLE =
  "first_name last_name company industry website linkedin_url title phone address city state country".split(
    " ",
  );

/** A prospect as v2 has it: a missing value is null, and a time is a number of milliseconds. */
function personOf(state: State, { id, email, status, fields, imported, updated }: Prospect) {
  const enrolments = [...state.campaigns.values()].flatMap((stored) =>
    stored.enrolments.filter(({ prospectId }) => prospectId === id),
  );
  const touches = enrolments.flatMap((enrolment) => enrolment.touches);
  return {
    id,
    email,
    ...Object.fromEntries(NULLABLE.map((name) => [name, fields[name] ?? null])),
    tags: fields.tags ?? null,
    status,
    interested: null,
    last_contacted: latest(touches.map(({ at }) => at))?.getTime() ?? null,
    last_replied: latest(touches.map(({ repliedAt }) => repliedAt))?.getTime() ?? null,
    updated: updated.getTime(),
    // Of these three only the names are known.
    in_campaign: enrolments.length,
    emails_sent: touches.filter(({ mailboxId }) => mailboxId !== null).length,
    imported: imported ?? null,
  };
}

/** With milliseconds and the server's summer offset, as in the sample. */
const dueDate = (due: Date): string =>
  new Date(due.getTime() + 2 * 3_600_000).toISOString().replace("Z", "+0200");
