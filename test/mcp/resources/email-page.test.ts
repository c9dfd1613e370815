/** The page that shows an e-mail, in a real browser: whatever stands in the e-mail, nothing runs and nothing is loaded. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, openChromium } from "../../support/chromium.ts";
import { draft } from "../../support/draft.ts";
import { openSession } from "../../support/session.ts";

/** A site that counts its visits; /page shows what it was given. */
interface Site {
  origin: string;
  visits: string[];
  page: string;
  close(): void;
}

async function startSite(): Promise<Site> {
  const site = { visits: [] as string[], page: "" };
  const server: Server = createServer(({ url = "" }, response) => {
    if (url !== "/page" && url !== "/favicon.ico") site.visits.push(url);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(url === "/page" ? site.page : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(site, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
}

const greeting = '<p id="hello">Hi {{FIRST_NAME | "there"}} &amp; "co"</p>';

const attempts: Record<string, (origin: string) => string> = {
  "an image": (origin) => `<img src="${origin}/image"><img srcset="${origin}/srcset 1x">`,
  "a script": (origin) => `<script>fetch("${origin}/script"); document.title = "mine"</script>`,
  "a handler": (origin) => `<img src="x" onerror="fetch('${origin}/handler'); top.document.title = 'mine'">`,
  styles: (origin) =>
    `<link rel="stylesheet" href="${origin}/link"><style>@import "${origin}/import"; p { background: url("${origin}/background") }</style>`,
  "a font": (origin) =>
    `<style>@font-face { font-family: x; src: url("${origin}/font") } p { font-family: x }</style>`,
  "a refresh": (origin) => `<meta http-equiv="refresh" content="0; url=${origin}/refresh">`,
  "a frame": (origin) => `<iframe src="${origin}/frame"></iframe><object data="${origin}/object"></object>`,
  "a form": (origin) => `<form action="${origin}/form"><button id="go">Go</button></form>`,
  "a link": (origin) => `<a id="go" href="${origin}/link">Go</a>`,
  "a link for the whole window": (origin) => `<a id="go" target="_top" href="${origin}/top">Go</a>`,
  "another base": (origin) => `<base href="${origin}/"><img src="base">`,
  "a hint to load": (origin) =>
    `<link rel="prefetch" href="${origin}/prefetch"><link rel="preload" as="image" href="${origin}/preload">`,
  "the end of its frame": (origin) =>
    `"></iframe><script>fetch("${origin}/escaped"); document.title = "mine"</script>`,
  "the end of its frame in another writing": (origin) =>
    `&quot;&gt;</iframe><img src="${origin}/escaped">&#34;><script>fetch("${origin}/script")</script>`,
};

describe.skipIf(!hasChromium("the page of an e-mail"))("an e-mail that holds", () => {
  let page: Page;
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    page = await (await openChromium()).newPage();
  });
  afterAll(async () => {
    await page.context().close();
    site.close();
  });

  it.each(Object.entries(attempts))("%s is shown, and nothing leaves", async (_how, evil) => {
    await show(`${greeting}${evil(site.origin)}`);
    const frame = page.frameLocator('iframe[title="The e-mail"]');
    expect(await frame.locator("#hello").textContent()).toBe('Hi Anna & "co"');
    if (await frame.locator("#go").count()) await frame.locator("#go").click();
    // Time for what would be on its way.
    await sleep(200);
    expect(site.visits).toEqual([]);
    expect(page.url()).toBe(`${site.origin}/page`);
    expect(await page.title()).toMatch(/^Campaign \d+, step 1 A$/);
  });

  /** @param message of the first e-mail of a new campaign */
  async function show(message: string): Promise<void> {
    const session = await openSession();
    const [first, ...rest] = draft.steps;
    const versions = [{ subject: "Hello", message }];
    const { data, text } = await session.call("create_campaign", {
      ...draft,
      steps: [{ ...first, versions }, ...rest],
    });
    expect(data, text).toBeDefined();
    const uri = `woodpecker://campaigns/${data.campaign_id}/steps/1/A`;
    const { contents } = await session.client.readResource({ uri });
    site.visits.length = 0;
    site.page = (contents[0] as { text: string }).text;
    await page.goto(`${site.origin}/page`, { waitUntil: "load" });
  }
});
