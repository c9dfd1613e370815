/** Tokens as the o200k tokenizer counts them; other models' tokenizers give other numbers, in much the same proportion. */
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";

export const tokensOf = (value) => countTokens(typeof value === "string" ? value : JSON.stringify(value));
