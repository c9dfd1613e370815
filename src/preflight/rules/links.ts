/**
 * Links. Source: Google's sender guidelines (links should show where they lead), lists of shorteners that block lists
 * name (SURBL, Spamhaus DBL), SpamAssassin HTML_IMAGE_ONLY, and docs/woodpecker-api.md, Texts: links and
 * HTML (the vendor advises against click tracking).
 */

import { quoted } from "../../values/foreign.ts";
import { on, type Rule } from "../finding.ts";
import { asSent, emailsOf, hasImage, once, type Text, tagsOf, visibleText, wordsIn } from "../texts.ts";

const MAX_LINKS = 3;
const shorteners = new Set(
  "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly rb.gy shorturl.at t.ly bl.ink tiny.cc s.id v.gd lnkd.in soo.gd clck.ru qr.ae shorte.st adf.ly".split(
    " ",
  ),
);

/** "report.pdf" and "Node.js" look like domains. */
const fileName =
  /\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|md|zip|png|jpe?g|gif|svg|mp[34]|html?|js|ts|py|json|xml|ics|od[ts])$/i;

interface Link {
  url: string;
  /** The words one clicks; undefined for an address that stands in the text. */
  words?: string;
}

/** Every link of a message but the way to opt out. */
const linksOf = once((given: Text): Link[] => {
  const text = asSent(given);
  const closing = /<\/a\b/gi;
  const links: Link[] = [];
  let bare = "";
  let from = 0;
  for (const start of text.matchAll(/<a\b[^<>]*>/gi)) {
    if (start.index < from) continue;
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>"']+))/i.exec(start[0]);
    const inside = start.index + start[0].length;
    closing.lastIndex = inside;
    const end = closing.exec(text)?.index ?? -1;
    const words = text.slice(inside, end < 0 ? inside : Math.min(end, inside + 2_000));
    bare += `${text.slice(from, start.index)} `;
    from = end < 0 ? inside : end;
    if (href) links.push({ url: (href[1] ?? href[2] ?? href[3] ?? "").trim(), words: visibleText(words) });
    if (end < 0) break;
  }
  bare += text.slice(from);
  const addresses = bare.replace(/<[^<>]*>/g, " ").matchAll(/\b(?:https?:\/\/|www\.)[^\s<>"')\]]+/gi);
  for (const [url] of addresses) links.push({ url });
  return links.filter(({ url }) => url !== "unsubscribe:");
});

function hostOf(url: string): string | undefined {
  try {
    return new URL(/^www\./i.test(url) ? `https://${url}` : url).hostname.replace(/^www\./, "").toLowerCase();
  } catch {
    return undefined;
  }
}

/** The first link of a message that is so. */
const firstLink = (isSo: (link: Link) => boolean) => (text: Text) => linksOf(text).find(isSo);

/** A whole address, a value that fills a snippet, a letter, a call. */
const complete = /^(?:https?:\/\/(?:[^\s/]+\.[^\s/]+|Snippet)|mailto:\S+@|(?:tel|sms):\+?[\d ]|Snippet)/i;

/** The domain that the words of a link name; nothing where they name the link's own, or a file. */
function otherDomain({ url, words = "" }: Link): string | undefined {
  if (fileName.test(words.trim())) return undefined;
  const shown = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:\/\S*)?$/i
    .exec(words.trim())?.[1]
    ?.replace(/^www\./i, "")
    .toLowerCase();
  const host = hostOf(url);
  return !host || host === shown || host.endsWith(`.${shown}`) || shown?.endsWith(`.${host}`)
    ? undefined
    : shown;
}

export const linkRules: readonly Rule[] = [
  on(emailsOf, {
    name: "link_broken",
    severity: "error",
    found: firstLink(({ url, words }) => words !== undefined && !complete.test(url)),
    message: ({ url, words = "" }) =>
      url === "" || url === "#"
        ? `The link behind ${quoted(words, 40)} leads nowhere.`
        : `${quoted(url, 80)} is not a complete address for a link.`,
    remedy: "Write the whole address, beginning with https://.",
  }),
  on(emailsOf, {
    name: "link_http",
    severity: "warning",
    found: firstLink(({ url }) => /^http:\/\//i.test(url)),
    message: ({ url }) => `${quoted(url, 80)} is not encrypted (http); browsers and filters warn of it.`,
    remedy: "Use https://.",
  }),
  on(emailsOf, {
    name: "link_shortener",
    severity: "warning",
    found: firstLink(({ url }) => shorteners.has(hostOf(url) ?? "")),
    message: ({ url }) =>
      `${quoted(hostOf(url) ?? "")} hides where the link leads; block lists name such services.`,
    remedy: "Link to the page itself.",
  }),
  on(emailsOf, {
    name: "link_to_number",
    severity: "warning",
    found: firstLink(({ url }) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostOf(url) ?? "")),
    message: ({ url }) =>
      `${quoted(url, 80)} leads to a number instead of a name; filters take it for an attack.`,
    remedy: "Link to a domain.",
  }),
  on(emailsOf, {
    // Google: link text should say where it leads; a difference is what phishing looks like.
    name: "link_misleads",
    severity: "warning",
    found: firstLink((link) => otherDomain(link) !== undefined),
    message: (link) =>
      `The text says ${quoted(otherDomain(link) ?? "")}, the link leads to ${quoted(hostOf(link.url) ?? "")}; that is what phishing looks like.`,
    remedy: "Let both name the same place.",
  }),
  on(emailsOf, {
    name: "link_tracked",
    severity: "info",
    found: (text) => tagsOf(text).some(({ kind }) => kind === "click"),
    message:
      "A link is tracked with {{CLICK=…}}; it leads through another domain, which the vendor does not recommend for cold e-mail.",
    remedy: "Link directly, unless clicks have to be counted.",
  }),
  on(emailsOf, {
    name: "many_links",
    severity: "warning",
    found: (text) => linksOf(text).length > MAX_LINKS,
    message: (_found, text) =>
      `The message has ${linksOf(text).length} links besides the opt-out; filters count them.`,
    remedy: "Keep the one that matters.",
  }),
  on(emailsOf, {
    name: "image_only",
    severity: "warning",
    found: (text) => hasImage(text) && wordsIn(text) < 15,
    message:
      "The message is an image with hardly any text; many programs show no images, and filters count it.",
    remedy: "Say it in words; an image may illustrate them.",
  }),
];
