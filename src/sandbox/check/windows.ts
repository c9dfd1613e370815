/** Checks the delivery windows of a step. */
import { DAYS, type DeliveryWindow } from "../campaign.ts";
import { minutesOf } from "../time.ts";
import { type Check, isList, isObject, isRecord } from "./value.ts";

// docs/woodpecker-api.md, row 12: the pages say any number, two, or three; three is the newest.
const MOST_PER_DAY = 3;

const isClock: Check = (value) => typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

const isWindow: Check = (value) => {
  if (!isRecord(value)) return false;
  // The only window that may end where or before it starts, and the only use of 24:00.
  if (isObject({ from: (from) => from === "00:00", to: isMidnight })(value)) return true;
  if (!isObject({ from: isClock, to: isClock })(value)) return false;
  return minutesOf(String(value.from)) < minutesOf(String(value.to));
};

const isMidnight: Check = (value) => value === "00:00" || value === "24:00";

/** A day may stand there without windows, as one that is left out. */
const isDay: Check = (value) =>
  isList(isWindow, 0, MOST_PER_DAY)(value) && !overlap(value as DeliveryWindow[]);

function overlap(windows: DeliveryWindow[]): boolean {
  const spans = windows
    .map(({ from, to }) => ({ from: minutesOf(from), to: isMidnight(to) ? 24 * 60 : minutesOf(to) }))
    .sort((a, b) => a.from - b.from);
  return spans.some((span, index) => span.from < (spans[index - 1]?.to ?? 0));
}

const isWeek = isObject({}, Object.fromEntries(DAYS.map((day) => [day, isDay])));

export const isDeliveryTime: Check = (value) =>
  isWeek(value) && Object.values(value as Record<string, unknown[]>).some((day) => day.length > 0);
