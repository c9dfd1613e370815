/**
 * Odd answers: what the sandbox would say, with one part of it replaced by something that no document knows, is served to
 * every tool. The answer is a result or an explained failure, never a defect of this server, and nothing deep is passed on.
 */
import { describe, expect, it } from "vitest";
import { openSession, type Session } from "../support/session.ts";

const deep = `${'{"a":'.repeat(6_000)}1${"}".repeat(6_000)}`;

/** As JSON text, since some of it no value here could hold. */
const oddities: [string, string][] = [
  ["null", "null"],
  ["a number beyond all times", "1e20"],
  ["a negative number", "-1"],
  ["no text", '""'],
  ["half a character", '"\\ud800"'],
  ["an object that cannot be a text", '{"toString":"x","valueOf":1}'],
  ["an object with odd names", '{"__proto__":{"a":1},"constructor":null,"":[]}'],
  ["a list", "[[[]]]"],
  ["true", "true"],
  ["something nested 6,000 deep", deep],
  ["a long text", JSON.stringify("x".repeat(60_000))],
];

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
  ["duplicate_campaign", { campaign_id: 2104 }, "/rest/v2/campaigns/2104"],
];

const MARK = "\u0001odd\u0001";

/** Every place of a value, but not more than some of each list: they are alike. */
function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [at];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, 1).map((entry, index) => [index, entry])
    : Object.entries(value);
  return [at, ...entries.flatMap(([name, entry]) => placesIn(entry, [...at, name]))];
}

function withOddity(value: unknown, place: readonly (string | number)[], odd: string): string {
  const copy = structuredClone(value);
  if (place.length === 0) return odd;
  let holder = copy as Record<string | number, unknown>;
  for (const name of place.slice(0, -1)) holder = holder[name] as Record<string | number, unknown>;
  holder[place.at(-1) as string] = MARK;
  return JSON.stringify(copy).replace(JSON.stringify(MARK), () => odd);
}

async function answerOf({ sandbox }: Session, path: string): Promise<unknown> {
  const response = await fetch(`${sandbox.origin}${path}`, { headers: { "x-api-key": sandbox.key } });
  return response.json();
}

const depthOf = (value: unknown): number =>
  value === null || typeof value !== "object" ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf));

describe.each(oddities)("%s in an answer", (_name, odd) => {
  it.each(reads)("is borne by %s %j (%s)", async (tool, args, path) => {
    const genuine = await answerOf(await openSession(), path);
    const places = placesIn(genuine);
    // A sample of the places, another for each oddity; all of them over the table.
    const step = Math.max(1, Math.floor(places.length / 5));
    for (let index = odd.length % step; index < places.length; index += step) {
      const session = await openSession();
      const route = new RegExp(`${(path.split("?")[0] ?? "").replaceAll("/", "\\/")}$`);
      const body = withOddity(genuine, places[index] ?? [], odd);
      session.sandbox.failNext({ method: "GET", path: route, status: 200, body, times: 99 });
      const { text, data } = await session.call(tool, args);
      const where = `${places[index]?.join(".")}: ${text.slice(0, 400)}`;
      expect(text, where).not.toContain("a defect in this server");
      expect(
        session.events.map(({ event }) => event),
        where,
      ).not.toContain("defect");
      expect(depthOf(data ?? {}), where).toBeLessThan(40);
      await session.close();
    }
  });
});
