/** What a prompt is: one plain object, from which the list, the checks, the completions and the documents are derived. */
import type { Kind } from "./kinds.ts";

export interface Argument {
  description: string;
  required?: true;
  kind: Kind;
}

/** What a text can use. */
export interface TextFacts {
  /** Each argument in words; an argument that was left out is missing. */
  args: Record<string, string>;
  /** Does this tool exist for the caller? A text names no other. */
  has: (tool: string) => boolean;
  /** As YYYY-MM-DD in UTC; missing where the text is made for later. */
  today?: string | undefined;
}

export interface Prompt {
  name: string;
  title: string;
  description: string;
  arguments: Record<string, Argument>;
  /** Tools without which it makes no sense; where one is missing, so is the prompt. */
  needs: readonly string[];
  /** What the person says by choosing it, in paragraphs. */
  text: (facts: TextFacts) => (string | false | undefined)[];
}
