/** Chromium with a host page, and behind it a real MCP client that talks to the server and its sandbox. */
import { readFileSync } from "node:fs";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { build } from "esbuild";
import type { Frame, FrameLocator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Data } from "../support/answer.ts";
import { atEnd } from "../support/at-end.ts";
import { openChromium } from "../support/chromium.ts";
import { connect } from "../support/program-session.ts";
import { openSession } from "../support/session.ts";
import type { Showing } from "./host-page.ts";

/** What the extension has a host enforce for a view that asks for no origin. */
const policy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'self'";

/** One for all files that a worker runs. */
let hostScript: Promise<string> | undefined;

async function buildHostScript(): Promise<string> {
  const bundle = await build({
    entryPoints: ["test/card/host-page.ts"],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "warning",
  });
  return bundle.outputFiles[0]?.text ?? "";
}

/** Before the first test of a file, so that none of them waits for it. */
export function startBrowser() {
  hostScript ??= buildHostScript();
  return Promise.all([openChromium(), hostScript]);
}

interface HostOptions {
  /** The program in a process of its own; else the same server in this one, which takes a tenth of the time. */
  isBuilt?: boolean;
  /** Pixels for one of the page's. */
  scale?: number;
  width?: number;
  /** Lets the card call no tools. */
  isMute?: boolean;
  /** How the model is told things. */
  telling?: "context" | "message" | "no way";
  /** What the server is started with. */
  env?: Record<string, string>;
  /** Comes between the card and the server. */
  between?: (name: string, pass: () => Promise<CallToolResult>) => Promise<CallToolResult>;
}

export interface Host {
  page: Page;
  client: Client;
  card: FrameLocator;
  /** What the card called, in order. */
  calls: { name: string; args: Data }[];
  /** What it told the model. */
  told: { way: string; text: string }[];
  /** Addresses beyond the host page and the card that a page named to the browser, also where a policy stopped them. */
  attempts: string[];
  /** Those of them that would have left the browser. */
  requests: string[];
  /** What the card's own page was refused or failed at. */
  complaints: string[];
  /** Calls a tool as the assistant does, and shows the card with its result. */
  show(tool: string, args: object): Promise<Data>;
  /** Shows the card with any result. */
  showResult(args: object, result: Data): Promise<void>;
  call(tool: string, args: object): Promise<Data>;
  /** The card has stopped asking. */
  quiet(): Promise<void>;
  /** Gives the card a width, and all the height it then wants. */
  resize(width: number): Promise<void>;
  /**
   * What axe finds in the card, and what would have to be scrolled sideways, by default in light and dark, narrow and wide;
   * and, if CARD_PICTURES is set, a picture of each in test-output/card.
   */
  looks(name: string, views?: readonly View[]): Promise<string[]>;
}

/** A theme, and a width in pixels. */
type View = readonly ["light" | "dark", number];

const allViews: View[] = [
  ["light", 360],
  ["light", 1280],
  ["dark", 360],
  ["dark", 1280],
];

/** Each theme and each width once: enough where other cards of the same parts are looked at everywhere. */
export const fewViews: View[] = [
  ["light", 360],
  ["dark", 1280],
];

const own = ["http://host.test/", "http://card.test/"];

