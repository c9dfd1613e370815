/** `GET /rest/v2/manual_tasks`: what people still have to do by hand (docs/woodpecker-api.md, Tasks). No route finishes one. */
import { visible, visibleLines } from "../values/foreign.ts";
import { asNumber, asObject, asString, isObject, type Loose } from "../values/loose.ts";
import { momentOf } from "../values/moment.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";
import { isoTime } from "./wild.ts";

/** More are not given. */
export const MOST_TASKS = 500;

export interface Task {
  type: string;
  name: string;
  /** ISO, UTC; as it came where it is no time. */
  due?: string;
  dueAt: number;
  prospect: { id?: number; email?: string; name?: string; company?: string };
  campaign: { id?: number; name?: string };
  message: string;
}

const isTask = (entry: Loose) =>
  isObject(entry.task) || [entry.type, entry.due_date, entry.name].some((value) => value !== undefined);

export async function readTasks(api: Api): Promise<Task[]> {
  const answer = await api.get("/rest/v2/manual_tasks", { limit: String(MOST_TASKS) });
  return entriesOf(answer, { field: "content", isEntry: isTask }).map(taskFrom);
}

/** Nested as the vendor's page has it, or in one flat row. */
function taskFrom(row: Loose): Task {
  const task = isObject(row.task) ? row.task : row;
  const campaign = isObject(row.campaign) ? row.campaign : row;
  const dueAt = momentOf(task.due_date);
  const due = isoTime(dueAt) ?? lineOf(task.due_date);
  return {
    type: lineOf(task.type) ?? "UNKNOWN",
    name: visible(asString(task.name) ?? ""),
    ...(due && { due }),
    dueAt,
    prospect: personFrom(asObject(row.prospect)),
    campaign: withoutBlank({
      id: asNumber(campaign.campaign_id) ?? (campaign === row ? undefined : asNumber(campaign.id)),
      name: lineOf(campaign.campaign_name) ?? (campaign === row ? undefined : lineOf(campaign.name)),
    }),
    message: visibleLines(asString(task.message) ?? "").trim(),
  };
}

const personFrom = ({ id, email, first_name, last_name, company }: Loose) =>
  withoutBlank({
    id: asNumber(id),
    email: lineOf(email),
    name: [lineOf(first_name), lineOf(last_name)].filter(Boolean).join(" "),
    company: lineOf(company),
  });

const withoutBlank = <T extends Loose>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
