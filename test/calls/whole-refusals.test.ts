/** A refusal names everything that is wrong, within the size of an error; what was understood otherwise is said there, too. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { openSession } from "../support/session.ts";

const email = (versions: object[]) => ({ type: "EMAIL", versions });

describe("arguments with many faults", () => {
  it("have every place named, each once", async () => {
    const { call } = await openSession();
    const steps = Array.from({ length: 16 }, () => email([{ message: "" }, { message: " " }]));
    const { failed, text } = await call("create_campaign", { ...draft, steps });
    expect([failed, text.length <= 2_000]).toEqual([true, true]);
    for (let step = 0; step < 16; step += 1)
      for (const version of [0, 1]) expect(text).toContain(`steps[${step}].versions[${version}].message`);
    expect(text).not.toMatch(/and \d+ more/);
    expect(text).toContain("Next:");
  });

  it("are said one by one where they are few", async () => {
    const { call } = await openSession();
    const steps = [email([{ subject: "A", message: "" }]), email([{ message: "" }])];
    const { text } = await call("create_campaign", { ...draft, steps });
    expect(text.match(/^- steps/gm)).toHaveLength(2);
  });
});

describe("a failure", () => {
  it("says also what was understood otherwise than written", async () => {
    const { call, sandbox } = await openSession();
    sandbox.failNext({
      method: "GET",
      status: 404,
      body: { type: "CAMPAIGN_NOT_EXIST", message: "Campaign not found" },
    });
    const { failed, text, data } = await call("get_campaign", { campaign_id: "2102" });
    expect([failed, data]).toEqual([true, undefined]);
    expect(text).toMatch(/\nNote: campaign_id: "2102" is read as 2102/);
  });
});

describe("names of campaigns in campaign_ids", () => {
  const [name, other] = ["Warehouse leads, DACH", "Contractor payroll, Nordics"];

  it("stand for ids in reads, with one look at the list", async () => {
    const { call, traffic } = await openSession();
    const { data, text } = await call("search_prospects", { campaign_ids: [name, other] });
    expect(data.notes).toHaveLength(2);
    for (const note of data.notes as Data) expect(text).toContain(note);
    expect(traffic().filter((line) => line.includes("campaign_list"))).toHaveLength(1);
  });

  it("never in writes", async () => {
    const { call, attempted } = await openSession();
    const { failed, text } = await call("pause_campaign", { campaign_ids: [name] });
    expect([failed, attempted()]).toEqual([true, []]);
    expect(text).toContain("2101");
  });
});
