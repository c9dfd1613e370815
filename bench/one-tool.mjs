/** A server of one trivial tool on the bare SDK, as its own examples are written: on stdio, or stateless with --http. */
import { createServer } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

function newServer() {
  const server = new McpServer({ name: "one-tool", version: "1.0.0" });
  server.registerTool(
    "echo",
    { description: "Says it again.", inputSchema: { text: z.string() }, outputSchema: { text: z.string() } },
    async ({ text }) => ({ content: [{ type: "text", text }], structuredContent: { text } }),
  );
  return server;
}

if (process.argv.includes("--http")) {
  const listener = createServer(async (request, response) => {
    const server = newServer();
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on("close", () => server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response);
  });
  listener.listen(0, "127.0.0.1", () => {
    process.stderr.write(`listening on http://127.0.0.1:${listener.address().port}/mcp\n`);
  });
} else {
  await newServer().connect(new StdioServerTransport());
  process.stdin.on("end", () => process.exit(0));
}
