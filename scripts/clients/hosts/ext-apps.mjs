/** A page that shows the card in the bridge of ext-apps, in its newest version. The program behind it (card.mjs) is its MCP client. */
import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";

window.showCard = ({ args, result, page }) => {
  const frame = document.createElement("iframe");
  frame.sandbox.add("allow-scripts");
  document.body.append(frame);
  const capabilities = { serverTools: {}, updateModelContext: { text: {} } };
  const bridge = new AppBridge(null, { name: "ext-apps", version: "1" }, capabilities, {
    hostContext: { theme: "light" },
  });
  bridge.oncalltool = ({ name, arguments: given }) => window.callServer(name, given);
  bridge.onupdatemodelcontext = async () => ({});
  bridge.onsizechange = ({ height }) => {
    frame.style.height = `${height}px`;
  };
  bridge.oninitialized = async () => {
    await bridge.sendToolInput({ arguments: args });
    await bridge.sendToolResult(result);
  };
  bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  frame.srcdoc = page;
};
