/** A page that shows the card in mcp-ui's AppRenderer, in its newest version. The program behind it (card.mjs) is its MCP client. */
import { AppRenderer } from "@mcp-ui/client";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

window.showCard = ({ tool, args, result, page }) => {
  const place = document.createElement("div");
  document.body.append(place);
  createRoot(place).render(
    createElement(AppRenderer, {
      toolName: tool,
      html: page,
      sandbox: { url: new URL("http://sandbox.test/") },
      toolInput: args,
      toolResult: result,
      hostContext: { theme: "light" },
      hostCapabilities: { serverTools: {}, updateModelContext: { text: {} } },
      onCallTool: ({ name, arguments: given }) => window.callServer(name, given),
      onFallbackRequest: async () => ({}),
      onError: (error) => console.error(error.message),
    }),
  );
};
