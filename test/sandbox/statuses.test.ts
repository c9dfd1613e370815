/** Every documented status has a way into it, which docs/sandbox.md names, and the clock goes the ones that time brings. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STATUSES } from "../../src/sandbox/campaign.ts";
import { ENROLMENT_STATUSES } from "../../src/sandbox/state.ts";
import { call, email, type Json, start } from "./helpers.ts";

const page = readFileSync("docs/sandbox.md", "utf8");

it.each([
  ...STATUSES.map((status) => ["campaign", status]),
  ...ENROLMENT_STATUSES.map((status) => ["person", status]),
])("docs/sandbox.md names the way of a %s into %s", (who, status) => {
  expect(page).toMatch(new RegExp(`^\\| ${who} [^|]*\\b${status}\\b`, "m"));
});

const people: [string, string, object?][] = [
  ["silent", "ACTIVE"],
  ["reply", "REPLIED"],
  ["autoreply", "AUTOREPLIED"],
  ["bounce", "BOUNCED"],
  ["optout", "BLACKLIST"],
  ["invalid", "INVALID"],
  ["catchall", "TO-REVIEW", { catch_all_verification_mode: "ONLY_VERIFY" }],
  ["catchall", "ACTIVE", { catch_all_verification_mode: "BALANCED" }],
  ["catchall", "INVALID", { catch_all_verification_mode: "MAXIMUM" }],
];

it.each(people)("+%s becomes %s (%j)", async (wish, status, settings = {}) => {
  const sandbox = await start({ seed: "empty", now: () => new Date("2026-03-02T06:00:00Z") });
  const version = { message: '<p><a href="{{UNSUBSCRIBE}}">leave</a></p>', track_opens: true };
  const made = await call(sandbox, "POST /v2/campaigns", {
    email_account_ids: [501],
    settings: { timezone: "UTC", daily_enroll: 50, ...settings },
    steps: { type: "START", followup: email({}, version) },
  });
  const { id } = made.body;
  await call(sandbox, "POST /v1/add_prospects_campaign", {
    campaign: { campaign_id: id },
    prospects: [{ email: `ada+${wish}@new.example` }],
  });
  await call(sandbox, `POST /v2/campaigns/${id}/run`);
  sandbox.advance(24 * 4);
  const { body } = await call(sandbox, `GET /v1/prospects?campaigns_id=${id}`);
  expect(body.map((row: Json) => row.status)).toEqual([status]);
});
