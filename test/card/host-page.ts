/** A host of MCP Apps as a page: the extension's own bridge around one frame. The test behind it is its MCP client. */
import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";

import { harmless } from "../../src/card/letter-page.ts";

export interface Showing {
  capabilities: Record<string, object>;
  context: { theme?: "light" | "dark"; styles?: object };
  args: Record<string, unknown>;
  result: CallToolResult;
}

interface Page extends Window {
  callServer(name: string, args: unknown): Promise<CallToolResult>;
  tellModel(way: string, params: unknown): Promise<void>;
  showCard(showing: Showing): Promise<void>;
  changeContext(context: Showing["context"]): void;
  closeCard(): Promise<unknown>;
  /** Shows a page in a frame beside the card and says so when it has loaded. */
  showFrame(page: string, sandbox: string | null): Promise<void>;
  harmless(html: string): string;
  /** What frames other than the card sent here: only a script can. */
  heard: unknown[];
}

const page = window as unknown as Page;

page.heard = [];
page.harmless = harmless;
window.addEventListener("message", ({ data }) => {
  if (data?.jsonrpc !== "2.0") page.heard.push(data);
});

page.showFrame = (html, sandbox) =>
  new Promise((resolve) => {
    const frame = document.createElement("iframe");
    if (sandbox !== null) frame.setAttribute("sandbox", sandbox);
    frame.srcdoc = html;
    frame.onload = () => resolve();
    document.body.append(frame);
  });

page.showCard = ({ capabilities, context, args, result }) =>
  new Promise((resolve) => {
    document.querySelector("iframe")?.remove();
    const frame = document.createElement("iframe");
    frame.title = "Card";
    frame.sandbox.add("allow-scripts");
    frame.style.height = "400px";
    document.body.append(frame);
    const bridge = new AppBridge(null, { name: "test host", version: "1" }, capabilities, {
      hostContext: context,
    });
    bridge.oncalltool = ({ name, arguments: given }) => page.callServer(name, given);
    bridge.onupdatemodelcontext = async (params) => {
      await page.tellModel("context", params);
      return {};
    };
    bridge.onmessage = async (params) => {
      await page.tellModel("message", params);
      return {};
    };
    bridge.onsizechange = ({ height }) => {
      frame.style.height = `${height}px`;
    };
    bridge.oninitialized = async () => {
      await bridge.sendToolInput({ arguments: args });
      await bridge.sendToolResult(result);
      resolve();
    };
    page.changeContext = (changed) => bridge.setHostContext(changed);
    page.closeCard = () => bridge.teardownResource({});
    const inside = frame.contentWindow as Window;
    bridge.connect(new PostMessageTransport(inside, inside));
    frame.src = "http://card.test/";
  });
