/**
 * What the MCP registry's documents say of server.json (schema of 2025-12-11), as a JSON Schema: our own reading of the
 * rules, for the parts that we use. It is stricter than theirs in one way: an unknown field is refused, since it would be a
 * slip of ours.
 */
const text = (more: object = {}) => ({ type: "string", ...more });
const closed = (required: string[], properties: object) => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});

/** Exactly one version: neither a range nor a tag. */
const version = text({ minLength: 1, maxLength: 255, pattern: "^\\d+\\.\\d+\\.\\d+(-[\\w.]+)?$" });

const variable = closed(["name"], {
  name: text({ minLength: 1 }),
  description: text(),
  isRequired: { type: "boolean" },
  isSecret: { type: "boolean" },
  format: { enum: ["string", "number", "boolean", "filepath"] },
  default: text(),
  placeholder: text(),
  choices: { type: "array", items: text() },
});

const npmPackage = closed(["registryType", "identifier", "version", "transport"], {
  registryType: { const: "npm" },
  identifier: text({ minLength: 1 }),
  version,
  runtimeHint: text(),
  transport: closed(["type"], { type: { const: "stdio" } }),
  environmentVariables: { type: "array", items: variable },
});

export const serverSchema = closed(["$schema", "name", "description", "version", "packages"], {
  $schema: { const: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json" },
  name: text({ minLength: 3, maxLength: 200, pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" }),
  title: text({ minLength: 1, maxLength: 100 }),
  description: text({ minLength: 1, maxLength: 100 }),
  version,
  websiteUrl: text({ format: "uri" }),
  repository: closed(["url", "source"], { url: text({ format: "uri" }), source: text(), subfolder: text() }),
  packages: { type: "array", minItems: 1, items: npmPackage },
});
