/** The card in every state that a person may meet: it speaks to them, fits, and is without faults for axe. */
import { beforeAll, describe, expect, it } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import { fewViews, type Host, openHost } from "./host.ts";
import { longCampaign, reply, report, tested } from "./states.ts";

/** Names of tools and arguments, codes of a program, and what a model is told to do. */
const forModels =
  /\b(?:get|list|create|update|add|delete|run|pause|stop|make|check|preview|save|search|import|reply)_[a-z]+\b|[a-z]_[a-z]+\b|\bundefined\b|\[object|\bthe person\b|call .* again|\d{4}-\d\d-\d\d/;

type State = [name: string, show: (host: Host) => Promise<unknown>];

const states: State[] = [
  ["a question before a start", (host) => host.show("run_campaign", { campaign_id: 2104 })],
  ["a question before a resume", (host) => host.show("run_campaign", { campaign_id: 2102 })],
  ["a refused start", (host) => host.show("run_campaign", { campaign_id: 2105 })],
  [
    "a question in spite of errors",
    (host) => host.show("run_campaign", { campaign_id: 2105, despite_errors: true }),
  ],
  ["a question about several", (host) => host.show("run_campaign", { campaign_ids: [2104, 2103, 2102] })],
  ["a question before a deletion", (host) => host.show("delete_campaign", { campaign_id: 2105 })],
  ["a deletion of several", (host) => host.show("delete_campaign", { campaign_ids: [2104, 2105] })],
  ["several paused", (host) => host.show("pause_campaign", { campaign_ids: [2101, 2102, 2104] })],
  ["a campaign that sends nothing", (host) => host.show("check_campaign", { campaign_id: 2102 })],
  ["an edited campaign with an error", (host) => host.show("check_campaign", { campaign_id: 2105 })],
  ["a preview with a LinkedIn step", (host) => host.show("preview_campaign", { campaign_id: 2102 })],
  ["a report", (host) => host.show("get_account_report", { since: "2026-11-01" })],
  [
    "a report with a best and a worst",
    (host) => host.showResult({}, { content: [], structuredContent: report }),
  ],
  ["numbers of a campaign", (host) => host.show("get_campaign_statistics", { campaign_id: 2101 })],
  [
    "an A/B test",
    (host) => host.showResult({ campaign_id: 2101 }, { content: [], structuredContent: tested }),
  ],
  [
    "a change",
    (host) =>
      host.show("update_step_version", { campaign_id: 2104, step: 1, version: "A", subject: "Your spring" }),
  ],
  ["a question before a reply", (host) => host.showResult(reply.args, reply.result)],
  ["sixteen steps of five", (host) => host.show("preview_campaign", { draft: longCampaign, sample: 1 })],
  ["a draft", (host) => host.show("check_campaign", { draft: { ...longCampaign, steps: [] } })],
];

describe.skipIf(!hasChromium("the states of the card"))("the card shows", () => {
  // One for all of them: each is a card of its own on the same page, and what one asks for none agrees to.
  let host: Host;
  beforeAll(async () => {
    host = await openHost({ env: { WOODPECKER_ACCOUNT_NAME: "Northwind Traders" } });
  }, 60_000);

  it.each(states)("%s in a person's words, narrow in light and wide in dark", async (name, show) => {
    host.complaints.splice(0);
    await show(host);
    await host.card.locator("h1").first().waitFor();
    await host.quiet();
    // Of the reply, what its writer wrote.
    // biome-ignore lint/performance/useDomNodeTextContent: words of neighbouring boxes must not run together
    const said = (await host.card.locator("main").innerText()).replace("save_the_date", "");
    expect(said.match(forModels)?.[0]).toBeUndefined();
    expect(said.match(/.*(?<!: )\bIt (?:needs|must|may|belongs|overlaps|holds)\b.*/)?.[0]).toBeUndefined();
    expect(await host.looks(name, fewViews)).toEqual([]);
    expect(host.complaints).toEqual([]);
  });
});
