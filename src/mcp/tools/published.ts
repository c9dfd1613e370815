/** The tools as clients see them: written from the operations by `npm run generate`, and served as it stands there. */

import type { Effect, Toolset } from "../../calls/effects.ts";
import type { JsonSchema } from "../../values/json-schema.ts";
import type { cardMeta } from "../card-uri.ts";
import tools from "./published.json" with { type: "json" };

export interface Published {
  effect: Effect;
  toolset: Toolset;
  definition: Definition;
}

/** An entry of `tools/list`. */
export interface Definition {
  name: string;
  title: string;
  description: string;
  inputSchema: JsonSchema & { type: "object" };
  outputSchema: JsonSchema & { type: "object" };
  annotations: {
    readOnlyHint: boolean;
    destructiveHint: boolean;
    idempotentHint: boolean;
    openWorldHint: boolean;
  };
  _meta?: typeof cardMeta;
}

export const published = tools as readonly Published[];
