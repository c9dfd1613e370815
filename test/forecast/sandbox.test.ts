/**
 * The forecast against the sandbox's own clock, two independent readings of the same documents, over random campaigns
 * that last up to a year. Nobody in them reacts (+silent@). What has left by the end of every day must agree.
 *
 * The sandbox draws the pause after each e-mail where the forecast takes its mean. That shows in two places: an e-mail at
 * the very end of a window may fall on the next open day; and while the mailboxes are full, who comes first in a queue
 * hangs on minutes, which moves later days. Both have a bound here, and most campaigns must agree to the e-mail.
 */
import { afterEach, describe, expect, it } from "vitest";
import { simulate } from "../../src/forecast/simulate.ts";
import type { DeliveryTime } from "../../src/model/delivery.ts";
import { windowsByDay } from "../../src/model/delivery.ts";
import { DAY, dayOf, toLocal, toMoment, zoneOf } from "../../src/model/zone.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.ts";
import { type Mailbox, mailboxFrom } from "../../src/woodpecker/mailboxes.ts";

const open: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

/** mulberry32 */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let hash = Math.imul(state ^ (state >>> 15), 1 | state);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash;
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const one = <T>(list: readonly T[]) => list[whole(0, list.length - 1)] as T;
  return { next, whole, one };
}

const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

interface Made {
  timezone: string;
  start: number;
  mailboxes: number[];
  daily_enroll: number;
  working: boolean;
  people: number;
  steps: {
    type: "EMAIL" | "LINKEDIN";
    wait: { value: number; range: "DAY" | "HOUR" };
    windows: DeliveryTime[];
  }[];
}

function madeFrom(seed: number): Made {
  const { whole, one, next } = randomOf(seed);
  const windows = (): DeliveryTime[] => {
    const chosen = next() < 0.5 ? days.slice(0, 5) : days.filter(() => next() < 0.6);
    const from = whole(6, 11);
    const clock = (hour: number) => `${String(hour).padStart(2, "0")}:${one(["00", "15", "30"])}`;
    const morning = {
      days: chosen.length > 0 ? chosen : ["TUESDAY"],
      from: clock(from),
      to: clock(from + whole(4, 9)),
    };
    return next() < 0.25 ? [morning, { ...morning, from: "21:00", to: "22:30" }] : [morning];
  };
  const shared = windows();
  const mailboxes = one([[501], [501, 502], [501, 502, 503]]);
  return {
    timezone: one([
      "Europe/Berlin",
      "Europe/London",
      "America/New_York",
      "Asia/Tokyo",
      "Australia/Sydney",
      "Asia/Kolkata",
      "America/Sao_Paulo",
    ]),
    start: Date.UTC(2026, whole(0, 11), whole(1, 28), whole(0, 23), whole(0, 59)),
    mailboxes,
    daily_enroll: whole(5, 60),
    working: next() < 0.4,
    people: whole(20, 400),
    steps: Array.from({ length: whole(1, 5) }, (_, index) => ({
      type: index > 0 && next() < 0.2 ? ("LINKEDIN" as const) : ("EMAIL" as const),
      wait:
        next() < 0.75
          ? { value: whole(1, 9), range: "DAY" as const }
          : { value: whole(2, 60), range: "HOUR" as const },
      windows: next() < 0.7 ? shared : windows(),
    })),
  };
}

const text = { subject: "Hello", message: "<p>Hello</p>", track_opens: false };

function body({ timezone, mailboxes, daily_enroll, working, steps }: Made): object {
  const followup = steps.reduceRight<object | undefined>((next, step, index) => {
    const after = steps[index + 1]?.wait;
    const own =
      step.type === "EMAIL"
        ? { type: "EMAIL", delivery_time: windowsByDay(step.windows), body: { versions: [text] } }
        : {
            type: "LINKEDIN",
            body: { action_type: "VISIT_PROFILE", linkedin_account_id: 77, versions: [{ message: "" }] },
          };
    return { ...own, ...(after && { followup_after: after }), ...(next && { followup: next }) };
  }, undefined);
  const settings = {
    timezone,
    daily_enroll,
    count_followup_delay_in_working_days: working,
    catch_all_verification_mode: "NONE",
  };
  return { name: "Forecast", email_account_ids: mailboxes, settings, steps: { type: "START", followup } };
}

