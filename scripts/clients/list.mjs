/** The clients that are tried, by what they need of npm; those that a person has to try. */

/** Libraries: what jobs.mjs does with them is the same for all. */
const library = (name, title, packages, more = {}) => ({ name, title, packages, light: true, ...more });

const SDK_1 = "@modelcontextprotocol/sdk";
const SDK_2 = "@modelcontextprotocol/client";

export const libraries = [
  library("sdk-1", "TypeScript SDK 1.x", [SDK_1]),
  library("sdk-2", "TypeScript SDK 2.x, as it comes", [SDK_2]),
  library("sdk-2-auto", "TypeScript SDK 2.x, `auto`", [SDK_2]),
  library("sdk-2-pinned", "TypeScript SDK 2.x, pinned to 2026-07-28", [SDK_2]),
  library("langchain", "LangChain adapters", ["@langchain/mcp-adapters", "@langchain/core"]),
  library("ai-sdk", "AI SDK", ["@ai-sdk/mcp", "ai"]),
  library("openai-agents", "OpenAI Agents SDK", ["@openai/agents", "zod"]),
  library("llamaindex", "LlamaIndex", ["@llamaindex/tools", "llamaindex"]),
  library("google-genai", "Google GenAI", ["@google/genai", SDK_1]),
  library("mastra", "Mastra", ["@mastra/mcp", "@mastra/core", "zod"], { light: false }),
  library("mcp-use", "mcp-use, LangChain adapter", ["mcp-use@1", "langchain", "@langchain/core"], {
    light: false,
  }),
  library("mcp-remote", "mcp-remote", ["mcp-remote", SDK_1], { light: false, serves: "http" }),
  library("supergateway", "supergateway, a process for each call", ["supergateway", SDK_1], {
    light: false,
    bridge: (main, port) => [
      ...["supergateway", "--stdio", `"${process.execPath}" "${main}"`],
      ...["--outputTransport", "streamableHttp", "--port", `${port}`],
    ],
  }),
  library("mcp-proxy", "mcp-proxy", ["mcp-proxy", SDK_1], {
    light: false,
    bridge: (main, port) => [
      ..."mcp-proxy --host 127.0.0.1 --port".split(" "),
      ...[`${port}`, "--", process.execPath, main],
    ],
  }),
];

/**
 * Programs with a command line: what they are told, and what they have to say. In a line NODE and MAIN stand for the two
 * files that start our server, SERVER for its whole start, IN_ONE for the same as one word.
 */
const program = (title, name, did, lines) => ({
  name,
  title,
  packages: [name],
  did,
  commands: (main) => {
    const start = [process.execPath, main, "--sandbox"];
    const meant = { NODE: process.execPath, MAIN: main, SERVER: start, IN_ONE: start.join(" ") };
    return lines.map(([line, says]) => [line.split(" ").flatMap((word) => meant[word] ?? word), says]);
  },
});

export const commandLines = [
  program("MCP Inspector CLI", "@modelcontextprotocol/inspector", "a strict look at the list, a call", [
    ["mcp-inspector --cli SERVER --method tools/list --strict", /run_campaign/],
    ["mcp-inspector --cli SERVER --method tools/call --tool-name list_campaigns --tool-arg limit=2", /210\d/],
  ]),
  program("mcporter", "mcporter", "two calls", [
    ["mcporter call --stdio IN_ONE list_campaigns limit=2 --output json", /210\d/],
    ["mcporter call --stdio IN_ONE check_campaign campaign_id=2104 --output json", /verdict/],
  ]),
  program("Claude Code", "@anthropic-ai/claude-code", "its entry added by its command, its health check", [
    ["claude mcp add --scope user woodpecker -- SERVER", /Added/],
    ["claude mcp list", /woodpecker:.*Connected/],
  ]),
  program("Codex", "@openai/codex", "its entry added and read by its command; it connects in a chat only", [
    ["codex mcp add woodpecker -- SERVER", /Added/],
    ["codex mcp list", /woodpecker.*--sandbox.*enabled/],
  ]),
  program("Gemini CLI", "@google/gemini-cli", "its entry added by its command, its health check", [
    // What follows the two dashes is for the server.
    ["gemini mcp add --scope user woodpecker NODE MAIN -- --sandbox", /added/],
    ["gemini mcp list", /woodpecker:.*Connected/],
  ]),
];

/** Hosts of the card, shown in Chromium. */
const cardHost = (name, title, packages) => ({ name, title, packages, isHost: true });

export const cardHosts = [
  cardHost("ext-apps", "ext-apps, its AppBridge as a host of the card", [
    "@modelcontextprotocol/ext-apps",
    SDK_2,
    "@modelcontextprotocol/core",
    "zod",
  ]),
  cardHost("mcp-ui", "mcp-ui, its AppRenderer as a host of the card", [
    "@mcp-ui/client",
    "react",
    "react-dom",
  ]),
];

export const notTried = {
  "Claude Desktop, claude.ai, Cursor, VS Code, Windsurf, Zed, JetBrains, ChatGPT":
    "not on npm; their files follow their vendors' documents and are parsed by `npm test`",
};
