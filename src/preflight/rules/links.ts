/**
 * Links. Source: Google's sender guidelines (links should show where they lead), lists of shorteners that block lists
 * name (SURBL, Spamhaus DBL), SpamAssassin HTML_IMAGE_ONLY, and docs/woodpecker-api.md, Texts: links and
 * HTML (the vendor advises against click tracking).
 */

import { quoted } from "../../values/foreign.ts";
import type { Dossier } from "../dossier.ts";
import type { Issue, Rule } from "../finding.ts";
import { asSent, emailsOf, once, type Text, tagsOf, visibleText, wordsIn } from "../texts.ts";

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
function linksIn(given: Text): Link[] {
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
}

const linksOf = once(linksIn);

function hostOf(url: string): string | undefined {
  try {
    return new URL(/^www\./i.test(url) ? `https://${url}` : url).hostname.replace(/^www\./, "").toLowerCase();
  } catch {
    return undefined;
  }
}

/** One finding for each message that has such a link, naming the first. */
const onLinks = (judge: (link: Link) => Omit<Issue, "path"> | undefined) => (dossier: Dossier) =>
  emailsOf(dossier).flatMap((text) => {
    const [issue] = linksOf(text).flatMap((link) => judge(link) ?? []);
    return issue ? [{ path: text.path, ...issue }] : [];
  });

export const linkRules: readonly Rule[] = [
  {
    name: "link_broken",
    severity: "error",
    find: onLinks(({ url, words }) => {
      if (
        words === undefined ||
        /^(?:https?:\/\/(?:[^\s/]+\.[^\s/]+|Snippet)|mailto:\S+@|(?:tel|sms):\+?[\d ]|Snippet)/i.test(url)
      )
        return undefined;
      return {
        message:
          url === "" || url === "#"
            ? `The link behind ${quoted(words, 40)} leads nowhere.`
            : `${quoted(url, 80)} is not a complete address for a link.`,
        remedy: "Write the whole address, beginning with https://.",
      };
    }),
  },
  {
    name: "link_http",
    severity: "warning",
    find: onLinks(({ url }) =>
      /^http:\/\//i.test(url)
        ? {
            message: `${quoted(url, 80)} is not encrypted (http); browsers and filters warn of it.`,
            remedy: "Use https://.",
          }
        : undefined,
    ),
  },
  {
    name: "link_shortener",
    severity: "warning",
    find: onLinks(({ url }) => {
      const host = hostOf(url);
      return host && shorteners.has(host)
        ? {
            message: `${quoted(host)} hides where the link leads; block lists name such services.`,
            remedy: "Link to the page itself.",
          }
        : undefined;
    }),
  },
  {
    name: "link_to_number",
    severity: "warning",
    find: onLinks(({ url }) =>
      /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostOf(url) ?? "")
        ? {
            message: `${quoted(url, 80)} leads to a number instead of a name; filters take it for an attack.`,
            remedy: "Link to a domain.",
          }
        : undefined,
    ),
  },
  {
    // Google: link text should say where it leads; a difference is what phishing looks like.
    name: "link_misleads",
    severity: "warning",
    find: onLinks(({ url, words = "" }) => {
      if (fileName.test(words.trim())) return undefined;
      const shown = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:\/\S*)?$/i
        .exec(words.trim())?.[1]
        ?.replace(/^www\./i, "")
        .toLowerCase();
      const host = hostOf(url);
      if (!shown || !host || host === shown || host.endsWith(`.${shown}`) || shown.endsWith(`.${host}`))
        return undefined;
      return {
        message: `The text says ${quoted(shown)}, the link leads to ${quoted(host)}; that is what phishing looks like.`,
        remedy: "Let both name the same place.",
      };
    }),
  },
  {
    name: "link_tracked",
    severity: "info",
    find: (dossier) =>
      emailsOf(dossier)
        .filter((text) => tagsOf(text).some(({ kind }) => kind === "click"))
        .map(({ path }) => ({
          path,
          message:
            "A link is tracked with {{CLICK=…}}; it leads through another domain, which the vendor does not recommend for cold e-mail.",
          remedy: "Link directly, unless clicks have to be counted.",
        })),
  },
  {
    name: "many_links",
    severity: "warning",
    find: (dossier) =>
      emailsOf(dossier).flatMap((text) => {
        const { path } = text;
        const count = linksOf(text).length;
        if (count <= MAX_LINKS) return [];
        return [
          {
            path,
            message: `The message has ${count} links besides the opt-out; filters count them.`,
            remedy: "Keep the one that matters.",
          },
        ];
      }),
  },
  {
    name: "image_only",
    severity: "warning",
    find: (dossier) =>
      emailsOf(dossier)
        .filter((text) => /<img\b/i.test(text.text) && wordsIn(text) < 15)
        .map(({ path }) => ({
          path,
          message:
            "The message is an image with hardly any text; many programs show no images, and filters count it.",
          remedy: "Say it in words; an image may illustrate them.",
        })),
  },
];