async function ask(sandbox: Sandbox, method: string, path: string, given?: object) {
  const headers = { "x-api-key": sandbox.key, ...(given && { "content-type": "application/json" }) };
  const response = await fetch(`${sandbox.origin}${path}`, {
    method,
    headers,
    ...(given && { body: JSON.stringify(given) }),
  });
  expect(response.status).toBeLessThan(300);
  const answer = await response.text();
  return answer ? JSON.parse(answer) : undefined;
}

/** E-mails that have left by the end of each day, by step. */
async function played(made: Made, seed: number): Promise<{ byDay: Map<number, number[]>; boxes: Mailbox[] }> {
  const sandbox = await startSandbox({ seed: "empty", now: () => new Date(made.start), randomSeed: seed });
  open.push(sandbox);
  const { id } = await ask(sandbox, "POST", "/rest/v2/campaigns", body(made));
  const prospects = Array.from({ length: made.people }, (_, index) => ({
    email: `p${index}+silent@firm${index}.example`,
    linkedin_url: `https://linkedin.example/in/p${index}`,
  }));
  await ask(sandbox, "POST", "/rest/v1/add_prospects_campaign", { campaign: { campaign_id: id }, prospects });
  const boxes = (await ask(sandbox, "GET", "/rest/v2/mailboxes")).map(mailboxFrom) as Mailbox[];
  await ask(sandbox, "POST", `/rest/v2/campaigns/${id}/run`);

  const zone = zoneOf(made.timezone);
  const byDay = new Map<number, number[]>();
  let now = made.start;
  const emails = made.steps.filter(({ type }) => type === "EMAIL").length;
  for (let day = dayOf(toLocal(zone, now)); byDay.size < 365; day += 1) {
    const midnight = toMoment(zone, (day + 1) * DAY);
    sandbox.advance((midnight - now) / 3_600_000);
    now = midnight;
    const [row] = await ask(sandbox, "GET", `/rest/v1/campaign_list?id=${id}`);
    const sent = made.steps.map((_step, index) => {
      const entry = row.stats.emails.find((one: { step: number }) => one.step === index + 1);
      return entry?.emailSend ?? 0;
    });
    byDay.set(day, sent);
    if (row.stats.sent >= made.people * emails) break;
  }
  return { byDay, boxes };
}

interface Compared {
  /** Of all days, by how many e-mails in all what has left by the evening differs at most. */
  worst: number;
  /** The same at the end, step by step. */
  atEnd: number[];
  left: number;
  /** E-mails that the mailboxes may send in a day, and whether a day needs all of them. */
  limit: number;
  full: boolean;
}

async function compare(seed: number): Promise<Compared> {
  const made = madeFrom(seed);
  const { byDay, boxes } = await played(made, seed);
  const used = boxes.filter((box) => made.mailboxes.includes(box.id));
  const { days: forecast, left } = simulate({
    from: made.start,
    timezone: made.timezone,
    daily_enroll: made.daily_enroll,
    working_days: made.working,
    steps: made.steps,
    boxes: used.map(({ dailyLimit = 0, gap = 0 }) => ({ limit: dailyLimit, gap, sentToday: 0, freezes: [] })),
    people: [{ next: 0, count: made.people, due: made.start }],
  });
  const sums = made.steps.map(() => 0);
  let worst = 0;
  let atEnd: number[] = [];
  for (const [day, sent] of byDay) {
    const counts = forecast.find((one) => one.day === day)?.bySteps ?? [];
    for (const [index, step] of made.steps.entries()) {
      if (step.type === "EMAIL") sums[index] = (sums[index] ?? 0) + (counts[index] ?? 0);
    }
    worst = Math.max(worst, Math.abs(total(sums) - total(sent)));
    atEnd = sums.map((sum, index) => sum - (sent[index] ?? 0));
  }
  const limit = total(used.map(({ dailyLimit = 0 }) => dailyLimit));
  return { worst, atEnd, left, limit, full: forecast.some((one) => one.full.has("mailbox limit")) };
}

const total = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0);

describe("the forecast and the sandbox's clock", () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
  const results: Compared[] = [];

  it.each(seeds)("agree at the end of every day, campaign %i", async (seed) => {
    const result = await compare(seed);
    results.push(result);
    expect(result.left).toBe(0);
    expect(result.atEnd.every((difference) => difference === 0)).toBe(true);
    expect(result.worst).toBeLessThanOrEqual(result.full ? result.limit / 4 : 6);
  });

  it("agree to the e-mail on every day of most campaigns", () => {
    const exact = results.filter(({ worst }) => worst === 0);
    expect(exact.length / results.length).toBeGreaterThanOrEqual(0.8);
  });
});
