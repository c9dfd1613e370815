/** What a call brings along, and what comes of it. */

import type { Journal } from "../memory/journal.ts";
import type { Repeats } from "../memory/repeats.ts";
import type { Loose } from "../values/loose.ts";
import type { Client } from "../woodpecker/client.ts";
import type { ConsentContext } from "./consent.ts";
import type { CallTools } from "./operation.ts";

export interface CallContext extends ConsentContext {
  client: Client;
  repeats: Repeats;
  journal: Journal;
  /** Name of the MCP client, for the journal. */
  caller?: string | undefined;
  progress?: CallTools["progress"] | undefined;
  /** The client company that an agency's key acts in; part of every question. */
  company?: (() => Promise<string>) | undefined;
  /** No write leaves; each shows what it would have been. */
  dryRun?: boolean | undefined;
  readBackPauses?: readonly number[] | undefined;
  onDefect?: (error: unknown) => void;
}

export interface Output {
  structured: Loose;
  text: string;
}
