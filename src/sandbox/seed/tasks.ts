/** The open manual tasks of the seeded account. They hang on the campaign that the API cannot show, as all tasks do. */
import type { Task } from "../state.ts";

const CAMPAIGN = 2103;

// Days from now, person, what is to be done; one for each type, of which two are late and one is for today.
const TASKS: [days: number, prospectId: number, type: Task["type"], name: string, message: string][] = [
  [
    -6,
    90_029,
    "CALL",
    "Call about the price list",
    "She asked for the price of two sites. Mention the fair.",
  ],
  [-1, 90_030, "SMS", "Text before the call", "Hi Kamil, is three o'clock still good for you? Ivo"],
  [0, 90_032, "CALL", "Second call", ""],
  [2, 90_033, "LINKEDIN", "Comment on her post", "The one about pallets. Two sentences, no pitch."],
  [5, 90_034, "GENERIC", "Send the printed catalogue", "Address in the badge scan."],
];

export function seededTasks(now: Date): Task[] {
  return TASKS.map(([days, prospectId, type, name, message]) => {
    const due = new Date(now);
    due.setUTCDate(due.getUTCDate() + days);
    due.setUTCHours(13, 0, 0, 0);
    return { campaignId: CAMPAIGN, prospectId, type, name, message, due };
  });
}
