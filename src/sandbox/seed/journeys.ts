/** What had happened to each prospect of the seeded campaigns, in a short notation, and its reader. */
import type { Enrolment, EnrolmentStatus, Interest, Touch } from "../state.ts";

// One string per prospect, one letter per step carried out:
//   s delivered   o opened   c opened and clicked   r opened and replied   a auto-reply
//   b bounced     x opened and opted out            l LinkedIn action done
// After r comes the interest: + interested, ~ maybe later, - not interested. A word parks the prospect.
export const JOURNEYS = {
  running: [
    "o c r+",
    "o r~",
    "s o o",
    "b",
    "o o o",
    "r-",
    "s a",
    "o s s",
    "x",
    "s c r+",
    "o o",
    "s o",
    "s s",
    "o",
    "",
    "check",
    "check",
    "",
  ],
  paused: ["o l r+", "s l o", "o l", "r", "s l", "o", "paused", "invalid", "s", ""],
  stopped: ["o o", "r~", "o s", "b", "s", "o", "a", "s"],
  draft: ["", "", "", "", "", ""],
  edited: ["o o", "r+", "o", "s", "s", "review"],
  completed: ["o c", "o r+", "s o", "r", "o c", "o s", "b", "o o", "x", "s s", "r~", "o o"],
} as const;

const INTEREST: Record<string, Interest> = {
  "+": "INTERESTED",
  "~": "MAYBE-LATER",
  "-": "NOT-INTERESTED",
};

const STATUS: Record<string, EnrolmentStatus> = {
  r: "REPLIED",
  a: "AUTOREPLIED",
  b: "BOUNCED",
  x: "BLACKLIST",
  check: "TO-CHECK",
  review: "TO-REVIEW",
  paused: "PAUSED",
  invalid: "INVALID",
};

export type Mark = { letter: string; opened: boolean };

interface Journey extends Pick<Enrolment, "status" | "interest"> {
  marks: Mark[];
}

export function readJourney(text: string): Journey {
  const words = text.split(" ").filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  return {
    status: STATUS[last] ?? STATUS[last.charAt(0)] ?? "ACTIVE",
    interest: INTEREST[last.charAt(1)] ?? "NOT-MARKED",
    marks: words
      .filter((word) => word.length <= 2)
      .map((word) => ({ letter: word.charAt(0), opened: /^[ocrx]/.test(word) })),
  };
}

const HOUR = 3_600_000;

export function touchAt(
  at: Date,
  { letter, opened }: Mark,
  sent: Pick<Touch, "stepId" | "version" | "mailboxId">,
): Touch {
  const later = (hours: number, happened: boolean): Date | null =>
    happened ? new Date(at.getTime() + hours * HOUR) : null;
  return {
    ...sent,
    at,
    bounced: letter === "b",
    openedAt: later(1, opened),
    clickedAt: later(1.1, letter === "c"),
    repliedAt: later(4, letter === "r"),
    optedOutAt: later(2, letter === "x"),
  };
}
