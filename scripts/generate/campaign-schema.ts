/** docs/campaign.schema.json, from which editors complete and check campaign files: the zod models that apply checks with. */
import { zodToJsonSchema } from "zod-to-json-schema";
import { campaignFile } from "../../src/cli/files/format.ts";
import { timezones } from "../../src/model/timezones.ts";
import type { JsonSchema } from "../../src/values/json-schema.ts";

/** What the models check in code, and how editors are told. */
const replaced: Record<string, JsonSchema> = {
  // A zone that is not on the list passes with a warning.
  timezone: { anyOf: [{ enum: timezones }, { type: "string", maxLength: 60 }] },
  mailbox: { anyOf: [{ type: "string" }, { type: "integer", minimum: 1 }] },
  from: { type: "string", pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" },
  to: { type: "string", pattern: "^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$" },
};

/** Models speak to assistants in few words; people get whole sentences. */
const about: Record<string, string> = {
  name: "Name of the campaign.",
  settings: "What is not given stays as it is; a new campaign needs timezone and daily_enroll.",
  delivery_times: "When e-mails may leave; at the top for every EMAIL step that has no windows of its own.",
  steps: "1 to 16, in the order in which they are sent.",
  auto_pause_prospect_from_domain:
    "Pause colleagues at the same domain after a reply; the form that Woodpecker documents.",
  wait: "How long after the step before. Fixed once the campaign exists.",
  versions: "1 to 5; several are an A/B test. Their number is fixed once the campaign exists.",
  subject: "Needed in the first e-mail; a later one without it stays in the thread.",
  message:
    "HTML; a line break right behind a paragraph or a <br /> is layout and not part of the e-mail. LinkedIn: plain text.",
};

export function campaignSchema(): JsonSchema {
  const { $schema, ...schema } = zodToJsonSchema(campaignFile, {
    target: "jsonSchema7",
    $refStrategy: "none",
  }) as JsonSchema;
  return {
    $schema,
    title: "Woodpecker campaign",
    description: "A file for woodpecker-campaigns-mcp export and apply.",
    ...(explained(schema) as JsonSchema),
    // Without an id it becomes a new campaign.
    if: { required: ["id"] },
    else: {
      required: ["name", "settings", "steps"],
      properties: { settings: { required: ["timezone", "daily_enroll"] } },
    },
  };
}

function explained(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(explained);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node).map(([keyword, value]) =>
      keyword === "properties" ? [keyword, properties(value as JsonSchema)] : [keyword, explained(value)],
    ),
  );
}

const properties = (fields: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => {
      const node = { ...(explained(schema) as JsonSchema), ...(about[name] && { description: about[name] }) };
      if (name === "mailboxes") return [name, { ...node, items: replaced.mailbox }];
      const other = replaced[name];
      return [name, other ? { description: node.description, ...other } : node];
    }),
  );
