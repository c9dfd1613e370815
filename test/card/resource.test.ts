/** What a client sees of the card without a browser: who names it, what it is, what it weighs, and that it is not needed. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { describe, expect, it } from "vitest";
import { day } from "../support/day.ts";
import { modernOnStdio } from "../support/modern-session.ts";
import { connect } from "../support/program-session.ts";
import { openSession } from "../support/session.ts";

const uri = "ui://woodpecker/card";
const type = "text/html;profile=mcp-app";

describe("the card as a resource", () => {
  it("is named by the five tools whose results it shows, in the present and the former way", async () => {
    const { client } = await openSession();
    const { tools } = await client.listTools();
    const shown = tools.filter(({ _meta: meta }) => meta !== undefined);
    expect(shown.map(({ name }) => name)).toEqual([
      "run_campaign",
      "check_campaign",
      "preview_campaign",
      "get_campaign_statistics",
      "get_account_report",
    ]);
    for (const { _meta: meta } of shown) expect(meta).toEqual({ ui: { resourceUri: uri } });
    expect(client.getServerCapabilities()).toMatchObject({
      resources: {},
      extensions: { "io.modelcontextprotocol/ui": {} },
    });
  });

  it("is one page of at most 70 kB that asks for no address and evaluates nothing", async () => {
    const { client } = await openSession();
    const { resources } = await client.listResources();
    expect(resources).toContainEqual(expect.objectContaining({ uri, mimeType: type }));
    const { contents } = await client.readResource({ uri });
    const [page] = contents as { mimeType: string; text: string; _meta: object }[];
    expect(contents).toHaveLength(1);
    expect(page).toMatchObject({ uri, mimeType: type, _meta: { ui: { prefersBorder: true } } });
    const html = page?.text ?? "";
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(70_000);
    expect(html).toMatch(/^<!doctype html>/i);
    // Names of namespaces are addresses that nobody goes to.
    const addresses = html.match(/https?:\/\/[^\s"'`)]+/g) ?? [];
    expect(addresses.filter((one) => !one.startsWith("http://www.w3.org/"))).toEqual([]);
    expect(html).not.toMatch(/<(?:script|img|iframe)[^>]+src=|<link|@import|\beval\(|new Function/);
    expect(html).toMatch(/script-src 'sha256-[\w+/]{43}='/);
  });

  it("has an address that says which page it is, in both eras, and can be read under the plain one and that of another version", async () => {
    const page = readFileSync("dist/card.html");
    const versioned = `${uri}/${createHash("sha256").update(page).digest("hex").slice(0, 8)}`;
    const { client } = await connect(["--sandbox"]);
    for (const one of [client, await modernOnStdio(["--sandbox"])] as Client[]) {
      const { tools } = await one.listTools();
      const named = tools.flatMap(({ _meta: meta }) => (meta ? [meta] : []));
      expect(named).toHaveLength(5);
      for (const meta of named) expect(meta).toEqual({ ui: { resourceUri: versioned } });
      const { resources } = await one.listResources();
      expect(resources.filter((resource) => resource.uri.startsWith("ui:"))).toEqual([
        expect.objectContaining({ uri: versioned }),
      ]);
      for (const address of [versioned, uri, `${uri}/0123abcd`]) {
        const { contents } = await one.readResource({ uri: address });
        expect(contents).toEqual([expect.objectContaining({ uri: address, text: page.toString() })]);
      }
      await expect(one.readResource({ uri: `${uri}/../x` })).rejects.toThrow(/There is no resource/);
    }
  });

  it("is made of its own files: no code of the server, nor the other way round", () => {
    const sources = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(`${folder}/${file}`, "utf8") }));
    const imports = (text: string) =>
      [...text.matchAll(/from "([^"]+)"/g)].map((found) => found[1] as string);
    const card = sources("src/card");
    expect(card.length).toBeGreaterThan(5);
    for (const { file, text } of card)
      for (const from of imports(text))
        expect(`${file}: ${from}`).toMatch(/: (?:\.\/[\w-]+\.tsx?|preact(?:\/hooks)?)$/);
    for (const { file, text } of sources("src").filter((one) => !one.file.startsWith("src/card/")))
      expect(`${file} ${imports(text).join(" ")}`).not.toMatch(/[./]\/card\/[\w-]+\.tsx?/);
  });
});

describe("without the card", () => {
  it("says in the text what the card shows of the check, the preview and the question", async () => {
    const { call } = await openSession();
    const check = await call("check_campaign", { campaign_id: 2105 });
    for (const { message, remedy } of check.data.findings) {
      expect(check.text).toContain(message);
      expect(check.text).toContain(remedy);
    }
    for (const reason of check.data.not_sending) expect(check.text).toContain(reason);
    const preview = await call("preview_campaign", { campaign_id: 2104 });
    expect(preview.data.emails.length).toBeGreaterThan(2);
    for (const { subject, email } of preview.data.emails)
      for (const word of [subject, email]) expect(preview.text).toContain(word);
    for (const { date, total, holiday } of preview.data.calendar.days)
      expect(preview.text).toContain(`${date}${holiday ? ` (${holiday})` : ""}: ${total}`);
    for (const one of preview.data.assumptions) expect(preview.text).toContain(one);
    const asked = await call("run_campaign", { campaign_id: 2104 });
    for (const [label, value] of Object.entries(asked.data.facts))
      expect(asked.text).toContain(`${label}: ${value}`);
    expect(asked.data.findings.length).toBeGreaterThan(0);
  });

  it("says in the text what the card shows of the statistics", async () => {
    const { call } = await openSession({ sandbox: { reportPolls: 0 } });
    const period = { from: day(27), to: day(0) };
    const { data, text } = await call("get_campaign_statistics", { campaign_id: 2101, period });
    for (const [label, { numerator, denominator }] of Object.entries<Record<string, number>>(data.rates)) {
      expect(text).toContain(label);
      expect(text).toContain(`(${numerator} of ${denominator}`);
    }
    expect(data.comparisons.length).toBeGreaterThan(0);
    for (const { versions, verdict } of data.comparisons) {
      expect(text).toContain(verdict);
      for (const { low, high } of versions)
        expect(text).toContain(`(${(low * 100).toFixed(1)} % to ${(high * 100).toFixed(1)} %)`);
    }
  });

  it("gives a reason to clients that read no text, when a confirmation no longer counts", async () => {
    const { call } = await openSession();
    const asked = await call("run_campaign", { campaign_id: 2104 });
    expect(asked.data.reason).toBeUndefined();
    const { data } = await call("run_campaign", { campaign_id: 2104, confirmation: "0.x" });
    expect(data).toMatchObject({
      outcome: "confirmation_required",
      reason: expect.stringMatching(/confirmation/),
    });
  });
});
