/**
 * Odd answers: what the sandbox would say, with one part of it replaced by something that no document knows, is served to
 * every tool. The answer is a result or an explained failure, never a defect of this server, and nothing deep is passed on.
 */
import { it } from "vitest";
import type { Session } from "../support/session.ts";
import { expectBorne, oddities, openOdd, placesIn, withOddity } from "./odd.ts";

const reads: [string, object, string][] = [
  ["list_campaigns", {}, "/rest/v1/campaign_list"],
  ["get_campaign", { campaign_id: 2101, include: "content" }, "/rest/v2/campaigns/2101"],
  ["check_campaign", { campaign_id: 2101 }, "/rest/v2/campaigns/2101"],
  ["check_campaign", { campaign_id: 2101 }, "/rest/v2/mailboxes"],
  ["check_campaign", { campaign_id: 2101 }, "/rest/v1/prospects?campaigns_id=2101&campaigns_details=true"],
  ["preview_campaign", { campaign_id: 2101 }, "/rest/v2/campaigns/2101"],
  ["get_campaign_statistics", { campaign_id: 2101 }, "/rest/v1/campaign_list?id=2101"],
  ["list_mailboxes", {}, "/rest/v2/mailboxes"],
  ["list_linkedin_accounts", {}, "/rest/v2/linkedin_accounts"],
  ["list_replies", {}, "/rest/v2/inbox/messages"],
  ["search_prospects", {}, "/rest/v1/prospects"],
  ["pause_campaign", { campaign_id: 2101 }, "/rest/v2/campaigns/2101"],
  ["run_campaign", { campaign_id: 2102 }, "/rest/v2/campaigns/2102"],
  ["update_campaign", { campaign_id: 2104, name: "Other" }, "/rest/v2/campaigns/2104"],
  [
    "update_step_version",
    { campaign_id: 2104, step: 1, version: "A", subject: "Other" },
    "/rest/v2/campaigns/2104",
  ],
  ["duplicate_campaign", { campaign_id: 2104, allow_duplicate: true }, "/rest/v2/campaigns/2104"],
  ["get_account_report", { since: "2026-01-01" }, "/rest/v1/campaign_list"],
  ["get_account_report", { campaign_ids: [2101], since: "2026-01-01" }, "/rest/v1/prospects"],
  ["list_replies", { prospect_id: 90_002 }, "/rest/v2/prospects/90002/responses"],
  ["list_tasks", {}, "/rest/v2/manual_tasks"],
  ["stop_prospects", { domains: ["harrow-and-lane.example"] }, "/rest/v1/prospects"],
  ["reply_to_prospect", { message_id: "40001", text: "Thank you." }, "/rest/v2/inbox/messages"],
  [
    "save_prospects",
    { campaign_id: 2104, prospects: [{ email: "a@b.example" }], dry_run: true },
    "/rest/v1/prospects",
  ],
  ["delete_prospects", { prospect_ids: [90_037], scope: "account" }, "/rest/v1/prospects"],
  ["list_recent_changes", {}, "/rest/v2/campaigns/2101"],
];

async function answerOf({ sandbox }: Session, path: string): Promise<unknown> {
  const response = await fetch(`${sandbox.origin}${path}`, { headers: { "x-api-key": sandbox.key } });
  return response.json();
}

/** What is read, whichever campaign or person it is of: one reader serves all tools. */
const routeOf = (path: string) => (path.split("?")[0] ?? "").replace(/\d{4,}/, "id");

it.each(reads)("%s %j bears every oddity in %s", async (tool, args, path) => {
  const session = await openOdd();
  const genuine = await answerOf(session, path);
  const places = placesIn(genuine);
  const route = new RegExp(`^${(path.split("?")[0] ?? "").replaceAll("/", "\\/")}$`);
  const [firstTool] = reads.find(([, , other]) => routeOf(other) === routeOf(path)) ?? [];
  // A sample of the places, others for each oddity: more of them where a reader is met for the first time.
  const step = Math.max(1, Math.floor(places.length / (tool === firstTool ? 4 : 2)));
  for (const [index, [name, odd]] of oddities.entries()) {
    for (let at = (index * 3) % step; at < places.length; at += step) {
      const place = places[at] ?? [];
      await session.replace({ method: "GET", route, body: withOddity(genuine, place, odd) });
      expectBorne(session, await session.call(tool, args), `${name} at ${place.join(".")}`);
    }
  }
});

// Found by trying every oddity at every place.
it.each([
  ["get_campaign", { campaign_id: 2101 }, "/rest/v2/campaigns/2101", "settings.timezone"],
  [
    "get_campaign",
    { campaign_id: 2101, include: "content" },
    "/rest/v2/campaigns/2101",
    "steps.followup.body.versions.0.signature",
  ],
  [
    "update_step_version",
    { campaign_id: 2104, step: 1, version: "A", subject: "Other" },
    "/rest/v2/campaigns/2104",
    "steps.followup.body.versions.0.id",
  ],
  ["check_campaign", { campaign_id: 2101 }, "/rest/v2/mailboxes", "0.details.frequency_to"],
])("%s %j bears in %s whatever stands at %s", async (tool, args, path, place) => {
  const session = await openOdd();
  const genuine = await answerOf(session, path);
  for (const [name, odd] of oddities) {
    const body = withOddity(genuine, place.split("."), odd);
    await session.replace({ method: "GET", route: new RegExp(`^${path}$`), body });
    expectBorne(session, await session.call(tool, args), name);
  }
});
