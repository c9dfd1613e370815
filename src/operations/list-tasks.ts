/** What people still have to do by hand, whatever is due first at the top. */

import { createHash } from "node:crypto";
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { readDate } from "../model/dates.ts";
import { campaignId, pageInput, pageOutput } from "../values/fields.ts";
import { cut, quoted } from "../values/foreign.ts";
import { readAs } from "../values/lenient.ts";
import { momentFaults, momentOf } from "../values/moment.ts";
import { moreLine, page } from "../values/page.ts";
import { MOST_TASKS, readTasks, type Task } from "../woodpecker/tasks.ts";

const MAX_MESSAGE = 1_000;

const next = "A task is finished in the Woodpecker app; the API cannot do it.";

export const listTasks = operation({
  name: "list_tasks",
  title: "List tasks",
  effect: "read",
  toolset: "insights",
  description:
    "Read the open manual tasks of Woodpecker campaigns by due date. Finishing one happens in the app.",
  input: {
    campaign_id: campaignId.optional(),
    due_before: readAs(z.string().max(40).optional().describe("Only due before this day or time."), readDate),
    type: z
      .array(z.enum(["GENERIC", "CALL", "SMS", "LINKEDIN"]))
      .max(4)
      .optional()
      .describe("Only these."),
    ...pageInput,
  },
  output: {
    tasks: z
      .array(
        z.object({
          type: z.string(),
          name: z.string(),
          due: z.string().optional(),
          prospect: z.object({
            id: z.number().optional(),
            email: z.string().optional(),
            name: z.string().optional(),
            company: z.string().optional(),
          }),
          campaign: z.object({ id: z.number().optional(), name: z.string().optional() }),
          message: z.string(),
        }),
      )
      .describe("The tasks."),
    ...pageOutput,
    next: z.string().describe("How one is finished."),
  },
  rules: ({ due_before: before }) => (before === undefined ? [] : momentFaults("due_before", before)),
  async run({ campaign_id, due_before, type, limit, cursor }, api) {
    const all = await readTasks(api);
    const before = due_before === undefined ? undefined : momentOf(due_before);
    const wanted = all
      .filter(({ campaign }) => campaign_id === undefined || campaign.id === campaign_id)
      .filter((task) => !type?.length || (type as string[]).includes(task.type))
      .filter(({ dueAt }) => before === undefined || dueAt < before)
      .sort((a, b) => order(a) - order(b));
    const { entries, total, next_cursor } = page(
      withIds(wanted.map(shown)),
      { limit, ...(cursor && { cursor }) },
      lineFor,
    );
    const isCut = all.length >= MOST_TASKS;
    return {
      tasks: entries.map(({ id: _id, ...task }) => task),
      total,
      ...(next_cursor && { next_cursor }),
      next: isCut ? `${next} Woodpecker gives ${MOST_TASKS} tasks at most, so there may be more.` : next,
    };
  },
  text: ({ tasks, total, next_cursor, next: how }) =>
    [
      total === 0 ? "No open task matches." : `${tasks.length} of ${total} open tasks, by due date`,
      ...tasks.map(lineFor),
      ...moreLine(next_cursor),
      how,
    ].join("\n"),
});

/** One without a date comes last. */
const order = ({ dueAt }: Task) => (Number.isNaN(dueAt) ? Number.MAX_VALUE : dueAt);

const shown = ({ dueAt: _at, message, name, ...rest }: Task) => ({
  ...rest,
  name: cut(name, 200),
  message: cut(message, MAX_MESSAGE),
});

/** Tasks have no id; one is made of all that is known of each, so that a page goes on behind the last that was shown. */
function withIds<T extends object>(tasks: readonly T[]): (T & { id: number })[] {
  const seen = new Map<string, number>();
  return tasks.map((task) => {
    const text = JSON.stringify(task);
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    const hash = createHash("sha256").update(`${nth} ${text}`).digest("hex");
    return { ...task, id: Number.parseInt(hash.slice(0, 9), 16) };
  });
}

function lineFor({
  type,
  name,
  due,
  prospect,
  campaign,
  message,
}: Omit<Task, "dueAt" | "due"> & { due?: string | undefined }): string {
  const person = [
    prospect.id,
    prospect.name && quoted(prospect.name),
    prospect.email,
    prospect.company && quoted(prospect.company),
  ];
  const where =
    campaign.id === undefined && !campaign.name
      ? []
      : ["campaign", campaign.id, campaign.name && quoted(campaign.name)];
  return [
    `- ${due ?? "no date"}`,
    type,
    quoted(name),
    "for",
    ...(person.some(Boolean) ? person : ["nobody"]),
    ...where,
    message && `says ${quoted(message, MAX_MESSAGE)}`,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
}
