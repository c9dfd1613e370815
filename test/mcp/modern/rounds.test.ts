/** The question that travels in the result: signed, bound to who, what and what was shown, short-lived, good once. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { serveHere } from "../../support/http-program.ts";
import type { HttpSession } from "../../support/http-session.ts";
import { message } from "../../support/json-rpc.ts";
import { attempted, openSandbox, written } from "../../support/sandbox.ts";

const meta = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "by hand", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": { elicitation: { form: {} } },
};
const withoutForms = { ...meta, "io.modelcontextprotocol/clientCapabilities": {} };
const yes = { confirm: { action: "accept", content: { confirm: true } } };

/** One round of a call, as a client of this era sends it. */
async function round(server: HttpSession, name: string, args: Data, more: object = {}): Promise<Data> {
  const headers = {
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": "tools/call",
    "mcp-name": name,
  };
  const body = message("tools/call", { name, arguments: args, _meta: meta, ...more });
  const { text } = await server.send({ headers, body });
  return JSON.parse(text).result;
}
const run = { campaign_id: 2102 };

const asked = (result: Data) => {
  expect(result).toMatchObject({
    resultType: "input_required",
    inputRequests: { confirm: { method: "elicitation/create" } },
  });
  return result.requestState as string;
};
const answered = (state: string, more: object = yes) => ({ requestState: state, inputResponses: more });
const textOf = (result: Data) => JSON.stringify(result.content);

async function place(env: Record<string, string> = {}) {
  const sandbox = await openSandbox();
  const server = await serveHere(["--api-url", sandbox.origin], { WOODPECKER_API_KEY: sandbox.key, ...env });
  return { sandbox, server };
}

describe("the state of a question", () => {
  it("is good once", async () => {
    const { sandbox, server } = await place();
    const state = asked(await round(server, "run_campaign", run));
    expect(attempted(sandbox)).toEqual([]);
    const done = await round(server, "run_campaign", run, answered(state));
    expect(done.structuredContent).toMatchObject({ outcome: "done" });
    // In the app, of which nobody here knows: it is as it was when the person was asked.
    const headers = { "x-api-key": sandbox.key };
    await fetch(`${sandbox.origin}/rest/v2/campaigns/${run.campaign_id}/pause`, { method: "POST", headers });
    const again = await round(server, "run_campaign", run, answered(state));
    expect([again.isError, textOf(again)]).toEqual([true, expect.stringContaining("used already")]);
    expect(written(sandbox).filter((line) => line.endsWith("/run"))).toHaveLength(1);
  });

  it.each([
    ["was tampered with", (state: string) => [run, `${state.slice(0, -2)}AA`] as const],
    ["is of another time", (state: string) => [run, `zzzzzzzzz.${state.split(".")[1]}`] as const],
    ["is for other arguments", (state: string) => [{ campaign_id: 2104 }, state] as const],
    ["is none", () => [run, "yes"] as const],
  ])("does nothing when it %s", async (_what, change) => {
    const { sandbox, server } = await place();
    const [args, state] = change(asked(await round(server, "run_campaign", run)));
    const result = await round(server, "run_campaign", args, answered(state));
    expect(result.isError).toBe(true);
    expect(attempted(sandbox)).toEqual([]);
  });

  it("does nothing when what was shown has changed since", async () => {
    const { sandbox, server } = await place();
    const remove = { campaign_id: 2102 };
    const state = asked(await round(server, "delete_campaign", remove));
    expect(
      (await round(server, "run_campaign", run, answered(asked(await round(server, "run_campaign", run)))))
        .structuredContent,
    ).toMatchObject({ outcome: "done" });
    const result = await round(server, "delete_campaign", remove, answered(state));
    expect(result.isError ?? result.resultType).toBeTruthy();
    expect(attempted(sandbox).filter((line) => line.startsWith("DELETE"))).toEqual([]);
  });

  it("is no confirmation, and a confirmation is no state", async () => {
    const { sandbox, server } = await place();
    const state = asked(await round(server, "run_campaign", run));
    asked(await round(server, "run_campaign", { ...run, confirmation: state }));
    const { structuredContent } = await round(server, "run_campaign", run, { _meta: withoutForms });
    const result = await round(server, "run_campaign", run, answered(structuredContent.confirmation));
    expect(result.isError).toBe(true);
    expect(attempted(sandbox)).toEqual([]);
  });

  it.each([
    ["a no", { action: "decline" }],
    ["a cancel", { action: "cancel" }],
    ["a form without its yes", { action: "accept", content: { confirm: false } }],
  ])("is used up by %s: a yes that comes after it starts nothing", async (_name, no) => {
    const { sandbox, server } = await place();
    const state = asked(await round(server, "run_campaign", run));
    const declined = await round(server, "run_campaign", run, answered(state, { confirm: no }));
    expect(textOf(declined)).toContain("the person declined");
    const late = await round(server, "run_campaign", run, answered(state));
    expect([late.isError, textOf(late)]).toEqual([true, expect.stringContaining("used already")]);
    expect(attempted(sandbox)).toEqual([]);
  });

  it("without an answer asks again", async () => {
    const { sandbox, server } = await place();
    const state = asked(await round(server, "run_campaign", run));
    asked(await round(server, "run_campaign", run, { requestState: state }));
    expect(attempted(sandbox)).toEqual([]);
  });
});

describe("a client of this era that shows the launch card, and no forms", () => {
  const extensions = { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } };
  const _meta = { ...meta, "io.modelcontextprotocol/clientCapabilities": { extensions } };

  it("gets the token for the card alone, where only persons agree", async () => {
    const { sandbox, server } = await place({ WOODPECKER_FORMS: "require" });
    const { _meta: hidden, ...shown } = await round(server, "run_campaign", run, { _meta });
    const confirmation = hidden["woodpecker/confirmation"];
    expect(confirmation).toBeTruthy();
    expect(JSON.stringify(shown)).not.toContain(confirmation);
    expect(JSON.stringify(shown)).toContain("on the card above");
    // Not from a client without it.
    const brought = { ...run, confirmation };
    await round(server, "run_campaign", brought);
    expect(attempted(sandbox)).toEqual([]);
    const done = await round(server, "run_campaign", brought, { _meta });
    expect(done.structuredContent).toMatchObject({ outcome: "done" });
  });
});
