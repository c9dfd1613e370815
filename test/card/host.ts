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
  theme?: "light" | "dark";
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
   * What axe finds in the card, and what would have to be scrolled sideways, in light and dark, narrow and wide; and, if
   * CARD_PICTURES is set, a picture of each in test-output/card.
   */
  looks(name: string): Promise<string[]>;
}

const own = ["http://host.test/", "http://card.test/"];

export async function openHost(options: HostOptions = {}): Promise<Host> {
  const {
    theme = "light",
    scale = 1,
    width = 900,
    isBuilt = false,
    isMute = false,
    telling = "context",
  } = options;
  const { between = (_name, pass) => pass() } = options;
  const { client } = isBuilt
    ? await connect(["--sandbox"])
    : await openSession({ sandbox: { reportPolls: 0 }, ...(options.env && { env: options.env }) });
  const { contents } = await client.readResource({ uri: "ui://woodpecker/card" });
  const card = (contents[0] as { text: string }).text;
  const [browser, script] = await startBrowser();
  const page = await browser.newPage({
    viewport: { width, height: 800 },
    colorScheme: theme,
    deviceScaleFactor: scale,
    reducedMotion: "reduce",
  });
  atEnd(() => page.context().close());
  // Before the guard of the test itself, so that what is missing is named.
  page.setDefaultTimeout(30_000);
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
      const showing: Showing = { capabilities, context: { theme }, args: { ...args }, result };
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
    async looks(name) {
      if (await inside().evaluate("!window.axe")) await inside().evaluate(axe());
      const faults: string[] = [];
      for (const theme of ["light", "dark"] as const) {
        await page.evaluate((given) => (window as Data).changeContext(given), { theme });
        for (const width of [360, 1280]) {
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
      }
      return faults;
    },
  };
  let answered = 0;
  const inside = () => page.frames().find((one) => one.url() === "http://card.test/") as Frame;
  page.on("request", (request) => {
    if (!own.includes(request.url())) host.attempts.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") host.complaints.push(message.text());
  });
  page.on("pageerror", (error) => host.complaints.push(error.message));
  await page.exposeFunction("callServer", async (name: string, args: Data) => {
    host.calls.push({ name, args });
    return between(
      name,
      async () => (await client.callTool({ name, arguments: args })) as CallToolResult,
    ).finally(() => {
      answered += 1;
    });
  });
  await page.exposeFunction("tellModel", (way: string, { content }: Data) => {
    host.told.push({ way, text: content[0].text });
  });
  await page.route("**", (route) => {
    const url = route.request().url();
    if (url === "http://card.test/")
      return route.fulfill({
        contentType: "text/html",
        headers: { "content-security-policy": policy },
        body: card,
      });
    if (url === "http://host.test/")
      return route.fulfill({ contentType: "text/html", body: hostPage(script) });
    host.requests.push(url);
    return route.abort();
  });
  await page.goto("http://host.test/");
  return host;
}

const axe = () => readFileSync("node_modules/axe-core/axe.min.js", "utf8");

const hostPage = (hostScript: string) =>
  `<!doctype html><html lang="en"><title>Host</title><style>body{margin:0}iframe{display:block;width:100%;border:0}</style><body><script>${hostScript}</script></body></html>`;
