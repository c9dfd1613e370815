/** What the list of tools costs a conversation: bytes and tokens, per tool and per capability. */
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { capabilities, coverage } from "./capabilities.mjs";
import { whole } from "./figures.mjs";

/** As the o200k tokenizer counts them; other models' tokenizers give other numbers, in much the same proportion. */
export const tokensOf = (value) => countTokens(typeof value === "string" ? value : JSON.stringify(value));

export function weighLists(starts) {
  const own = starts.filter(({ sameList }) => !sameList);
  return own.map(({ name, list, failed }) => {
    if (failed) return { name, failed };
    const { tools } = list;
    const bytes = Buffer.byteLength(JSON.stringify(list));
    const tokens = tokensOf(list);
    const seen = tokensOf(
      tools.map(({ name: tool, description, inputSchema }) => ({ name: tool, description, inputSchema })),
    );
    const names = new Set(tools.map((tool) => tool.name));
    const claimed = coverage[name] ?? {};
    const covered = Object.keys(capabilities).filter((key) => {
      const by = claimed[key];
      return by?.every((tool) => names.has(tool));
    });
    // A column whose list differs from what the table was made from is better not counted than counted wrongly.
    const stale = Object.keys(claimed).filter((key) => !covered.includes(key));
    return {
      name,
      size: `${whole(bytes)} bytes, ${whole(tokens)} tokens, of them ${whole(seen)} that a model sees`,
      perTool:
        tools.length === 0
          ? "no tools"
          : `${tools.length} ${tools.length === 1 ? "tool" : "tools"}, ${whole(bytes / tools.length)} bytes, ${whole(tokens / tools.length)} tokens each`,
      perCapability:
        covered.length === 0
          ? "none"
          : `${covered.length} of ${Object.keys(capabilities).length}, ${whole(seen / covered.length)} tokens each`,
      stale,
    };
  });
}
