/** manifest.json for the Claude Desktop bundle and server.json for the MCP registry. */

import { prompts, textOf } from "../../src/mcp/prompts/index.ts";
import type { Prompt } from "../../src/mcp/prompts/prompt.ts";
import { operations } from "../../src/operations/index.ts";
import { type Option, options } from "../../src/settings/options.ts";

/** What is used of package.json. */
export interface Package {
  name: string;
  version: string;
  description: string;
  mcpName: string;
  author: string;
  license: string;
  keywords: string[];
  /** As npm wants it, git+https://….git; whose it is follows from it everywhere. */
  repository: { url: string };
  engines: { node: string };
}

/** Options that a person is asked for in Claude Desktop: user_config key and option. */
const asked = Object.values(options as Record<string, Option>)
  .filter((option) => option.title && option.env)
  .map((option) => [(option.env as string).toLowerCase().replace("woodpecker_", ""), option] as const);

/** As people open it. */
const addressOf = ({ repository }: Package) => repository.url.replace(/^git\+|\.git$/g, "");

export function manifest(own: Package) {
  const { name, version, description, engines, author, license } = own;
  const address = addressOf(own);
  return {
    manifest_version: "0.3",
    name,
    display_name: "Woodpecker campaigns",
    version,
    description,
    long_description: [
      "Draft, check, launch, watch, pause and finish cold-email campaigns in Woodpecker.co by talking to Claude.",
      "Nothing is sent or deleted before you have agreed to what you were shown.",
      "The API key stays on this computer and goes to Woodpecker only.",
      "Not made by Woodpecker.",
    ].join("\n\n"),
    author: { name: author, url: address },
    repository: { type: "git", url: address },
    support: `${address}/issues`,
    icon: "icon.png",
    license,
    keywords: ["woodpecker", "cold-email", "outreach", "campaigns"],
    server: {
      type: "node",
      entry_point: "server/main.cjs",
      mcp_config: {
        command: "node",
        args: [`\${__dirname}/server/main.cjs`],
        env: Object.fromEntries(asked.map(([key, option]) => [option.env, `\${user_config.${key}}`])),
      },
    },
    tools: operations.map((operation) => ({ name: operation.name, description: operation.description })),
    prompts: prompts.map(manifestPrompt),
    // The texts depend on what was filled in and on which tools exist; the server has them.
    prompts_generated: true,
    user_config: Object.fromEntries(
      asked.map(([key, { title, about, hint, secret, fallback }]) => [
        key,
        {
          type: "string",
          title,
          description: hint ?? about,
          required: false,
          default: fallback ?? "",
          ...(secret && { sensitive: true }),
        },
      ]),
    ),
    compatibility: { platforms: ["darwin", "win32", "linux"], runtimes: { node: engines.node } },
  };
}

/** With what has to be filled in; a manifest has no word for an argument that may be left out. */
function manifestPrompt(prompt: Prompt) {
  const needed = Object.entries(prompt.arguments).flatMap(([name, { required }]) => (required ? [name] : []));
  const values = Object.fromEntries(needed.map((name) => [name, `\${arguments.${name}}`]));
  return {
    name: prompt.name,
    description: prompt.description,
    ...(needed.length > 0 && { arguments: needed }),
    text: textOf(prompt, values, () => true),
  };
}

export function serverJson(own: Package) {
  const { name, mcpName, version, description } = own;
  // The registry starts the package on stdio.
  const variables = Object.values(options as Record<string, Option>).filter(({ env, http }) => env && !http);
  return {
    $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
    name: mcpName,
    title: "Woodpecker campaigns",
    description,
    version,
    repository: { url: addressOf(own), source: "github" },
    packages: [
      {
        registryType: "npm",
        identifier: name,
        version,
        runtimeHint: "npx",
        transport: { type: "stdio" },
        environmentVariables: variables.map(({ env, about, secret, fallback, among, list }) => ({
          name: env,
          description: about,
          isRequired: env === "WOODPECKER_API_KEY",
          isSecret: secret === true,
          ...(fallback && { default: fallback }),
          ...(among && !list && { choices: among }),
        })),
      },
    ],
  };
}
