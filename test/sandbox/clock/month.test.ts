/** A month of the sandbox: its numbers add up. */
import { beforeAll, describe, expect, it } from "vitest";
import { buildCampaign } from "../../../src/sandbox/build-campaign.ts";
import type { EmailStep } from "../../../src/sandbox/campaign.ts";
import { advanceTo } from "../../../src/sandbox/clock/advance.ts";
import { isOpen } from "../../../src/sandbox/clock/windows.ts";
import { dayOf, toLocal, zoneOf } from "../../../src/sandbox/clock/zone.ts";
import { seededIds } from "../../../src/sandbox/ids.ts";
import { seedState } from "../../../src/sandbox/seed/state.ts";
import type { State, StoredCampaign, Touch } from "../../../src/sandbox/state.ts";
import { statisticsOf } from "../../../src/sandbox/v1/statistics.ts";
import { chain, draft, email, linkedIn } from "../helpers.ts";

// The month in which the clocks of Berlin change.
const START = Date.UTC(2026, 2, 16, 6);
const HOUR = 3_600_000;
const MONTH = 30 * 24 * HOUR;

const days = (from: string, to: string) =>
  Object.fromEntries(
    ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"].map((day) => [day, [{ from, to }]]),
  );
const step = (delivery_time: object, message = "Hi {{UNSUBSCRIBE}}") =>
  email({ delivery_time, followup_after: { range: "DAY", value: 2 } }, { message, track_opens: true });

function addCampaign(
  state: State,
  id: number,
  timezone: string,
  daily_enroll: number,
  mailboxes: number[],
): void {
  const steps = chain([
    step(days("08:00", "11:00")),
    linkedIn("VISIT_PROFILE", { message: "" }),
    step(days("13:00", "18:00"), "{{FIRST_NAME}}, again? {{CLICK=https://example.com}}"),
  ]);
  const body = draft({ email_account_ids: mailboxes, settings: { timezone, daily_enroll } }, steps);
  const created = new Date(START);
  const campaign = { ...buildCampaign(id, body, seededIds(`test ${id}`)), status: "RUNNING" as const };
  const enrolments = Array.from({ length: 400 }, (_, index) => {
    const prospectId = id * 1000 + index;
    const fields: Record<string, string> = { linkedin_url: "https://linkedin.example" };
    if (index % 5 > 0) fields.first_name = "Ada";
    const prospect = { id: prospectId, email: `p${index}@c${id}-${index}.example`, fields };
    state.prospects.set(prospectId, { ...prospect, status: "ACTIVE", updated: created });
    return {
      prospectId,
      status: "ACTIVE" as const,
      interest: "NOT-MARKED" as const,
      enrolledAt: created,
      sendAfter: null,
      forced: false,
      touches: [],
    };
  });
  state.campaigns.set(id, {
    campaign,
    created,
    runningSince: created,
    folder: { id: 0, name: "" },
    conditional: false,
    inActiveWorkflow: false,
    bounceThreshold: null,
    enrolments,
  });
}

function prepared(): State {
  const state = seedState("account", new Date(START));
  addCampaign(state, 11, "Europe/Berlin", 30, [501, 502]);
  addCampaign(state, 12, "America/New_York", 500, [501]);
  return state;
}

const played = (seed: number, pieces = 1): State => {
  const state = prepared();
  for (let piece = 1; piece <= pieces; piece++) advanceTo(state, START + (MONTH / pieces) * piece, seed);
  return state;
};

/** Everything but the ids, which are drawn at every start. */
const shown = (state: State): string =>
  JSON.stringify([[...state.campaigns], [...state.prospects], state.messages, [...state.clock.senders]]);

