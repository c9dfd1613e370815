/** How the card looks: numbers with their denominators, in light and dark, narrow and wide, with the colours of the host. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { hasChromium } from "../support/chromium.ts";
import { day } from "../support/day.ts";
import { type Host, openHost, startBrowser } from "./host.ts";
import { bakeries, bakers } from "./picture.ts";

/** A draft of the sandbox with warnings and six people. */
const DRAFT = 2104;
const campaign_id = DRAFT;

/** The card has loaded what it needs beyond the result. */
const settled = (host: Host) => host.card.getByRole("heading", { name: "Calendar of sends" }).waitFor();

const mail = (host: Host) => host.card.frameLocator("iframe").locator("body");

describe.skipIf(!hasChromium("the looks of the launch card"))("the launch card", () => {
  beforeAll(startBrowser, 30_000);

  it("shows a funnel with its denominators, and versions with their intervals", async () => {
    const args = { campaign_id: 2101, period: { from: day(27), to: day(0) } };
    const host = await openHost();
    const { rates, comparisons } = await host.show("get_campaign_statistics", args);
    const { card } = host;
    const { value, numerator, denominator } = rates.replied;
    await card
      .getByRole("row", {
        name: `Replied ${numerator} ${(value * 100).toFixed(1)} % of ${denominator} delivered e-mails`,
      })
      .waitFor();
    expect(comparisons.length).toBeGreaterThan(0);
    for (const { step, metric, verdict, versions } of comparisons) {
      const table = card.getByRole("table", { name: `Step ${step}, ${metric}: ${verdict}` });
      for (const { version, low, high } of versions) {
        const interval = `(${(low * 100).toFixed(1)}\u00a0% to ${(high * 100).toFixed(1)}\u00a0%)`;
        expect(await table.getByRole("row", { name: new RegExp(`^${version} `) }).textContent()).toContain(
          interval,
        );
      }
    }
    expect(host.calls).toEqual([]);
    expect(await host.looks("statistics")).toEqual([]);
  });

  it.runIf(process.env.CARD_PICTURE)("sits for the picture in the README", async () => {
    const host = await openHost({ scale: 1.25 });
    const { campaign_id: id } = await host.call("create_campaign", bakeries);
    await host.call("save_prospects", { campaign_id: id, prospects: bakers });
    await host.show("run_campaign", { campaign_id: id });
    await settled(host);
    await host.card.getByRole("tab", { name: "Version B" }).click();
    await mail(host).getByText("Two sacks to try on Tuesday?").waitFor();
    await host.resize(900);
    await host.page.screenshot({ path: process.env.CARD_PICTURE as string });
  });

  it("is without faults for axe, in light and dark, narrow and wide", async () => {
    const host = await openHost();
    await host.show("run_campaign", { campaign_id });
    await settled(host);
    expect(await host.looks("launch")).toEqual([]);
    await host.show("check_campaign", { campaign_id: 2105 });
    await host.card.getByRole("tab", { name: /Version B/ }).click();
    expect(await host.looks("check")).toEqual([]);
    await host.show("preview_campaign", { campaign_id: 2105 });
    await settled(host);
    await host.card.getByRole("button", { name: "Show it as plain text" }).click();
    expect(await host.looks("preview")).toEqual([]);
  });

  it("takes the host's theme, colours and farewell", async () => {
    const host = await openHost();
    await host.show("check_campaign", { campaign_id });
    await host.card.getByText("Ready, with warnings").waitFor();
    const background = () =>
      host.card.locator("body").evaluate((body: Data) => getComputedStyle(body).backgroundColor);
    expect(await background()).toBe("rgb(255, 255, 255)");
    const change = (context: object) =>
      host.page.evaluate((given) => (window as Data).changeContext(given), context);
    await change({ theme: "dark" });
    await expect.poll(background).toBe("rgb(27, 29, 32)");
    await change({ theme: "dark", styles: { variables: { "--color-background-primary": "rgb(1, 2, 3)" } } });
    await expect.poll(background).toBe("rgb(1, 2, 3)");
    expect(await host.page.evaluate(() => (window as Data).closeCard())).toEqual({});
  });
});
