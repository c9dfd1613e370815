/** The launch card in a real browser, inside a real host, before the server and its sandbox. */
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { hasChromium } from "../support/chromium.ts";
import { draft } from "./draft.ts";
import { type Host, openHost, startBrowser } from "./host.ts";

/** A draft of the sandbox with warnings and six people. */
const DRAFT = 2104;
const campaign_id = DRAFT;

const approve = (host: Host) => host.card.getByRole("button", { name: /^Approve and/ });
const decline = (host: Host) => host.card.getByRole("button", { name: "Decline" });
const mail = (host: Host) => host.card.frameLocator("iframe").locator("body");
const runs = (host: Host) => host.calls.filter(({ name }) => name === "run_campaign");
const statusOf = async (host: Host) => (await host.call("get_campaign", { campaign_id })).status;

/** What the server did, however it was asked. */
async function started(host: Host): Promise<number> {
  const { changes } = await host.call("list_recent_changes", {});
  return changes.filter(({ tool }: Data) => tool === "run_campaign").length;
}

/** The card has loaded what it needs beyond the result. */
const settled = (host: Host) => host.card.getByRole("heading", { name: "Calendar of sends" }).waitFor();

describe.skipIf(!hasChromium("the launch card"))("the launch card", () => {
  beforeAll(startBrowser, 30_000);

  it("goes with a campaign from the check to the launch", async () => {
    const host = await openHost({ isBuilt: true });
    const { card } = host;

    await host.show("check_campaign", { campaign_id });
    await card.getByText("Ready, with warnings").waitFor();
    await card.getByText("The check found 1 warning.").waitFor();
    // Beside the subject; that it is in the message too is no second finding.
    const beside = card.locator(".subject + .findings", { hasText: "{{COMPANY}} has no fallback" });
    await beside.waitFor();
    expect(await card.getByText("{{COMPANY}} has no fallback").count()).toBe(1);
    await card.getByText("Mon–Fri 08:00–17:00").first().waitFor();
    await card.getByText("3 days later").waitFor();
    await mail(host).getByText('Hi {{FIRST_NAME | "there"}},').waitFor();
    await card.getByRole("button", { name: "Show the e-mails filled in" }).click();
    await mail(host).getByText("Hi Amelia,").waitFor();

    await host.show("preview_campaign", { campaign_id });
    await mail(host).getByText("Hi Amelia,").waitFor();
    await card.getByRole("button", { name: /Step 2/ }).click();
    await mail(host).getByText("would ten minutes next week be too soon?").waitFor();
    await card.getByText("in the thread").waitFor();
    // The second has no company: set aside at step 1, and gets no step 2.
    const people = await card.getByLabel("As seen by").locator("option").allTextContents();
    await card.getByLabel("As seen by").selectOption(people[2] as string);
    await mail(host).getByText("Hi Imogen,").waitFor();
    await card.getByText("The same as a table").click();
    await card.getByRole("row", { name: /5 0 5/ }).waitFor();
    await card.getByRole("row", { name: /0 5 5/ }).waitFor();
    await card.getByRole("button", { name: "Check it before launch" }).click();
    await card.getByText("The check found 1 warning.").waitFor();

    const asked = await host.show("run_campaign", { campaign_id });
    await card.getByRole("heading", { name: asked.question }).waitFor();
    await settled(host);
    const facts = (await card.locator(".facts").allTextContents()).join("\n");
    for (const [label, value] of Object.entries(asked.facts as Record<string, string>).slice(3))
      if (!/day|window/.test(label) || label === "windows") expect(facts).toContain(String(value));
    // Dates as people read them.
    expect(facts).not.toMatch(/\d{4}-\d\d-\d\d/);
    expect(facts).toMatch(/Last day(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w{3}( \d{4})?, after about \d+ sends/);
    expect(runs(host)).toEqual([]);
    expect(await statusOf(host)).toBe("DRAFT");
    await approve(host).click();
    await card.getByText("The campaign is running.").waitFor();
    expect(runs(host)).toEqual([
      { name: "run_campaign", args: { campaign_id, confirmation: asked.confirmation } },
    ]);
    expect(await statusOf(host)).toBe("RUNNING");
    expect(await started(host)).toBe(1);
    expect(host.told).toEqual([{ way: "context", text: expect.stringContaining("2104") }]);
    expect(await approve(host).count()).toBe(0);
    expect(host.attempts).toEqual([]);
    expect(host.complaints).toEqual([]);
  });

  it.each([
    ["context", "The assistant has been told."],
    ["message", "The assistant has been told."],
    ["no way", "Please tell the assistant in the chat."],
  ] as const)("changes nothing when the person declines, and says so by %s", async (telling, says) => {
    const host = await openHost({ telling });
    await host.show("run_campaign", { campaign_id });
    await decline(host).click();
    await host.card.getByText("You declined. Nothing was started.").waitFor();
    await host.card.getByText(says).waitFor();
    expect(await approve(host).count()).toBe(0);
    expect(runs(host)).toEqual([]);
    expect(await statusOf(host)).toBe("DRAFT");
    const text = expect.stringMatching(/pressed Decline.*2104 was not started/);
    expect(host.told).toEqual(telling === "no way" ? [] : [{ way: telling, text }]);
  });

  it("starts once, however often Approve is pressed", async () => {
    const host = await openHost();
    await host.show("run_campaign", { campaign_id });
    await approve(host).waitFor();
    // In one turn of the page, before it could draw a disabled button; then as a hand does it.
    await approve(host).evaluate((button: Data) => {
      button.click();
      button.click();
      button.click();
    });
    await host.card.getByText("The campaign is running.").waitFor();
    expect(runs(host)).toHaveLength(1);
    expect(await started(host)).toBe(1);

    await host.call("pause_campaign", { campaign_id });
    await host.show("run_campaign", { campaign_id });
    // As a hand does: not before the page has stopped moving.
    await settled(host);
    await approve(host).dblclick({ force: true });
    await host.card.getByText("The campaign is running.").waitFor();
    expect(runs(host)).toHaveLength(2);
    expect(await started(host)).toBe(2);
  });

  it("asks again when something has changed, and a double click does not answer the new question", async () => {
    const host = await openHost();
    await host.show("run_campaign", { campaign_id });
    await settled(host);
    await host.call("update_campaign", { campaign_id, settings: { daily_enroll: 7 } });
    await approve(host).click();
    await host.card.getByText("what was shown has changed since").waitFor();
    // The second click of a double click whose first one has been answered meanwhile.
    await approve(host).evaluate((button: Data) =>
      button.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 2 })),
    );
    await host.card.getByText("Nothing was started.").waitFor();
    const notice = await host.card.locator(":focus").textContent();
    expect(notice).toContain("Nothing was started.");
    expect((await host.card.locator(".facts").allTextContents()).join()).toContain("New people a day7");
    expect(runs(host)).toHaveLength(1);
    expect(await statusOf(host)).toBe("DRAFT");
    // The model is not handed the new token together with the word "Approve".
    await expect.poll(() => host.told).toHaveLength(1);
    expect(host.told[0]?.text).toMatch(/was not started.*Do not do it for them/);
    await approve(host).click();
    await host.card.getByText("The campaign is running.").waitFor();
    expect(await started(host)).toBe(1);
  });

  it("does not start again what was started by the same word and paused since", async () => {
    const host = await openHost();
    const { confirmation } = await host.show("run_campaign", { campaign_id });
    await settled(host);
    await host.call("run_campaign", { campaign_id, confirmation });
    await host.call("pause_campaign", { campaign_id });
    await approve(host).click();
    await host.card.getByText("Nothing was started.").waitFor();
    await host.card.locator("header").getByText("Paused").waitFor();
    expect(await statusOf(host)).toBe("PAUSED");
    expect(await started(host)).toBe(1);
  });

  it("asks again when the question is older than ten minutes", async () => {
    const host = await openHost();
    const result = await host.client.callTool({ name: "run_campaign", arguments: { campaign_id } });
    const confirmation = `${(Date.now() - 1_000).toString(36)}.long-ago`;
    const structuredContent = { ...(result.structuredContent as Data), confirmation };
    await host.showResult({ campaign_id }, { ...result, structuredContent });
    await approve(host).click();
    await host.card.getByText("The confirmation is older than ten minutes.").waitFor();
    expect(await statusOf(host)).toBe("DRAFT");
    await approve(host).click();
    await host.card.getByText("The campaign is running.").waitFor();
  });

  it("says in the server's words why a launch is refused", async () => {
    const host = await openHost();
    await host.show("run_campaign", { campaign_id });
    const { confirmation } = await host.call("delete_campaign", { campaign_id });
    await host.call("delete_campaign", { campaign_id, confirmation });
    await approve(host).click();
    await host.card
      .getByText(/^Run campaign .*CAMPAIGN_NOT_EXIST/)
      .first()
      .waitFor();
    await host.card.getByText("Nothing was changed.").waitFor();
    expect(await approve(host).count()).toBe(0);
    expect(await started(host)).toBe(0);
  });

  it.each([
    ["after", "The campaign is running.", "RUNNING"],
    ["before", "still reads DRAFT", "DRAFT"],
  ] as const)(
    "looks before it says anything when the answer is lost %s the launch",
    async (when, says, status) => {
      const host = await openHost({
        async between(name, pass) {
          if (name !== "run_campaign") return pass();
          if (when === "after") await pass();
          throw new Error("connection lost");
        },
      });
      await host.show("run_campaign", { campaign_id });
      await approve(host).click();
      await host.card.getByText("may or may not have been started").waitFor();
      expect(await approve(host).count()).toBe(0);
      await host.card.getByRole("button", { name: "Look what happened" }).click();
      await host.card.getByText(says).waitFor();
      expect(await statusOf(host)).toBe(status);
      expect(runs(host)).toHaveLength(1);
    },
  );

  it("still shows what the result holds when the host lets it call nothing", async () => {
    const host = await openHost({ isMute: true });
    await host.show("run_campaign", { campaign_id });
    await host.card.getByText("nora@northwind.example").waitFor();
    await host.card.getByText("does not let this card act").waitFor();
    expect(await approve(host).count()).toBe(0);
    // Without the sequence there is no line beside which a finding could stand.
    await host.card
      .getByText(/Step 1 A: \{\{COMPANY\}\} has no fallback/)
      .first()
      .waitFor();
    await host.show("preview_campaign", { campaign_id });
    await mail(host).getByText("Hi Amelia,").waitFor();
    await settled(host);
    expect(await host.card.getByRole("button", { name: /Check it|Other people/ }).count()).toBe(0);
    expect(host.calls).toEqual([]);
  });

  it("shows e-mails as plain text where the host forbids every frame", async () => {
    const host = await openHost();
    await host.show("preview_campaign", { campaign_id });
    await mail(host).getByText("Hi Amelia,").waitFor();
    await host.card.locator("body").evaluate(({ ownerDocument }: Data) => {
      const event = new ownerDocument.defaultView.SecurityPolicyViolationEvent("securitypolicyviolation", {
        effectiveDirective: "frame-src",
        documentURI: "",
        violatedDirective: "frame-src",
        originalPolicy: "",
        disposition: "enforce",
        statusCode: 0,
      });
      ownerDocument.dispatchEvent(event);
    });
    await host.card.locator("pre").getByText("Hi Amelia,").waitFor();
  });

  it("stays answered when what it had asked for comes late", async () => {
    let release = () => {};
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });
    const host = await openHost({
      async between(name, pass) {
        const result = await pass();
        if (name === "get_campaign") await late;
        return result;
      },
    });
    await host.show("run_campaign", { campaign_id });
    await approve(host).click();
    await host.card.getByText("The campaign is running.").waitFor();
    expect(await host.card.locator(":focus").textContent()).toContain("The campaign is running.");
    release();
    await host.card.getByText("3 days later").waitFor();
    await host.card.getByText("The campaign is running.").waitFor();
    await host.card.locator("header").getByText("RUNNING").waitFor();
    expect(await approve(host).count()).toBe(0);
  });

  it("asks nothing when it is shown again after the launch", async () => {
    const host = await openHost();
    const args = { campaign_id };
    const result = await host.client.callTool({ name: "run_campaign", arguments: args });
    const { confirmation } = result.structuredContent as Data;
    await host.call("run_campaign", { campaign_id, confirmation });
    await host.showResult(args, result);
    await host.card.getByText("That was already so; nothing was changed.").waitFor();
    expect(await approve(host).count()).toBe(0);
    expect(runs(host)).toEqual([]);
  });

  it("goes on with what it has when the server refuses what it asks", async () => {
    const refused: CallToolResult = { isError: true, content: [{ type: "text", text: "No." }] };
    const host = await openHost({
      between: async (name, pass) => (name === "run_campaign" ? pass() : refused),
    });
    await host.show("run_campaign", { campaign_id });
    await host.card.getByText("Not all could be loaded: No.").waitFor();
    await approve(host).click();
    await host.card.getByText("The campaign is running.").waitFor();
    expect(host.calls.map(({ name }) => name)).toEqual(["get_campaign", "preview_campaign", "run_campaign"]);
  });

  it("shows a draft from the arguments, and each version to the keyboard", async () => {
    const versions = ["A", "B", "C"].map((letter) => ({
      subject: `Flour ${letter}`,
      message: `<p>Hello {{FIRST_NAME}}, this is ${letter}.</p>`,
    }));
    const steps = [
      { type: "EMAIL", versions },
      { type: "EMAIL", wait: { value: 2, range: "DAY" }, versions: [{ message: "<p>Still there?</p>" }] },
    ];
    const host = await openHost();
    await host.show("preview_campaign", { draft: draft("", { steps }), all_variants: true });
    const { card } = host;
    await card.getByRole("heading", { name: "Fresh flour" }).waitFor();
    await card.getByText("Mon, Tue, Fri 08:30–17:00").first().waitFor();
    await card.getByText("2 days later").waitFor();
    await card.getByRole("tab", { name: "Version A" }).focus();
    for (const [key, letter] of [
      ["ArrowRight", "B"],
      ["End", "C"],
      ["ArrowRight", "A"],
      ["ArrowLeft", "C"],
      ["Home", "A"],
    ]) {
      await host.page.keyboard.press(key as string);
      expect(await card.locator(":focus").textContent()).toContain(`Version ${letter}`);
      await mail(host).getByText(`Hello Anna, this is ${letter}.`).waitFor();
    }
    expect(await card.getByRole("tab", { selected: true }).count()).toBe(1);
    // The second person has no first name.
    await card.getByLabel("As seen by").selectOption("info@company.example");
    await card.getByText(/"info@company.example" has no .* set aside, not written to/).waitFor();
  });
});
