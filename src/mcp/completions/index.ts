/** completion/complete: what an argument of a prompt or a part of an address may become while it is typed. */

import { promptNamed } from "../prompts/index.ts";
import { kindOf } from "../prompts/kinds.ts";
import { parts } from "../resources/address.ts";
import { partsOfTemplate } from "../resources/index.ts";
import type { Look } from "../resources/resource.ts";
import { type ChoiceName, type Choices, choicesFor, none } from "./choices.ts";

interface CompletionRequest {
  ref: { type: "ref/prompt"; name: string } | { type: "ref/resource"; uri: string };
  argument: { name: string; value: string };
  context?: { arguments?: Record<string, string> | undefined } | undefined;
}

export async function complete(
  { ref, argument, context }: CompletionRequest,
  tools: readonly string[],
  look: Look,
): Promise<{ completion: Choices & { hasMore: boolean } }> {
  const name = sourceOf(ref, argument.name, tools);
  const chosen = context?.arguments ?? {};
  const choices = name ? await choicesFor(name, argument.value, chosen, look) : none;
  return { completion: { ...choices, hasMore: choices.total > choices.values.length } };
}

/** @throws where there is no such prompt or template; an argument without choices has none */
function sourceOf(
  ref: CompletionRequest["ref"],
  argument: string,
  tools: readonly string[],
): ChoiceName | undefined {
  if (ref.type === "ref/prompt") {
    const found = Object.entries(promptNamed(ref.name, tools).arguments).find(([name]) => name === argument);
    return found && kindOf(found[1].kind).completes;
  }
  const names = partsOfTemplate(ref.uri, tools);
  return names.includes(argument) ? parts[argument]?.completes : undefined;
}
