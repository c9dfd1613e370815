/**
 * The card in a host of MCP Apps, in Chromium: `node scripts/clients/card.mjs <host> <main> <folder with the host's packages>`.
 * A campaign is checked, the question about its launch shown, Approve pressed, and Woodpecker looked at.
 */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const [host, main, folder] = process.argv.slice(2);
const WAIT_MS = 20_000;

/** What the extension asks of a host: the page of a server in a frame of a frame of another origin, with messages passed on. */
const proxy = `<!doctype html><body><script>
  const say = (message) => parent.postMessage(message, "*");
  let inner;
  addEventListener("message", ({ source, data }) => {
    if (inner && source === inner.contentWindow) return say(data);
    if (source !== parent) return;
    if (data?.method !== "ui/notifications/sandbox-resource-ready") return inner?.contentWindow.postMessage(data, "*");
    inner = document.createElement("iframe");
    inner.setAttribute("sandbox", "allow-scripts");
    inner.style.cssText = "width:100%;height:2000px;border:0";
    document.body.append(inner);
    inner.srcdoc = data.params.html;
  });
  say({ jsonrpc: "2.0", method: "ui/notifications/sandbox-proxy-ready", params: {} });
</script></body>`;

/** From where the host's packages are: this repository has others for its tests. */
async function bundled() {
  const page = join(folder, `${host}.mjs`);
  copyFileSync(`scripts/clients/hosts/${host}.mjs`, page);
  const { outputFiles } = await build({
    entryPoints: [page],
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return outputFiles[0].text.replaceAll("</script", "<\\/script");
}

const script = await bundled();
const client = new Client({ name: "tried", version: "1" });
await client.connect(
  new StdioClientTransport({ command: process.execPath, args: [main, "--sandbox"], stderr: "ignore" }),
);
const call = (name, args) => client.callTool({ name, arguments: args });

const { tools } = await client.listTools();
const { _meta } = tools.find(({ name }) => name === "run_campaign");
const { contents } = await client.readResource({ uri: _meta.ui.resourceUri });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const page = await browser.newPage({ viewport: { width: 900, height: 1200 }, reducedMotion: "reduce" });
const complaints = [];
page.on("pageerror", ({ message }) => complaints.push(message));
page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
await page.exposeFunction("callServer", call);
await page.route("**", (route) => {
  const pages = {
    "http://host.test/": `<!doctype html><title>Host</title><body><script>${script}</script>`,
    "http://sandbox.test/": proxy,
  };
  const body = pages[route.request().url().replace(/\?.*/, "")];
  return body ? route.fulfill({ contentType: "text/html", body }) : route.abort();
});
const input = { campaign_id: 2102 };
try {
  await page.goto("http://host.test/");
  const asked = await call("run_campaign", input);
  const showing = { tool: "run_campaign", args: input, result: asked, page: contents[0].text };
  await page.evaluate((given) => window.showCard(given), showing);
  const outer = page.frameLocator("iframe");
  const card = host === "mcp-ui" ? outer.frameLocator("iframe") : outer;
  const approve = card.getByRole("button", { name: /^Approve and/ });
  await approve.waitFor({ timeout: WAIT_MS });
  // The card takes no answer before it stands still.
  await card.getByRole("heading", { name: "Calendar of sends" }).waitFor({ timeout: WAIT_MS });
  await approve.click({ timeout: WAIT_MS });
  await card.getByText("The campaign is running.").waitFor({ timeout: WAIT_MS });
  const { structuredContent } = await call("get_campaign", input);
  if (structuredContent.status !== "RUNNING") throw new Error(`it reads ${structuredContent.status}`);
} catch (error) {
  console.error(`Error: ${[...complaints, error.message.split("\n")[0]].join("; ")}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await client.close();
}
