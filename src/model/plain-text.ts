/** Plain text as the HTML that the vendor's samples use: a div a line, an empty line as <div><br /></div>. */
import { escapeHtml } from "../values/html.ts";

export function textToHtml(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/\n+$/, "")
    .split("\n")
    .map((line) => `<div>${line.trim() === "" ? "<br />" : escaped(line)}</div>`)
    .join("");
}

/** Snippets stay as they are: their fallbacks are in quotes, which Woodpecker reads before it reads HTML. */
function escaped(line: string): string {
  return line
    .split(/(\{\{.*?\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : escapeHtml(part)))
    .join("");
}
