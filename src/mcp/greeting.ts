/** What a client is told of the server before it asks for anything: its name, how to use it, and what there is. */

import { version } from "../version.ts";
import { UI_EXTENSION } from "./card-uri.ts";
import { instructionsFor, type Setup, titleFor, usualSetup } from "./instructions.ts";
import type { Published } from "./tools/published.ts";

export const capabilities = {
  tools: {},
  prompts: {},
  resources: {},
  completions: {},
  extensions: { [UI_EXTENSION]: {} },
};

/** @param tools those that exist for this caller */
export function greetingFor(tools: readonly Published[], setup: Setup = usualSetup) {
  return {
    identity: { name: "woodpecker", title: titleFor(setup), version },
    instructions: instructionsFor(tools, setup),
    definitions: tools.map(({ definition }) => definition),
  };
}