export async function openHost(options: HostOptions = {}): Promise<Host> {
  const { scale = 1, width = 900, isBuilt = false, isMute = false, telling = "context" } = options;
  const { between = (_name, pass) => pass() } = options;
  const { client } = isBuilt
    ? await connect(["--sandbox"])
    : await openSession({ sandbox: { reportPolls: 0 }, ...(options.env && { env: options.env }) });
  const { contents } = await client.readResource({ uri: "ui://woodpecker/card" });
  const card = (contents[0] as { text: string }).text;
  const lent = await borrowPage(scale);
  const { page } = lent;
  await page.setViewportSize({ width, height: 800 });
  const host: Host = {
    page,
    client,
    card: page.frameLocator("iframe"),
    calls: [],
    told: [],
    attempts: [],
    requests: [],
    complaints: [],
    async call(tool, args) {
      const result = (await client.callTool({ name: tool, arguments: { ...args } })) as CallToolResult;
      return result.structuredContent;
    },
    async show(tool, args) {
      const result = (await client.callTool({ name: tool, arguments: { ...args } })) as CallToolResult;
      await host.showResult(args, result);
      return result.structuredContent;
    },
    async showResult(args, result) {
      const capabilities = {
        ...(!isMute && { serverTools: {} }),
        ...(telling === "context" && { updateModelContext: { text: {} } }),
        ...(telling === "message" && { message: { text: {} } }),
      };
      const showing: Showing = { capabilities, context: { theme: "light" }, args: { ...args }, result };
      await page.evaluate((given) => (window as Data).showCard(given), showing);
    },
    async quiet() {
      const isAnswered = () => answered === host.calls.length;
      do {
        await expect.poll(isAnswered, { timeout: 30_000 }).toBe(true);
        // What it asks next it asks when it has drawn the answer.
        await inside().evaluate(
          "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
        );
        await page.evaluate("new Promise(setTimeout)");
      } while (!isAnswered());
    },
    async resize(width) {
      await page.setViewportSize({ width, height: 800 });
      // The host hears of the new height, and gives the frame and then the window as much: what lies outside is not painted.
      const wanted = () => inside().evaluate("Math.ceil(document.body.getBoundingClientRect().height)");
      const given = () => page.evaluate("document.querySelector('iframe').clientHeight");
      await expect.poll(async () => (await wanted()) === (await given()), { timeout: 30_000 }).toBe(true);
      await page.setViewportSize({ width, height: Number(await given()) });
    },
    async looks(name, views = allViews) {
      if (await inside().evaluate("!window.axe")) await inside().evaluate(axe());
      const faults: string[] = [];
      for (const [theme, width] of views) {
        await page.evaluate((given) => (window as Data).changeContext(given), { theme });
        await host.resize(width);
        // The other theme has other colours and nothing else.
        const rules = theme === "dark" && { runOnly: ["color-contrast", "link-in-text-block"] };
        const options = JSON.stringify({ iframes: false, ...rules });
        const { violations }: Data = await inside().evaluate(`axe.run(${options})`);
        const wide = Number(await inside().evaluate("document.documentElement.scrollWidth - innerWidth"));
        faults.push(
          ...violations.map(({ id, nodes }: Data) => `${theme} ${width}: ${id}: ${nodes[0].html}`),
          ...(wide > 0 ? [`${theme} ${width}: ${wide} px too wide`] : []),
        );
        if (process.env.CARD_PICTURES)
          await page.screenshot({
            path: `test-output/card/${name.replaceAll(/\W+/g, "-")}-${theme}-${width}.png`,
          });
      }
      return faults;
    },
  };
  let answered = 0;
  const inside = () => page.frames().find((one) => one.url() === "http://card.test/") as Frame;
  lent.serves = {
    host,
    html: card,
    call: (name, args) => {
      host.calls.push({ name, args });
      return between(
        name,
        async () => (await client.callTool({ name, arguments: args })) as CallToolResult,
      ).finally(() => {
        answered += 1;
      });
    },
  };
  await page.goto("http://host.test/");
  return host;
}

/** A page, and whom it serves. */
interface Lent {
  page: Page;
  serves?: { host: Host; html: string; call: (name: string, args: Data) => Promise<CallToolResult> };
}

/** What tests before have left, loaded anew for each: to open another one takes a second. */
const idle: Lent[] = [];

/** Until the end of the test. */
async function borrowPage(scale: number): Promise<Lent> {
  const lent = (scale === 1 && idle.pop()) || (await openPage(scale));
  atEnd(async () => {
    await lent.page.goto("about:blank");
    delete lent.serves;
    if (scale === 1) idle.push(lent);
  });
  return lent;
}

async function openPage(scale: number): Promise<Lent> {
  const [browser, script] = await startBrowser();
  const page = await browser.newPage({ deviceScaleFactor: scale, reducedMotion: "reduce" });
  // Before the guard of the test itself, so that what is missing is named.
  page.setDefaultTimeout(30_000);
  const lent: Lent = { page };
  page.on("request", (request) => {
    if (!own.includes(request.url())) lent.serves?.host.attempts.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") lent.serves?.host.complaints.push(message.text());
  });
  page.on("pageerror", (error) => lent.serves?.host.complaints.push(error.message));
  await page.exposeFunction("callServer", (name: string, args: Data) => lent.serves?.call(name, args));
  await page.exposeFunction("tellModel", (way: string, { content }: Data) => {
    lent.serves?.host.told.push({ way, text: content[0].text });
  });
  await page.route("**", (route) => {
    const url = route.request().url();
    if (url === "http://card.test/")
      return route.fulfill({
        contentType: "text/html",
        headers: { "content-security-policy": policy },
        body: lent.serves?.html ?? "",
      });
    if (url === "http://host.test/")
      return route.fulfill({ contentType: "text/html", body: hostPage(script) });
    lent.serves?.host.requests.push(url);
    return route.abort();
  });
  return lent;
}

const axe = () => readFileSync("node_modules/axe-core/axe.min.js", "utf8");

const hostPage = (hostScript: string) =>
  `<!doctype html><html lang="en"><title>Host</title><style>body{margin:0}iframe{display:block;width:100%;border:0}</style><body><script>${hostScript}</script></body></html>`;