describe("a month", () => {
  let state: State;
  let sends: { stored: StoredCampaign; touch: Touch }[];
  const most = (keys: (string | number)[]): number => {
    const counts = new Map<string | number, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return Math.max(...counts.values());
  };

  beforeAll(() => {
    state = played(1);
    sends = [...state.campaigns.values()].flatMap((stored) =>
      stored.enrolments
        .flatMap(({ touches }) => touches)
        .filter(({ at }) => at.getTime() >= START)
        .map((touch) => ({ stored, touch })),
    );
  });

  it("sends within the windows of each step, before and after the clocks change", () => {
    expect(sends.length).toBeGreaterThan(1000);
    for (const { stored, touch } of sends) {
      if (touch.mailboxId === null) continue;
      const { campaign } = stored;
      const steps: EmailStep[] = [];
      for (let next = campaign.steps.followup; ; ) {
        if (next.type === "EMAIL") steps.push(next);
        if (!next.followup) break;
        next = next.followup;
      }
      const week = steps.find(({ id }) => id === touch.stepId)?.delivery_time ?? {};
      expect(isOpen(week, zoneOf(campaign.settings.timezone), touch.at.getTime())).toBe(true);
    }
  });

  it("opens no more than daily_enroll a day, and as many where nothing else limits it", () => {
    const { campaign, enrolments } = state.campaigns.get(11) as StoredCampaign;
    const zone = zoneOf(campaign.settings.timezone);
    const openings = enrolments.flatMap(({ touches }) => touches[0]?.at.getTime() ?? []);
    expect(most(openings.map((at) => dayOf(toLocal(zone, at))))).toBe(30);
  });

  it("keeps to the limit of each mailbox over all campaigns, and to its pauses", () => {
    const mails = sends.filter(({ touch }) => touch.mailboxId !== null);
    expect(most(mails.map(({ touch }) => `${touch.mailboxId} ${touch.at.toISOString().slice(0, 10)}`))).toBe(
      50,
    );
    const times = mails.filter(({ touch }) => touch.mailboxId === 501).map(({ touch }) => touch.at.getTime());
    times.sort((a, b) => a - b);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(90_000);
  });

  it("keeps a thread in its mailbox and the order of its steps", () => {
    for (const { enrolments } of state.campaigns.values()) {
      for (const { touches } of enrolments) {
        expect(new Set(touches.flatMap(({ mailboxId }) => mailboxId ?? [])).size).toBeLessThanOrEqual(1);
        const times = touches.map(({ at }) => at.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }
    }
  });

  it("parks those whose snippet is empty when its turn comes", () => {
    const { enrolments } = state.campaigns.get(11) as StoredCampaign;
    const parked = enrolments.filter(({ status }) => status === "TO-CHECK");
    expect(parked.length).toBeGreaterThan(40);
    for (const { touches, prospectId } of parked) {
      expect(touches).toHaveLength(2);
      expect(prospectId % 5).toBe(0);
    }
  });

  it("leaves counters that add up", () => {
    for (const stored of state.campaigns.values()) {
      const { emails, ...totals } = statisticsOf(stored);
      const sum = (field: "emailSend" | "open" | "reply" | "bounce") =>
        emails.reduce((total, one) => total + one[field], 0);
      expect([sum("emailSend"), sum("open"), sum("reply"), sum("bounce")]).toEqual([
        totals.sent,
        totals.opened,
        totals.replied,
        totals.bounced,
      ]);
    }
    const { opened, clicked, replied, bounced, optout, autoreplied, invalid } = statisticsOf(
      state.campaigns.get(11) as StoredCampaign,
    );
    for (const some of [opened, clicked, replied, bounced, optout, autoreplied, invalid]) {
      expect(some).toBeGreaterThan(0);
    }
  });

  it("is the same for the same seed, however it is cut up, and another for another seed", () => {
    const whole = shown(state);
    expect(shown(played(1))).toBe(whole);
    expect(shown(played(1, 30 * 24))).toBe(whole);
    expect(shown(played(1, 7))).toBe(whole);
    expect(shown(played(2))).not.toBe(whole);
  });
});
