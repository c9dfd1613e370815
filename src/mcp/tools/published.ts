/** The tools as clients see them: written from the operations by `npm run generate`, and served as it stands there. */

import type { Effect, Toolset } from "../../calls/effects.ts";
import type { JsonSchema } from "../../values/json-schema.ts";
import { cardMeta } from "../card-uri.ts";
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
  };
  _meta?: typeof cardMeta;
}

/** As it stands in the file: the address of the card is known when the program is built. */
export interface Kept extends Published {
  card?: true;
}

export const published: readonly Published[] = (tools as Kept[]).map(({ card, definition, ...tool }) => ({
  ...tool,
  definition: card ? { ...definition, _meta: cardMeta } : definition,
}));
