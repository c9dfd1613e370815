/** What comes back from a tool, and the two ways in which tests call one, whatever the transport. */
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult, ElicitRequest, ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { PATIENCE_MS } from "./patience.ts";

// biome-ignore lint/suspicious/noExplicitAny: results are read freely by the tests
export type Data = any;

export interface Answer {
  /** structuredContent; undefined on an error. */
  data: Data;
  text: string;
  failed: boolean;
  result: CallToolResult;
}

export type Elicit = (params: ElicitRequest["params"]) => ElicitResult | Promise<ElicitResult>;

export interface Calls {
  call(tool: string, args?: unknown, signal?: AbortSignal): Promise<Answer>;
  /** As a person would who agrees to what is asked. */
  agree(tool: string, args?: object): Promise<Answer>;
}

export function callsOf(client: Client): Calls {
  const call: Calls["call"] = async (name, args = {}, signal) => {
    const request = { name, arguments: args as Record<string, unknown> };
    // Some calls wait for a busy Woodpecker longer than the SDK does.
    const options = { signal, timeout: PATIENCE_MS };
    return answerOf((await client.callTool(request, undefined, options)) as CallToolResult);
  };
  return { call, agree: agreeing(call) };
}

/** All pages of a list, as a client follows them. */
export async function pagesOf(call: Calls["call"], tool: string, args: object = {}): Promise<Data[]> {
  const pages: Data[] = [];
  for (let cursor: string | undefined; pages.length < 100; ) {
    const { data, failed, text } = await call(tool, { ...args, ...(cursor && { cursor }) });
    if (failed) throw new Error(text);
    pages.push(data);
    cursor = data.next_cursor;
    if (!cursor) return pages;
  }
  throw new Error("pages without end");
}

export const agreeing =
  (call: Calls["call"]): Calls["agree"] =>
  async (tool, args = {}) => {
    const asked = await call(tool, args);
    if (asked.data?.outcome !== "confirmation_required") return asked;
    return call(tool, { ...args, confirmation: asked.data.confirmation });
  };

export function answerOf(result: CallToolResult): Answer {
  const text = result.content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
  return { data: result.structuredContent, text, failed: result.isError === true, result };
}
