/** A client that holds to the published schema, closed where it names properties, can do every job. */
import { expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { draft } from "../../support/draft.ts";
import { openSession, type Session } from "../../support/session.ts";

interface Node {
  type?: string;
  properties?: Record<string, Node>;
  items?: Node;
  additionalProperties?: boolean;
}

/** As converters do: what the schema does not name is gone. */
function stripped(schema: Node, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => stripped(schema.items ?? {}, entry));
  if (value === null || typeof value !== "object" || schema.additionalProperties) return value;
  const named = schema.properties ?? {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (named[key] ? [[key, stripped(named[key], inner)]] : [])),
  );
}

async function strictClient() {
  const session = await openSession();
  const { tools } = await session.client.listTools();
  const call: Session["call"] = (tool, args) => {
    const schema = tools.find(({ name }) => name === tool)?.inputSchema as Node;
    const left = stripped(schema, args);
    expect(left).toEqual(args);
    return session.call(tool, left as object);
  };
  const agreed = async (tool: string, args: object): Promise<Data> => {
    const { data } = await call(tool, args);
    expect(data.outcome).toBe("confirmation_required");
    return (await call(tool, { ...args, confirmation: data.confirmation })).data;
  };
  return { call, agreed };
}

const times = [{ days: ["MONDAY"], from: "09:00", to: "12:00" }];

it("from a draft to a launch over the findings, and back", async () => {
  const { call, agreed } = await strictClient();
  const settings = { ...draft.settings, gdpr_unsubscribe: true, count_followup_delay_in_working_days: true };
  const steps = [{ ...draft.steps[0], delivery_times: times }, draft.steps[1]];
  const made = await call("create_campaign", { ...draft, settings, steps });
  expect(made.data.outcome).toBe("done");
  const { campaign_id } = made.data;
  const version = {
    subject: "Last",
    message: "<p>Bye [First Name]</p>",
    signature: "NO_SIGNATURE",
    track_opens: true,
  };
  const added = await call("add_campaign_step", {
    campaign_id,
    step: { type: "EMAIL", delivery_times: times, versions: [version] },
  });
  expect(added.data.outcome).toBe("done");
  const updated = await call("update_campaign", {
    campaign_id,
    settings: { timezone: "Europe/Berlin", open_disabled_list: ["google.com"] },
    bounce_shield: 5,
  });
  expect(updated.data.outcome).toBe("done");
  const moved = await call("update_campaign_step", {
    campaign_id,
    step: 1,
    delivery_times: [{ ...times[0], from: "09:15" }],
  });
  expect(moved.data.outcome).toBe("done");
  const prospects = [{ email: "anna@example.com", first_name: "Anna", snippet3: "x" }];
  expect((await call("save_prospects", { campaign_id, prospects })).data.outcome).toBe("done");
  const copy = await call("duplicate_campaign", {
    campaign_id,
    settings: { daily_enroll: 7 },
    versions: [{ step: 1, version: "A", subject: "Other", message: "<p>Other</p>" }],
  });
  expect(copy.data.outcome).toBe("done");
  expect((await call("check_campaign", { draft: { ...draft, settings } })).failed).toBe(false);

  expect((await call("run_campaign", { campaign_id })).failed).toBe(true);
  expect((await agreed("run_campaign", { campaign_id, despite_errors: true })).outcome).toBe("done");
  expect((await call("pause_campaign", { campaign_id })).data.outcome).toBe("done");
});

it("doing the same again on purpose", async () => {
  const { call, agreed } = await strictClient();
  await call("create_campaign", draft);
  expect((await call("create_campaign", draft)).data.outcome).toBe("deduplicated");
  expect((await agreed("create_campaign", { ...draft, allow_duplicate: true })).outcome).toBe("done");
});
