/** Chromium with a host page, and behind it a real MCP client that talks to the server and its sandbox. */
import { mkdirSync, readFileSync } from "node:fs";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { build } from "esbuild";
import type { Browser, Frame, FrameLocator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Data } from "../support/answer.ts";
import { atEnd } from "../support/at-end.ts";
import { launchChromium } from "../support/chromium.ts";
import { connect } from "../support/program-session.ts";
import { openSession } from "../support/session.ts";
import type { Showing } from "./host-page.ts";

const pictures = "test-output/card";

/** What the extension has a host enforce for a view that asks for no origin. */
const policy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'self'";

let browser: Browser | undefined;
let hostScript: string | undefined;

export async function startBrowser(): Promise<void> {
  browser = await launchChromium();
  const bundle = await build({
    entryPoints: ["test/card/host-page.ts"],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "warning",
  });
  hostScript = bundle.outputFiles[0]?.text;
}

export const stopBrowser = () => browser?.close();

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
  /** What axe finds in the card, and what would have to be scrolled sideways. */
  faults(): Promise<string[]>;
  picture(name: string): Promise<void>;
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
  if (!browser) throw new Error("the browser has not been started");
  const page = await browser.newPage({
    viewport: { width, height: 800 },
    colorScheme: theme,
    deviceScaleFactor: scale,
    reducedMotion: "reduce",
  });
  atEnd(() => page.context().close());
  // Before the guard of the test itself, so that what is missing is named.
  page.setDefaultTimeout(10_000);
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
      let before = -1;
      const state = async () => {
        const same = host.calls.length === before && host.calls.length === answered;
        before = host.calls.length;
        return same;
      };
      await expect.poll(state, { timeout: 10_000, interval: 300 }).toBe(true);
    },
    async resize(width) {
      await page.setViewportSize({ width, height: 800 });
      // The host hears of the new height, and gives the frame and then the window as much: what lies outside is not painted.
      const wanted = () => inside().evaluate("Math.ceil(document.body.getBoundingClientRect().height)");
      const given = () => page.evaluate("document.querySelector('iframe').clientHeight");
      await expect.poll(async () => (await wanted()) === (await given()), { timeout: 5_000 }).toBe(true);
      await page.setViewportSize({ width, height: Number(await given()) });
    },
    async faults() {
      await inside().evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
      const { violations }: Data = await inside().evaluate("axe.run({ iframes: false })");
      const wide = await inside().evaluate("document.documentElement.scrollWidth - innerWidth");
      return [
        ...violations.map(({ id, nodes }: Data) => `${id}: ${nodes[0].html}`),
        ...(Number(wide) > 0 ? [`${wide} px too wide`] : []),
      ];
    },
    async picture(name) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}/${name}.png` });
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
    if (url === "http://host.test/") return route.fulfill({ contentType: "text/html", body: hostPage() });
    host.requests.push(url);
    return route.abort();
  });
  await page.goto("http://host.test/");
  return host;
}

const hostPage = () =>
  `<!doctype html><html lang="en"><title>Host</title><style>body{margin:0}iframe{display:block;width:100%;border:0}</style><body><script>${hostScript}</script></body></html>`;
