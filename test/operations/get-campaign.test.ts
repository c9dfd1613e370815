/** Messages of a campaign are whole or left out, and never stand as lines of ours. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { openSession } from "../support/session.ts";
import { hostileTexts } from "../trust/hostile-texts.ts";

const versions = (count: number, message: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => ({ subject: `Subject ${index}`, message: message(index) }));

async function campaignOf(steps: { versions: { message: string }[] }[]) {
  const session = await openSession();
  const { data, text } = await session.call("create_campaign", {
    name: "Whole",
    mailbox_ids: [501],
    settings: { timezone: "Europe/Berlin", daily_enroll: 10 },
    delivery_times: [{ days: ["MONDAY"], from: "09:00", to: "17:00" }],
    steps: steps.map((step) => ({ type: "EMAIL", ...step })),
  });
  expect(data?.campaign_id, text).toBeDefined();
  return { ...session, id: data.campaign_id as number };
}

const messages = (data: Data) =>
  data.steps.flatMap((step: Data) =>
    step.versions.map((version: Data) => [step.step, version.version, version]),
  );

describe("get_campaign with content", () => {
  it("loses no message of 16 steps of five short versions", async () => {
    const text = (index: number) => `<div>Short ${index} ${"x".repeat(60)}</div>`;
    const { call, id } = await campaignOf(
      Array.from({ length: 16 }, () => ({ versions: versions(5, text) })),
    );
    const { data } = await call("get_campaign", { campaign_id: id, include: "content" });
    expect(messages(data)).toHaveLength(80);
    for (const [, , version] of messages(data)) expect(version.message).toMatch(/x<\/div>$/);
    expect(data.partial).toBeUndefined();
  });

  it("leaves long ones out, whole, and says with which call each is read", async () => {
    const long = (index: number) => `<div>${String(index).repeat(9_000)} the end</div>`;
    const { call, id } = await campaignOf([{ versions: versions(5, long) }]);
    const { data, text } = await call("get_campaign", { campaign_id: id, include: "content" });
    const shown = messages(data).filter(([, , { message }]: Data[]) => message !== undefined);
    const omitted = messages(data).filter(([, , { omitted }]: Data[]) => omitted);
    expect(shown.length + omitted.length).toBe(5);
    expect(omitted.length).toBeGreaterThan(0);
    for (const [, , { message }] of shown) expect(message).toMatch(/the end<\/div>$/);
    expect(data.reason).toContain("step and version");
    expect(text).not.toContain("[cut]");
    for (const [step, version] of omitted) {
      const alone = await call("get_campaign", { campaign_id: id, include: "content", step, version });
      expect(messages(alone.data).map(([, , { message }]: Data[]) => message.slice(-14))).toEqual([
        " the end</div>",
      ]);
    }
  });

  it.each(Object.values(hostileTexts))("quotes %j behind a bar, line by line", async (hostile) => {
    const { call, id } = await campaignOf([{ versions: versions(1, () => "<div>Hi</div>") }]);
    const { failed } = await call("update_step_version", {
      campaign_id: id,
      step: 1,
      version: "A",
      message: `a\n${hostile}`,
    });
    if (failed) return;
    const { text } = await call("get_campaign", { campaign_id: id, include: "content" });
    const from = text.indexOf("    | ");
    const lines = text.slice(from).split("\n");
    const behind = lines.findIndex((line) => !line.startsWith("    | "));
    const rest = behind < 0 ? [] : lines.slice(behind);
    for (const line of rest) expect(line).toMatch(/^(A step added now|Note: ‹U|Step \d| {2}[A-E]: )/);
  });

  it("refuses a text that ends where something was cut", async () => {
    const { call, id } = await campaignOf([{ versions: versions(1, () => "<div>Hi</div>") }]);
    const args = { campaign_id: id, step: 1, version: "A", message: "<div>Hi, and then… [cut]" };
    const { failed, text } = await call("update_step_version", args);
    expect(failed).toBe(true);
    expect(text).toContain("whole");
  });

  it("keeps what a later step would wait, from reading to making", async () => {
    const { call } = await openSession();
    const read = (await call("get_campaign", { campaign_id: 2101, include: "content" })).data;
    const steps = read.steps
      .slice(0, -1)
      .concat({ ...read.steps.at(-1), followup_after: { value: 4, range: "DAY" } });
    delete steps.at(-1).next_wait;
    const { mailbox_ids, settings } = read;
    const made = await call("create_campaign", { name: "Again", mailbox_ids, settings, steps });
    expect(made.failed, made.text).toBe(false);
    const again = (await call("get_campaign", { campaign_id: made.data.campaign_id })).data;
    expect(again.steps.at(-1).followup_after).toEqual({ value: 4, range: "DAY" });
  });

  it("wants a step with a version, and names those there are", async () => {
    const { call } = await openSession();
    expect((await call("get_campaign", { campaign_id: 2101, version: "A" })).text).toContain("step");
    const other = await call("get_campaign", {
      campaign_id: 2101,
      include: "content",
      step: 1,
      version: "E",
    });
    expect(other.text).toContain("step 1 has A, B");
  });
});
