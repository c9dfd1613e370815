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
export function isSound(text: string): boolean {
  return text.isWellFormed() && !text.includes("\uFFFD") && !hasControls(text, "\n\r\t");
}

/** One line of text, such as a name or a subject. */
export function isOneLine(text: string): boolean {
  return isSound(text) && !hasControls(text, "");
}

function hasControls(text: string, allowed: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if ((code < 32 || code === 127) && !allowed.includes(char)) return true;
  }
  return false;
}

const damaged = "has damaged or control characters; write it again as plain Unicode text";

export const text = (max: number) =>
  asWritten(z.string().max(max)).refine(isSound, { message: damaged, params: { damaged: true } });

export const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine(isOneLine, { message: `${damaged}, on one line`, params: { damaged: true } });
