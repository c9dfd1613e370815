/** One realistic use of a tool: what a person says, and everything that must come of it. */
import type { SandboxOptions } from "../../src/sandbox/index.ts";

export interface Case {
  /** The sentence of the person. */
  says: string;
  arguments: Record<string, unknown>;
  sandbox?: SandboxOptions;
  /** The person agrees: the call is made again with the confirmation it gave. */
  agrees?: true;
  /** Everything that reaches Woodpecker, in order, both calls together where the person agrees. */
  upstream: string[];
  /** Part of structuredContent. */
  result: object;
  /** Stand in the text. */
  words: string[];
}
