/**
 * The host's side of the conversation: JSON-RPC over postMessage, as the MCP Apps extension defines it (2026-01-26).
 * https://github.com/modelcontextprotocol/ext-apps/blob/main/specification/2026-01-26/apps.mdx
 */
import type { Loose, ToolResult } from "./types.ts";

export interface HostContext {
  theme?: "light" | "dark";
  styles?: { variables?: Record<string, string | undefined> };
}

interface Capabilities {
  serverTools?: object;
  updateModelContext?: object;
  message?: object;
}

interface Handlers {
  onReady(canCallTools: boolean): void;
  onContext(context: HostContext): void;
  onInput(args: Loose): void;
  onResult(result: ToolResult): void;
  onCancelled(): void;
}

export interface Host {
  /** Rejects when the host refuses or does not answer: then nobody knows whether the server was asked. */
  callTool(name: string, args: Loose): Promise<ToolResult>;
  /** Lets the model know; false when the host has no way for it. */
  tellModel(text: string): Promise<boolean>;
  sizeChanged(height: number): void;
}

interface Message {
  jsonrpc: "2.0";
  id?: number | string;
  method?: string;
  params?: Loose;
  result?: Loose;
  error?: { message?: string };
}

/** A person may be asked by the host, and Woodpecker may be slow; after this nobody waits any more. */
const PATIENCE_MS = 180_000;

export function connect(handlers: Handlers): Host {
  const waiting = new Map<number, (message: Message) => void>();
  let capabilities: Capabilities = {};
  let lastId = 0;

  const send = (message: Omit<Message, "jsonrpc">) =>
    window.parent.postMessage({ jsonrpc: "2.0", ...message }, "*");

  const request = (method: string, params: Loose) =>
    new Promise<Loose>((resolve, reject) => {
      lastId += 1;
      const id = lastId;
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error("no answer in three minutes"));
      }, PATIENCE_MS);
      waiting.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error) reject(new Error(error.message ?? "refused"));
        else resolve(result ?? {});
      });
      send({ id, method, params });
    });

  const heard = new Map<string, (params: Loose) => void>([
    ["ui/notifications/tool-input", ({ arguments: args }) => handlers.onInput((args ?? {}) as Loose)],
    ["ui/notifications/tool-result", (params) => handlers.onResult(params as ToolResult)],
    ["ui/notifications/tool-cancelled", () => handlers.onCancelled()],
    ["ui/notifications/host-context-changed", (params) => handlers.onContext(params as HostContext)],
  ]);
  const answered = ["ping", "ui/resource-teardown"];

  window.addEventListener("message", ({ source, data }: MessageEvent<Message>) => {
    if (source !== window.parent || data?.jsonrpc !== "2.0") return;
    const { id, method, params = {} } = data;
    if (method === undefined) {
      const answer = waiting.get(Number(id));
      waiting.delete(Number(id));
      answer?.(data);
    } else if (id === undefined) heard.get(method)?.(params);
    else if (answered.includes(method)) send({ id, result: {} });
    else
      send({ id, error: { code: -32601, message: "not known to this card" } as Message["error"] & object });
  });

  request("ui/initialize", {
    appInfo: { name: "woodpecker-launch-card", version: "1" },
    appCapabilities: {},
    protocolVersion: "2026-01-26",
  }).then(
    ({ hostCapabilities, hostContext }) => {
      capabilities = (hostCapabilities ?? {}) as Capabilities;
      handlers.onContext((hostContext ?? {}) as HostContext);
      handlers.onReady(capabilities.serverTools !== undefined);
      send({ method: "ui/notifications/initialized", params: {} });
    },
    () => undefined,
  );

  return {
    callTool: (name, args) => request("tools/call", { name, arguments: args }) as Promise<ToolResult>,
    async tellModel(text) {
      const content = [{ type: "text", text }];
      const way = capabilities.updateModelContext
        ? request("ui/update-model-context", { content })
        : capabilities.message && request("ui/message", { role: "user", content });
      if (!way) return false;
      return way.then(
        ({ isError }) => isError !== true,
        () => false,
      );
    },
    sizeChanged: (height) => send({ method: "ui/notifications/size-changed", params: { height } }),
  };
}
