/** What a resource is: one plain object, from which the lists, the reading, the completions and the documents are derived. */
import type { CallResult } from "../../values/call-result.ts";

export interface Content {
  mimeType: string;
  text: string;
  _meta?: Record<string, unknown>;
}

/** How a resource reaches the account: through the same gate as a tool call, on behalf of the same caller. See src/operations/views.ts. */
export type Look = (view: string, args: object) => Promise<CallResult>;

export interface Resource {
  /** With parts in braces it is a template; what can stand for each part is in src/mcp/resources/address.ts. */
  uri: string;
  /** Other addresses under which it can be read. */
  alsoAt?: (uri: string) => boolean;
  name: string;
  title: string;
  description: string;
  mimeType: string;
  /** The tool without which it does not exist: access level and toolsets then count for it too. */
  needs?: string;
  /** Shown in the list; contents have their own. */
  _meta?: Record<string, unknown>;
  /** A text has the resource's own type. */
  read: (parts: Record<string, string>, look: Look) => Promise<string | Content[]>;
}
