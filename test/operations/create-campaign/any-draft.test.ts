/** Any draft that keeps the rules: published schema, model and sandbox agree on it, and nothing is lost on the way. */
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { sequence } from "../../support/arbitrary.ts";
import { draft } from "../../support/draft.ts";
import { openSession } from "../../support/session.ts";

const drafts = sequence.map((steps) => ({ ...draft, delivery_times: undefined, steps }));
/** A whole day is sent either way and returned as 00:00 to 00:00. */
const midnight = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('"24:00"', '"00:00"'));

it("is accepted by the published schema", async () => {
  const { client } = await openSession();
  const { tools } = await client.listTools();
  const schema = tools.find(({ name }) => name === "create_campaign")?.inputSchema;
  const validate = new AjvJsonSchemaValidator().getValidator(schema as Data);
  const property = fc.property(drafts, (args) => {
    expect(validate(JSON.parse(JSON.stringify(args)))).toMatchObject({ valid: true });
  });
  fc.assert(property);
});

it("is taken by the sandbox, shown by get_campaign and created again, all with the same steps", async () => {
  const session = await openSession();
  const dryRun = async (args: object): Promise<Data> =>
    (await session.call("create_campaign", { ...args, dry_run: true })).data.request.body;

  let made = 0;
  const property = fc.asyncProperty(drafts, async (drawn) => {
    // Two of them may be drawn alike; by its name each is a campaign of its own.
    made += 1;
    const args = { ...drawn, name: `Draft ${made}` };
    const created = await session.call("create_campaign", args);
    expect(created).toMatchObject({ failed: false, data: { outcome: "done", status: "DRAFT" } });
    const sent = session.sandbox.writes().at(-1)?.body as Data;
    expect(await dryRun(args)).toEqual(sent);

    const campaign = session.sandbox.campaign(created.data.campaign_id) as Data;
    expect(await dryRun({ ...args, steps: campaign.steps })).toMatchObject({ steps: midnight(sent.steps) });
  });
  await fc.assert(property, { numRuns: 20 });
});

it("of ordinary size comes back from get_campaign whole", async () => {
  const session = await openSession();
  const small = drafts.filter(({ steps }) => JSON.stringify(steps).length < 4_000);
  const property = fc.asyncProperty(small, async (args) => {
    const { data } = await session.call("create_campaign", args);
    const shown = await session.call("get_campaign", { campaign_id: data.campaign_id, include: "content" });
    expect(shown.data.partial).toBeUndefined();
    const again = { ...args, steps: shown.data.steps, settings: shown.data.settings };
    const answer = await session.call("create_campaign", again);
    expect(answer.failed).toBe(false);
    const [first, second] = session.sandbox
      .writes()
      .slice(-2)
      .map(({ body }) => (body as Data).steps);
    expect(second).toEqual(midnight(first));
  });
  await fc.assert(property, { numRuns: 15 });
});
