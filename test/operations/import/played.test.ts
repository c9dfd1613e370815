/** Lists as people have them, each imported in one call and played to the launch. */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { openSession } from "../../support/session.ts";
import { believable } from "./believable.ts";

describe("import, check, preview and launch", () => {
  it.each(Object.entries(believable))("%s", async (_name, { csv, added, rejected, somebody, says }) => {
    const session = await openSession();
    const saved = await session.call("save_prospects", { csv, campaign_id: 2104 });
    expect([saved.failed, saved.text]).toEqual([false, saved.text]);
    expect(saved.data).toMatchObject({ outcome: "done", added, rejected, duplicates: 0 });
    for (const words of says) expect(saved.text).toContain(words);
    const rows = saved.data.rows.filter(({ result }: Data) => result === "rejected");
    expect(new Set(rows.map(({ row }: Data) => row)).size).toBe(rejected);
    const sent = session.sandbox.writes().flatMap(({ body }) => (body as Data).prospects);
    expect(sent).toHaveLength(added);
    expect(sent).toContainEqual(expect.objectContaining(somebody));
    expect(JSON.stringify(saved.data).length + saved.text.length).toBeLessThanOrEqual(9_000);

    const check = await session.call("check_campaign", { campaign_id: 2104 });
    expect(["ready", "warnings"]).toContain(check.data.verdict);
    const { email } = sent.at(-1);
    const preview = await session.call("preview_campaign", { campaign_id: 2104, prospects: [{ email }] });
    expect(preview.data.emails[0].email).toBe(email);
    const launched = await session.agree("run_campaign", { campaign_id: 2104 });
    expect(launched.data).toMatchObject({ outcome: "done", status: "RUNNING" });
  });
});
