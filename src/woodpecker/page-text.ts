/** What a person would read of an answer that is not JSON: the words of a plain text, the title and text of a web page. */
import { cut, oneLine } from "../values/foreign.ts";
import { unescapeHtml } from "../values/html.ts";

/** More of a page is not looked at. */
const MAX_READ = 5_000;
const MAX_SHOWN = 200;

export const isPage = (text: string): boolean => /^\s*</.test(text);

/** Nothing where there are no words. */
export function wordsOf(text: string): string | undefined {
  const words = isPage(text) ? pageWords(cut(text, MAX_READ)) : text;
  return oneLine(words, MAX_SHOWN) || undefined;
}

function pageWords(html: string): string {
  const title = oneLine(unescapeHtml(/<title[^>]{0,200}>([^<]{0,500})/i.exec(html)?.[1] ?? ""));
  const body = oneLine(unescapeHtml(withoutHead(html).replace(/<[^>]{0,2000}>/g, " ")), MAX_READ);
  if (!title || body.startsWith(title)) return body;
  return body ? `${title}: ${body}` : title;
}

/** Scripts, styles and the title are nothing that is read on the page. */
const withoutHead = (html: string) =>
  html
    .replace(/<(script|style|title|noscript|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ");
