/** The browser of the operating system, for tests that look at pages. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const path = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((one) => one && existsSync(one));

/** Without it what it would show is not tested, and stderr says so; where everything is to be proved, it must be there. */
export function hasChromium(untested: string): boolean {
  if (path) return true;
  if (process.env.REQUIRE_SERVERS === "1") throw new Error("not installed: chromium");
  process.stderr.write(`No Chromium was found (CHROMIUM_PATH names it): not tested is ${untested}.\n`);
  return false;
}

let browser: Promise<Browser> | undefined;

/** One for all files that a worker runs; it ends with the worker. */
export function openChromium(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: path as string,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  return browser;
}
