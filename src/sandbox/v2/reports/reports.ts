/** Orders the four reports of the API, and hands them out when they are ready. */
import { isObject, isString } from "../../check/value.ts";
import { randomIds } from "../../ids.ts";
import { notFound, type Reply, refused } from "../../reply.ts";
import type { Call } from "../../router.ts";
import { completeRows, generalRows, messageRows, openRows } from "./rows.ts";
import { type Send, sendsBetween } from "./sends.ts";

const DAY = 86_400_000;
/** Both ends of a range count, so the first day lies 29 days before the last. */
const SPAN = 29 * DAY;

const isRange = isObject({ from: isString, to: isString });

/** Undefined for a day that does not exist, which Date would move into the next month. */
function dayOf(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time : undefined;
}

const KINDS = {
  campaigns: ["General statistics", generalRows],
  complete: ["Complete statistics for each level of campaign", completeRows],
  messages: ["Sent messages", messageRows],
  open_rate: ["Open rate", openRows],
} as const satisfies Record<string, [description: string, rows: (sends: Send[]) => object[]]>;

export const orderReport =
  (kind: keyof typeof KINDS) =>
  ({ state, body, now, reportPolls }: Call): Reply => {
    if (!isRange(body)) throw refused(400, "Fields from and to are required");
    const { from, to } = body as { from: string; to: string };
    const [first, last, today] = [dayOf(from), dayOf(to), Math.floor(now().getTime() / DAY) * DAY];
    if (first === undefined || last === undefined || first > last)
      throw refused(400, "Range of dates is incorrect.");
    // A day to come is not one of the last 30 either.
    if (first < today - SPAN || last > today)
      throw refused(400, "Reports can be generated from the last 30 days");
    const hash = randomIds.version();
    // Made of what is known now, however late it is fetched.
    const [description, rows] = KINDS[kind];
    const data = rows(sendsBetween(state, from, to));
    state.reports.set(hash, { pollsLeft: reportPolls, report: { description, data } });
    return { status: 200, body: { hash } };
  };

export function getReport({ state, params }: Call): Reply {
  const ordered = state.reports.get(params.hash ?? "");
  if (!ordered) throw notFound();
  // The word for a report that is being made is not visible in any document.
  if (ordered.pollsLeft-- > 0) return { status: 200, body: { status: "IN_PROGRESS" } };
  return { status: 200, body: { status: "READY", report: ordered.report } };
}
