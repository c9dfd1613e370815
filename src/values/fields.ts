/** Fields that several operations take, each defined once. */
import { z } from "zod/v3";
import { asWritten } from "./lenient.ts";

/** Highest id we accept: far above any id in use, small enough for every client's integer type. */
const MAX_ID = 999_999_999_999;

export const whole = (min: number, max: number) => z.number().int().min(min).max(max);

export const id = () => whole(1, MAX_ID);

export const campaignId = id().describe("Campaign id.");

export const pageInput = {
  limit: whole(1, 100).default(25).describe("Rows an answer."),
  cursor: z.string().max(200).optional().describe("The next_cursor."),
};

export const pageOutput = {
  total: z.number().describe("How many match."),
  next_cursor: z.string().optional().describe("Present when there are more."),
};

/** Text that arrives whole in an e-mail: no lone surrogates, replacement marks or control characters. */
export const isSound = (text: string): boolean =>
  text.isWellFormed() && !/\uFFFD|[^\P{Cc}\n\r\t\u0080-\u009F]/u.test(text);

/** One line of text, such as a name or a subject. */
export const isOneLine = (text: string): boolean => isSound(text) && !/[\n\r\t]/.test(text);

const damaged = "has damaged or control characters; write it again as plain Unicode text";

/** What this server has put, now or in earlier releases, where something was left out. */
const leftOut =
  /… \[cut\]|… \(\d+ characters\)$|… (?:\d+ more lines: the structured|the rest is in the structured) result/;

const isWhole = (text: string) => !leftOut.test(text);
const shortened = "has the mark of a text that was shortened; give it whole";

/** Text as it stands somewhere already. */
export const standing = (max: number) =>
  asWritten(z.string().max(max)).refine(isSound, { message: damaged, params: { damaged: true } });

/** Text that is written: never what an answer left of it. */
export const text = (max: number) => standing(max).refine(isWhole, { message: shortened });

export const line = (max: number) =>
  z
    .string()
    .max(max)
    .superRefine((given, context) => {
      if (!isOneLine(given))
        context.addIssue({ code: "custom", message: `${damaged}, on one line`, params: { damaged: true } });
      else if (!isWhole(given)) context.addIssue({ code: "custom", message: shortened });
    });
