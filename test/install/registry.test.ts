/** server.json, as the MCP registry takes it, and what has to be the same in it and in package.json. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { type Option, options } from "../../src/settings/options.ts";
import { serverSchema } from "./server-schema.ts";

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const server = read("server.json");
const own = read("package.json");

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(serverSchema);

describe("server.json", () => {
  it("keeps the registry's rules", () => {
    expect(isValid(server), ajv.errorsText(isValid.errors)).toBe(true);
  });

  const [npm] = server.packages;
  it.each([
    ["a description that is too long", { description: "x".repeat(101) }],
    ["a name without its owner", { name: "woodpecker-campaigns-mcp" }],
    ["a range for a version", { version: "^0.1.0" }],
    ["a tag for a version", { packages: [{ ...npm, version: "latest" }] }],
    ["a package without its transport", { packages: [{ ...npm, transport: undefined }] }],
    ["a variable without its name", { packages: [{ ...npm, environmentVariables: [{ isSecret: true }] }] }],
    ["a field that nobody knows", { packages: [{ ...npm, env: {} }] }],
    ["an older schema", { $schema: server.$schema.replace("2025-12-11", "2025-07-09") }],
  ])("would not keep them with %s", (_name, change) => {
    expect(isValid(JSON.parse(JSON.stringify({ ...server, ...change })))).toBe(false);
  });

  it("names the package that proves whose it is, in the same version", () => {
    expect(server.name).toBe(own.mcpName);
    expect(server.version).toBe(own.version);
    expect(npm).toMatchObject({ identifier: own.name, version: own.version });
  });

  it("names every variable that counts on stdio, which of them are secret, and no default of a secret", () => {
    const known = Object.values(options as Record<string, Option>).filter(({ env, http }) => env && !http);
    const variables = npm.environmentVariables as { name: string; isSecret: boolean; default?: string }[];
    expect(variables.map(({ name }) => name)).toEqual(known.map(({ env }) => env));
    const secret = variables.filter(({ isSecret }) => isSecret);
    expect(secret.map(({ name }) => name)).toContain("WOODPECKER_API_KEY");
    for (const variable of secret) expect(variable).not.toHaveProperty("default");
  });
});
