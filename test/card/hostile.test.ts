/** What others send to the card, in e-mails and as messages: nothing of it runs, loads or breaks the card. */
import { beforeAll, describe, expect, it } from "vitest";
import { letterPage } from "../../src/card/letter-page.ts";
import type { Data } from "../support/answer.ts";
import { hasChromium } from "../support/chromium.ts";
import { draft } from "./draft.ts";
import { type Host, openHost, startBrowser } from "./host.ts";
import { clickable, hostile } from "./hostile.ts";

const mail = (host: Host) => host.card.frameLocator("iframe").locator("body");

describe.skipIf(!hasChromium("what others send to the card"))("the launch card", () => {
  beforeAll(startBrowser, 30_000);

  it("runs and loads nothing of a hostile e-mail", async () => {
    const host = await openHost();
    const pieces = [...Object.values(hostile), clickable];
    // A result holds the beginning of a long e-mail: a few pieces each.
    const mails = Array.from({ length: 8 }, (_, at) => pieces.filter((_piece, index) => index % 8 === at));
    const steps = mails.map((some, index) => ({
      type: "EMAIL",
      ...(index > 0 && { wait: { value: 1, range: "DAY" } }),
      versions: [{ subject: "Hello", message: `${some.join("")}<p>The end of ${index + 1}.</p>` }],
    }));
    await host.show("preview_campaign", { draft: draft("", { steps }), sample: 1 });
    expect(await host.card.locator("iframe").getAttribute("sandbox")).toBe("");
    for (const [index] of steps.entries()) {
      await host.card.getByRole("button", { name: `Step ${index + 1} ` }).click();
      await mail(host)
        .getByText(`The end of ${index + 1}.`)
        .waitFor();
      for (const link of await mail(host).locator("a, button").all()) await link.click({ force: true });
    }
    await host.card
      .getByRole("button", { name: `Step ${1 + (Object.keys(hostile).indexOf("remote image") % 8)} ` })
      .click();
    await mail(host).getByText("Image, not loaded: Our new oven").waitFor();
    expect(await heard(host)).toEqual([]);
    expect(host.attempts).toEqual([]);
    expect(
      host.page
        .frames()
        .map((frame) => frame.url())
        .sort(),
    ).toEqual([...own, "about:srcdoc"].sort());
  });

  it("stops a hostile e-mail at each of the two walls by itself", async () => {
    const host = await openHost();
    const all = [...Object.values(hostile), clickable];
    // Cleaned, and then shown without any sandbox or policy.
    await Promise.all(
      all.map(async (html) => {
        const cleaned = await host.page.evaluate((given) => (window as Data).harmless(given), html);
        await showFrame(host, cleaned, null);
      }),
    );
    expect(host.attempts).toEqual([]);
    // Not cleaned, and shown as the card shows it.
    await Promise.all(all.map((html) => showFrame(host, letterPage(html), "")));
    await host.page.evaluate(() => new Promise(requestAnimationFrame));
    expect(host.requests).toEqual([]);
    expect(await heard(host)).toEqual([]);
  });

  it("would notice what a hostile e-mail does", async () => {
    const host = await openHost();
    await showFrame(host, hostile.script as string, null);
    await showFrame(host, hostile["css address"] as string, null);
    await expect.poll(() => host.requests).toContain("https://evil.test/css.gif");
    await expect.poll(() => heard(host)).toEqual(["script"]);
  });

  it("takes a message named like what every object has for one that it does not know", async () => {
    const host = await openHost();
    await host.show("preview_campaign", { draft: draft("<p>Hello</p>") });
    await host.card.getByRole("heading", { name: "Fresh flour" }).waitFor();
    const methods = Object.getOwnPropertyNames(Object.prototype);
    await host.page.evaluate((names) => {
      const card = (document.querySelector("iframe") as HTMLIFrameElement).contentWindow as Window;
      for (const method of names) card.postMessage({ jsonrpc: "2.0", method, params: {} }, "*");
    }, methods);
    await mail(host).getByText("Hello").waitFor();
    expect(host.complaints).toEqual([]);
  });

  it("names the kinds of LinkedIn steps, and LinkedIn where the kind is not known", async () => {
    const host = await openHost();
    const step = (action: string, version: object) => ({
      type: "LINKEDIN",
      linkedin: { action, account_id: 77 },
      wait: { value: 1, range: "DAY" },
      versions: [version],
    });
    const steps = [
      { type: "EMAIL", versions: [{ subject: "Fresh flour", message: "<p>Hello</p>" }] },
      step("INMAIL_MESSAGE", { message: "Hello" }),
      step("toString", { message: "Hello" }),
    ];
    await host.show("check_campaign", { draft: draft("", { steps }) });
    await host.card.getByText("Step 2 · LinkedIn InMail").waitFor();
    await host.card.getByText("Step 3 · LinkedIn", { exact: true }).waitFor();
    expect(host.complaints).toEqual([]);
  });
});

const own = ["http://host.test/", "http://card.test/"];

const heard = (host: Host) => host.page.evaluate(() => (window as Data).heard);

const showFrame = (host: Host, page: string, sandbox: string | null) =>
  host.page.evaluate(([one, two]) => (window as Data).showFrame(one, two), [page, sandbox] as const);
