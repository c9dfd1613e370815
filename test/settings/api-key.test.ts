/** Keys as people paste them. */
import { describe, expect, it } from "vitest";
import { readSettings } from "../../src/settings/index.ts";
import { draft } from "../support/draft.ts";
import { connect } from "../support/program-session.ts";
import { openSandbox } from "../support/sandbox.ts";

/** As a host leaves it when its user filled nothing in. */
const placeholder = (field: string) => ["$", `{user_config.${field}}`].join("");

const everyCall: [string, object][] = [
  ["list_campaigns", {}],
  ["get_campaign", { campaign_id: 2101 }],
  ["create_campaign", draft],
  ["run_campaign", { campaign_id: 2102 }],
  ["pause_campaign", { campaign_id: 2101 }],
  ["stop_campaign", { campaign_id: 2101 }],
  ["delete_campaign", { campaign_id: 2104 }],
  ["list_mailboxes", {}],
];

describe("the key", () => {
  it.each([
    ["is one word", "abcd-1234-EFGH_5678", "abcd-1234-EFGH_5678"],
    ["has blanks around it", " abcd1234\n", "abcd1234"],
    ["is blank", "   ", undefined],
    ["was not filled in", placeholder("api_key"), undefined],
    ["has Bearer in front", "Bearer abcd1234", "malformed"],
    ["stands in double quotes", '"abcd1234"', "malformed"],
    ["stands in single quotes", "'abcd1234'", "malformed"],
    ["has a line break in it", "abcd1234\nabcd", "malformed"],
    ["has a letter that no header can carry", "abcd1234ä", "malformed"],
    ["is much too short", "s3", "malformed"],
    ["is much too long", "k".repeat(257), "malformed"],
  ])("that %s is read as %j → %j", (_how, given, read) => {
    const { apiKey, malformedKey } = readSettings([], { WOODPECKER_API_KEY: given });
    expect([apiKey, malformedKey]).toEqual(
      read === "malformed" ? [undefined, expect.any(String)] : [read, undefined],
    );
  });

  it.each([
    ["is missing", undefined],
    ["was not filled in by the host", placeholder("api_key")],
    ["has Bearer in front", "Bearer secret-1234567 x"],
    ["stands in double quotes", '"secret-1234567"'],
  ])(
    "that %s: tools are listed, and each call says how to set it without asking Woodpecker",
    async (_how, key) => {
      const sandbox = await openSandbox();
      const env = { WOODPECKER_API_URL: sandbox.origin, LOG_LEVEL: "debug" };
      const session = await connect([], { ...env, ...(key !== undefined && { WOODPECKER_API_KEY: key }) });
      const names = (await session.client.listTools()).tools.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(everyCall.map(([name]) => name)));
      for (const [name, args] of everyCall) {
        const result = await session.client.callTool({ name, arguments: args as Record<string, unknown> });
        const [{ text }] = result.content as [{ text: string }];
        expect(result).toMatchObject({ isError: true });
        expect(text).toContain("WOODPECKER_API_KEY");
        expect(text).toContain("--sandbox");
        expect(text).toMatch(/\nNothing was sent and nothing was changed\.\nNext: /);
        expect(text + session.stderr()).not.toMatch(/secret|user_config/);
      }
      expect(sandbox.requests).toEqual([]);
    },
  );

  it("that is good is sent as x-api-key and stands nowhere else", async () => {
    const sandbox = await openSandbox();
    const env = {
      WOODPECKER_API_URL: sandbox.origin,
      WOODPECKER_API_KEY: ` ${sandbox.key}\n`,
      LOG_LEVEL: "debug",
    };
    const { client, stderr } = await connect(["--company-id", "77"], env);
    const answers = [];
    for (const [name, args] of everyCall) {
      answers.push(await client.callTool({ name, arguments: args as Record<string, unknown> }));
    }
    expect(JSON.stringify(answers) + stderr()).not.toContain(sandbox.key);
    expect(sandbox.requests.length).toBeGreaterThan(8);
    for (const { path, query, body, headers } of sandbox.requests) {
      expect(headers["x-api-key"]).toBe(sandbox.key);
      // Which client companies there are is asked of the agency itself.
      expect(headers["x-company-id"]).toBe(path.includes("/agency/") ? undefined : "77");
      const { "x-api-key": _key, ...others } = headers;
      expect(JSON.stringify([path, query, body, others])).not.toContain(sandbox.key);
    }
  });
});
