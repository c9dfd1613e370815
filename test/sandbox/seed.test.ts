/** The account that the sandbox begins with. */
import { describe, expect, it } from "vitest";
import { emailStepsOf, stepsOf } from "../../src/sandbox/campaign.ts";
import { fitsAccount, isRunnable } from "../../src/sandbox/check/account.ts";
import { isCampaignBody } from "../../src/sandbox/check/campaign.ts";
import { SEEDED_CAMPAIGNS } from "../../src/sandbox/seed/campaigns.ts";
import { seedState } from "../../src/sandbox/seed/state.ts";
import type { State, StoredCampaign } from "../../src/sandbox/state.ts";
import { statisticsOf } from "../../src/sandbox/v1/statistics.ts";

// Five minutes past midnight on every day of a week: dates are counted back from the start of the sandbox.
const STARTS = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 2, 15 + day, 0, 5)));
const state = seedState("account", new Date());
const campaigns = [...state.campaigns.values()];

describe("the seeded account", () => {
  it("passes its own checks but for the two planted faults", () => {
    const bodies = SEEDED_CAMPAIGNS.filter(({ body }) => !isCampaignBody(body)).map(({ id }) => id);
    const accounts = SEEDED_CAMPAIGNS.filter(({ body }) => !fitsAccount(state, body)).map(({ id }) => id);
    expect([bodies, accounts]).toEqual([[2105], [2106]]);
    const runnable = campaigns.filter(({ campaign }) => isRunnable(state, campaign));
    expect(runnable.map(({ campaign }) => campaign.id)).toEqual([2101, 2102, 2103, 2104]);
  });

  it("would not send from a mailbox without a slot", () => {
    const state = seedState("account", new Date());
    const [first] = SEEDED_CAMPAIGNS;
    const mailbox = state.mailboxes.get(501);
    if (!first || mailbox?.type !== "SMTP") throw new Error("seed");
    mailbox.details.in_slot = false;
    expect(fitsAccount(state, first.body)).toBe(false);
  });

  it("enrols each of 60 prospects once", () => {
    const enrolled = campaigns.flatMap(({ enrolments }) => enrolments.map(({ prospectId }) => prospectId));
    expect(new Set(enrolled).size).toBe(60);
    expect([...state.prospects.keys()]).toEqual(enrolled);
    expect(new Set([...state.prospects.values()].map(({ email }) => email)).size).toBe(60);
    for (const { email } of state.prospects.values()) expect(email).toMatch(/(\.example|@example\.com)$/);
  });

  it.each(STARTS)("keeps its story straight when started at %o", (start) => {
    const state = seedState("account", start);
    for (const stored of state.campaigns.values()) expectStory(state, stored, start);
  });

  it.each(campaigns)("adds up in $campaign.name", (stored) => {
    const { emails, ...totals } = statisticsOf(stored);
    const sum = (field: "emailSend" | "delivery" | "open" | "reply" | "bounce" | "invalid" | "toSend") =>
      emails.reduce((total, email) => total + email[field], 0);
    expect(emails).toHaveLength(emailStepsOf(stored.campaign).length);
    expect([
      sum("emailSend"),
      sum("delivery"),
      sum("open"),
      sum("reply"),
      sum("bounce"),
      sum("invalid"),
    ]).toEqual([totals.sent, totals.delivery, totals.opened, totals.replied, totals.bounced, totals.invalid]);
    expect(totals.sent).toBe(totals.delivery + totals.bounced);
    expect(sum("toSend")).toBeLessThanOrEqual(totals.queue);
  });
});

function expectStory(state: State, { campaign, created, enrolments }: StoredCampaign, start: Date): void {
  const steps = stepsOf(campaign);
  for (const { touches, status, prospectId } of enrolments) {
    const prospect = state.prospects.get(prospectId);
    touches.forEach((touch, index) => {
      const step = steps[index];
      const version = step?.body.versions.find(({ version }) => version === touch.version);
      expect(touch.stepId).toBe(step?.id);
      expect(touch.mailboxId === null).toBe(step?.type === "LINKEDIN");
      expect([0, 6]).not.toContain(touch.at.getUTCDay());
      expect(touch.at.getTime()).toBeGreaterThan(touches[index - 1]?.at.getTime() ?? created.getTime());
      for (const date of [touch.at, touch.openedAt, touch.clickedAt, touch.repliedAt, touch.optedOutAt]) {
        expect(date?.getTime() ?? 0).toBeLessThan(start.getTime());
      }
      if (touch.clickedAt) expect(version?.message).toContain("{{CLICK=");
      if (step?.type === "LINKEDIN") expect(prospect?.fields.linkedin_url).toBeTruthy();
      if (/\{\{COMPANY\}\}/.test(version?.message ?? "")) expect(prospect?.fields.company).toBeTruthy();
    });
    expect(touches.length).toBeLessThanOrEqual(steps.length);
    if (status === "TO-CHECK") expect(prospect?.fields.company).toBeUndefined();
  }
}
