/**
 * The HTML of messages. Source: HTML standard 13.1 (which elements need no end tag), "Can I email" and the guidelines of
 * Gmail and Outlook on what they remove, and docs/woodpecker-api.md, Texts: links and HTML.
 */
import { plain } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { emailsOf, outsideTags, type Text } from "../texts.ts";

const alone = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const mayStayOpen = new Set("p li td th tr tbody thead tfoot option dt dd html head body".split(" "));

/** The first fault of the nesting, in words; undefined when every element that needs an end has one. */
function nestingFault(given: Text): string | undefined {
  // Fallbacks may hold quotes and brackets.
  const text = outsideTags(given);
  const open: string[] = [];
  const tag = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)\b((?:"[^"]*"|'[^']*'|[^<>"'])*)(>?)/gi;
  for (const [element, end, given = "", rest = "", closed] of text.matchAll(tag)) {
    if (element.startsWith("<!--")) continue;
    const name = given.toLowerCase();
    if (!closed) return `<${end}${name} is not closed with ">"`;
    if (alone.has(name) || rest.endsWith("/")) continue;
    if (!end) {
      open.push(name);
      continue;
    }
    const place = open.lastIndexOf(name);
    if (place < 0) {
      if (!mayStayOpen.has(name)) return `</${name}> ends an element that was not opened`;
      continue;
    }
    const left = open
      .splice(place)
      .slice(1)
      .find((inner) => !mayStayOpen.has(inner));
    if (left) return `<${left}> is not closed before </${name}>`;
  }
  const left = open.find((element) => !mayStayOpen.has(element));
  return left && `<${left}> is not closed`;
}

const removed = /<(script|iframe|form|object|embed|video|audio|svg|button|input)\b/i;

export const htmlRules: readonly Rule[] = [
  on(emailsOf, {
    name: "html_not_closed",
    severity: "warning",
    found: nestingFault,
    message: (fault) => `The HTML is not in order: ${plain(fault)}.`,
    remedy: "Close every element that is opened.",
  }),
  on(emailsOf, {
    name: "html_removed",
    severity: "warning",
    found: ({ text }) => removed.exec(text)?.[1]?.toLowerCase(),
    message: (name) => `Mail programs remove <${name}>, and filters take it for a sign of an attack.`,
    remedy: "Leave it out; link to a page instead.",
  }),
  on(emailsOf, {
    // docs/woodpecker-api.md, Texts: links and HTML: a message is HTML, where the end of a line is a blank.
    name: "line_breaks_lost",
    severity: "warning",
    found: ({ text }) => /\S\s*\n\s*\S/.test(text) && !/<(?:p|div|br|table|ul|ol|h[1-6])\b/i.test(text),
    message: "The message has lines but no HTML; it would arrive as one paragraph.",
    remedy: "Put each line into <div>…</div>, and <div><br /></div> for an empty one.",
  }),
];
