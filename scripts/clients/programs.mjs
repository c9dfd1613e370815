/**
 * How each client program and library reaches a server on stdio: `open` gives the names of its tools and calls one through
 * the client's own objects. The file runs in a folder that holds the client's packages, never in this one.
 */
const server = (main) => ({ command: process.execPath, args: [main, "--sandbox"] });

const who = { name: "tried", version: "1" };

/** The SDK of the era before, and of this one. */
async function sdk1({ command, args, url }) {
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  const client = new Client(who);
  if (url) {
    const { StreamableHTTPClientTransport } = await import(
      "@modelcontextprotocol/sdk/client/streamableHttp.js"
    );
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  } else {
    const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
    await client.connect(new StdioClientTransport({ command, args, env: process.env, stderr: "ignore" }));
  }
  return client;
}
async function sdk2(main, mode) {
  const { Client } = await import("@modelcontextprotocol/client");
  const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
  const client = new Client(who, mode ? { versionNegotiation: { mode } } : {});
  await client.connect(new StdioClientTransport({ ...server(main), env: process.env, stderr: "ignore" }));
  return client;
}
const direct = (client) => ({
  names: async () => (await client.listTools()).tools.map(({ name }) => name),
  call: (name, args) => client.callTool({ name, arguments: args }),
  close: () => client.close(),
});

/** Tools that are objects of the client's own, by their names. */
const through = ({ tools, use, close }) => ({
  names: async () => Object.keys(tools),
  call: (name, args) => use(tools[name], args),
  close,
});
const byName = (tools) => Object.fromEntries(tools.map((tool) => [tool.name ?? tool.metadata.name, tool]));

export const programs = {
  "sdk-1": async (main) => direct(await sdk1(server(main))),
  "sdk-2": async (main) => direct(await sdk2(main)),
  "sdk-2-auto": async (main) => direct(await sdk2(main, "auto")),
  "sdk-2-pinned": async (main) => direct(await sdk2(main, { pin: "2026-07-28" })),

  async langchain(main) {
    const { MultiServerMCPClient } = await import("@langchain/mcp-adapters");
    const client = new MultiServerMCPClient({
      mcpServers: { woodpecker: { transport: "stdio", ...server(main) } },
    });
    const tools = byName(await client.getTools());
    return through({ tools, use: (tool, args) => tool.invoke(args), close: () => client.close() });
  },

  async "ai-sdk"(main) {
    const { createMCPClient } = await import("@ai-sdk/mcp");
    const { Experimental_StdioMCPTransport: Transport } = await import("@ai-sdk/mcp/mcp-stdio");
    const client = await createMCPClient({ transport: new Transport(server(main)) });
    const tools = await client.tools();
    const use = (tool, args) => tool.execute(args, { messages: [], toolCallId: "1" });
    return through({ tools, use, close: () => client.close() });
  },

  async "openai-agents"(main) {
    const { MCPServerStdio, getAllMcpTools } = await import("@openai/agents");
    const client = new MCPServerStdio({ ...server(main), name: "woodpecker" });
    await client.connect();
    const tools = byName(await getAllMcpTools({ mcpServers: [client] }));
    const use = (tool, args) => tool.invoke({}, JSON.stringify(args));
    return through({ tools, use, close: () => client.close() });
  },

  async mastra(main) {
    const { MCPClient } = await import("@mastra/mcp");
    const client = new MCPClient({ id: "tried", servers: { woodpecker: server(main) } });
    const all = Object.entries(await client.listTools());
    const tools = Object.fromEntries(all.map(([name, tool]) => [name.replace(/^woodpecker_/, ""), tool]));
    return through({ tools, use: (tool, args) => tool.execute(args, {}), close: () => client.disconnect() });
  },

  async llamaindex(main) {
    const { mcp } = await import("@llamaindex/tools");
    const client = mcp({ ...server(main), verbose: false });
    const tools = byName(await client.tools());
    return through({ tools, use: (tool, args) => tool.call(args), close: () => client.cleanup() });
  },

  async "google-genai"(main) {
    const { mcpToTool } = await import("@google/genai");
    const client = await sdk1(server(main));
    const tool = mcpToTool(client);
    const tools = byName((await tool.tool()).functionDeclarations);
    const use = ({ name }, args) => tool.callTool([{ name, args }]);
    return through({ tools, use, close: () => client.close() });
  },

  async "mcp-use"(main) {
    const { LangChainAdapter } = await import("mcp-use/adapters");
    const { MCPClient } = await import("mcp-use");
    const client = new MCPClient({ mcpServers: { woodpecker: server(main) } });
    await client.createAllSessions();
    const adapter = new LangChainAdapter();
    const { connector } = client.getSession("woodpecker");
    const tools = byName(await adapter.createToolsFromConnectors([connector]));
    return through({ tools, use: (tool, args) => tool.invoke(args), close: () => client.closeAllSessions() });
  },

  /** Bridges to HTTP: an SDK client talks to the bridge. */
  "mcp-remote": async (_main, { url, bin }) =>
    direct(await sdk1({ command: bin("mcp-remote"), args: [url, "--allow-http"] })),
  supergateway: async (_main, { url }) => direct(await sdk1({ url })),
  "mcp-proxy": async (_main, { url }) => direct(await sdk1({ url })),
};
