/**
 * How each client program and library reaches a server on stdio: `open` gives the names of its tools and calls one through
 * the client's own objects. The file runs in a folder that holds the client's packages, never in this one.
 */
const server = (main) => ({ command: process.execPath, args: [main, "--sandbox"] });

/** The SDK of the era before, and of this one. */
async function sdk1(transport) {
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  return connected(new Client({ name: "tried", version: "1" }), transport);
}
async function sdk1OnStdio({ command, args }) {
  const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
  return sdk1(new StdioClientTransport({ command, args, env: process.env, stderr: "ignore" }));
}
async function sdk1OverHttp(url) {
  const { StreamableHTTPClientTransport } = await import(
    "@modelcontextprotocol/sdk/client/streamableHttp.js"
  );
  return sdk1(new StreamableHTTPClientTransport(new URL(url)));
}
async function sdk2(main, mode) {
  const { Client } = await import("@modelcontextprotocol/client");
  const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
  const options = mode ? { versionNegotiation: { mode } } : {};
  const transport = new StdioClientTransport({ ...server(main), env: process.env, stderr: "ignore" });
  return connected(new Client({ name: "tried", version: "1" }, options), transport);
}
async function connected(client, transport) {
  await client.connect(transport);
  return {
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args) => client.callTool({ name, arguments: args }),
    close: () => client.close(),
  };
}

const named = (tools, nameOf) => new Map(tools.map((tool) => [nameOf(tool), tool]));
const through = (tools, call, close) => ({ names: async () => [...tools.keys()], call, close });

export const programs = {
  "sdk-1": (main) => sdk1OnStdio(server(main)),
  "sdk-2": (main) => sdk2(main),
  "sdk-2-auto": (main) => sdk2(main, "auto"),
  "sdk-2-pinned": (main) => sdk2(main, { pin: "2026-07-28" }),

  async langchain(main) {
    const { MultiServerMCPClient } = await import("@langchain/mcp-adapters");
    const client = new MultiServerMCPClient({
      mcpServers: { woodpecker: { transport: "stdio", ...server(main) } },
    });
    const tools = named(await client.getTools(), ({ name }) => name);
    return through(
      tools,
      (name, args) => tools.get(name).invoke(args),
      () => client.close(),
    );
  },

  async "ai-sdk"(main) {
    const { createMCPClient } = await import("@ai-sdk/mcp");
    const { Experimental_StdioMCPTransport: Transport } = await import("@ai-sdk/mcp/mcp-stdio");
    const client = await createMCPClient({ transport: new Transport(server(main)) });
    const tools = new Map(Object.entries(await client.tools()));
    const options = { messages: [], toolCallId: "1" };
    return through(
      tools,
      (name, args) => tools.get(name).execute(args, options),
      () => client.close(),
    );
  },

  async "openai-agents"(main) {
    const { MCPServerStdio, getAllMcpTools } = await import("@openai/agents");
    const client = new MCPServerStdio({ ...server(main), name: "woodpecker" });
    await client.connect();
    const tools = named(await getAllMcpTools({ mcpServers: [client] }), ({ name }) => name);
    return through(
      tools,
      (name, args) => tools.get(name).invoke({}, JSON.stringify(args)),
      () => client.close(),
    );
  },

  async mastra(main) {
    const { MCPClient } = await import("@mastra/mcp");
    const client = new MCPClient({ id: "tried", servers: { woodpecker: server(main) } });
    const all = Object.entries(await client.listTools());
    const tools = new Map(all.map(([name, tool]) => [name.replace(/^woodpecker_/, ""), tool]));
    return through(
      tools,
      (name, args) => tools.get(name).execute(args, {}),
      () => client.disconnect(),
    );
  },

  async llamaindex(main) {
    const { mcp } = await import("@llamaindex/tools");
    const client = mcp({ ...server(main), verbose: false });
    const tools = named(await client.tools(), ({ metadata }) => metadata.name);
    return through(
      tools,
      (name, args) => tools.get(name).call(args),
      () => client.cleanup(),
    );
  },

  async "google-genai"(main) {
    const { mcpToTool } = await import("@google/genai");
    const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
    const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
    const client = new Client({ name: "tried", version: "1" });
    await client.connect(new StdioClientTransport({ ...server(main), env: process.env, stderr: "ignore" }));
    const tool = mcpToTool(client);
    const { functionDeclarations } = await tool.tool();
    const tools = named(functionDeclarations, ({ name }) => name);
    return through(
      tools,
      (name, args) => tool.callTool([{ name, args }]),
      () => client.close(),
    );
  },

  async "mcp-use"(main) {
    const { LangChainAdapter } = await import("mcp-use/adapters");
    const { MCPClient } = await import("mcp-use");
    const client = new MCPClient({ mcpServers: { woodpecker: server(main) } });
    await client.createAllSessions();
    const adapter = new LangChainAdapter();
    const tools = named(
      await adapter.createToolsFromConnectors([client.getSession("woodpecker").connector]),
      ({ name }) => name,
    );
    return through(
      tools,
      (name, args) => tools.get(name).invoke(args),
      () => client.closeAllSessions(),
    );
  },

  /** Bridges to HTTP: an SDK client talks to the bridge. */
  "mcp-remote": async (_main, { url, bin }) =>
    sdk1OnStdio({ command: bin("mcp-remote"), args: [url, "--allow-http"] }),
  supergateway: async (_main, { url }) => sdk1OverHttp(url),
  "mcp-proxy": async (_main, { url }) => sdk1OverHttp(url),
};
