/**
 * Third-party e-mail HTML as a page of its own, behind two walls, each enough by itself: what can act or load is taken out
 * here; and the page stands in a frame without scripts, forms and popups, under a policy that loads nothing.
 */

const acting =
  "script, noscript, style, iframe, frame, frameset, object, embed, applet, portal, link, meta, base, template, svg, math, video, audio, source, track, input, button, select, textarea, dialog, canvas";

/** What stays on an element; everything else, every handler and every address goes. */
const kept = new Set(
  "align bgcolor border cellpadding cellspacing color colspan dir face height lang rowspan size style title valign width".split(
    " ",
  ),
);

const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

const looks = `
  body { margin: 0; padding: 16px; font: 14px/1.55 system-ui, sans-serif; color: #1b1f24; background: #fff; overflow-wrap: anywhere; }
  body > :first-child { margin-top: 0; }
  body > :last-child { margin-bottom: 0; }
  a { color: #0b57a4; text-decoration: underline; }
  .image { display: inline-block; max-width: 100%; box-sizing: border-box; padding: 6px 10px; border: 1px dashed #6b7682; border-radius: 4px; color: #4d5761; background: #f4f6f8; font-size: 12px; }
`;

/** The body of the e-mail, without what could act. DOMParser neither runs nor loads anything. */
export function harmless(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const image of body.querySelectorAll("img")) image.replaceWith(placeholder(image));
  for (const element of body.querySelectorAll(acting)) element.remove();
  for (const element of body.querySelectorAll("*")) clean(element);
  return body.innerHTML;
}

function placeholder(image: Element): Element {
  const box = document.createElement("span");
  box.className = "image";
  const alt = image.getAttribute("alt")?.trim();
  box.textContent = alt ? `Image, not loaded: ${alt}` : "Image, not loaded";
  return box;
}

function clean(element: Element): void {
  const target = element.getAttribute("href");
  for (const { name } of [...element.attributes]) {
    if (!kept.has(name) && !(name === "class" && element.className === "image"))
      element.removeAttribute(name);
  }
  if (element instanceof HTMLElement) withoutAddresses(element.style);
  // A link is shown and not followed: its target stands in its title, and in the plain text.
  if (element.localName === "a" && target) {
    element.setAttribute("title", target);
    element.setAttribute("role", "link");
    element.setAttribute("aria-disabled", "true");
  }
}

/** As the browser has read it, so that no way of writing hides an address. */
function withoutAddresses(style: CSSStyleDeclaration): void {
  for (const name of [...style]) {
    if (/url\(|image-set\(|src\(/i.test(style.getPropertyValue(name))) style.removeProperty(name);
  }
}

/** For `srcdoc` of a frame with an empty `sandbox`. */
export const letterPage = (body: string) =>
  `<!doctype html><html lang=""><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>E-mail</title><style>${looks}</style></head><body>${body}</body></html>`;

/** Its words, a line for each block, where nobody has made a text of it. */
export function textOfHtml(html: string): string {
  const broken = html.replace(/<br\b[^>]*>|<\/(?:p|div|li|h\d|tr)>/gi, "$&\n");
  const { textContent } = new DOMParser().parseFromString(broken, "text/html").body;
  return textContent.replace(/\n{3,}/g, "\n\n").trim();
}
