/**
 * Every tool as `tools/list` shows it. The bundle holds the value of this module in place of its code (see
 * scripts/build.mjs), so that a client that only asks for the list waits for no schema library and no operation.
 */

import type { Effect, Toolset } from "../../calls/effects.ts";
import { operations } from "../../operations/index.ts";
import { type Definition, definitionOf } from "./definition.ts";

export interface Published {
  effect: Effect;
  toolset: Toolset;
  definition: Definition;
}

export const published: readonly Published[] = operations.map((operation) => ({
  effect: operation.effect,
  toolset: operation.toolset,
  definition: definitionOf(operation),
}));
