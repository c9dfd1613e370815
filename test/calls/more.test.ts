/** "And so many more": where there is no room for all, it is said where the rest can be read. */
import { expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import { no, person } from "../support/person.ts";
import { openSession } from "../support/session.ts";

/** So many findings that no form shows them all. */
const odd = (step: number) => ({
  type: "EMAIL",
  ...(step > 0 && { wait: { value: 2, range: "DAY" } }),
  versions: [
    {
      subject: `About [topic ${step}]`,
      message: `<p>Hello [name ${step}], is <a href="http://exam ple${step}.com">this</a> it?</p>`,
    },
  ],
});

it("a form names the dry run, which shows all findings", async () => {
  const { asked, elicit } = person(no);
  const session = await openSession({ elicit });
  const created = await session.call("create_campaign", { ...draft, steps: [0, 1, 2, 3, 4].map(odd) });
  const id = created.data.campaign_id;
  const prospects = [{ email: "one@moulin.example" }];
  await session.call("save_prospects", { campaign_id: id, prospects });
  await session.call("run_campaign", { campaign_id: id, despite_errors: true });
  const more = /- and (\d+) more; a dry run of the same call shows them all/.exec(asked[0]?.message ?? "");
  expect(Number(more?.[1])).toBeGreaterThan(0);
  const dry = await session.call("run_campaign", { campaign_id: id, despite_errors: true, dry_run: true });
  expect(dry.data.findings).toHaveLength(8 + Number(more?.[1]));
  for (const { message } of dry.data.findings) expect(dry.text).toContain(message);
});

it("people who were all refused stand whole in the structured result", async () => {
  const session = await openSession();
  const prospects = Array.from({ length: 14 }, (_, at) => ({ email: `p${at}@moulin.example` }));
  const msg = "Prospect exists with status:BLACKLIST";
  session.sandbox.failNext({
    method: "POST",
    path: /add_prospects/,
    status: 400,
    body: {
      prospects: prospects.map(({ email }) => ({ email, status: "ERROR", code: "E_INV_STATUS", msg })),
      status: { status: "ERROR", code: "E_INV_STATUS", msg },
    },
  });
  const answer = await session.call("save_prospects", { prospects });
  expect(answer.text).toContain("; and 4 more, under rows in the structured result");
  expect(answer.data).toMatchObject({ outcome: "failed", rejected: 14 });
  expect(answer.data.rows.map(({ email }: Data) => email)).toEqual(prospects.map(({ email }) => email));
});
