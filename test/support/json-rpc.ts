/** Messages of a client that is no SDK, as text. */
import { PATIENCE_MS } from "./patience.ts";

let nextId = 1;
export const message = (method: string, params: object = {}, id: unknown = nextId++): string =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });

export const notification = (method: string, params: object = {}): string =>
  JSON.stringify({ jsonrpc: "2.0", method, params });

/** What `initialize` is called with. */
export const greeting = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "by hand", version: "1" },
};

export const hello = (): string[] => [
  message("initialize", greeting),
  notification("notifications/initialized"),
];

export async function guarded<T>(what: string, wanted: Promise<T>, state: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not in time\n${state()}`)), PATIENCE_MS);
  });
  return Promise.race([wanted, late]).finally(() => clearTimeout(timer));
}
