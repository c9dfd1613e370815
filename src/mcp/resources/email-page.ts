/** An e-mail that others wrote, as a web page which cannot run or load anything, and as plain text. */
import { escapeAttribute, escapeHtml } from "../../values/html.ts";

interface EmailView {
  title: string;
  facts: Record<string, string>;
  notes: readonly string[];
  html: string;
  text: string;
}

/** Counts for the frame as well, in which the e-mail stands apart: without scripts, forms and ways out. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

export function page({ title, facts, notes, html }: EmailView): string {
  return [
    "<!doctype html>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeHtml(title)}</title>`,
    ...factLines(facts).map((line) => `<div>${escapeHtml(line)}</div>`),
    ...notes.map((note) => `<div>${escapeHtml(note)}</div>`),
    `<iframe sandbox title="The e-mail" style="width: 100%; height: 80vh" srcdoc="${escapeAttribute(html)}"></iframe>`,
    "",
  ].join("\n");
}

export const plainPage = ({ title, facts, notes, text }: EmailView): string =>
  [title, ...factLines(facts), ...notes, "", ...text.split("\n").map((line) => `> ${line}`.trimEnd())].join(
    "\n",
  );

const factLines = (facts: Record<string, string>) =>
  Object.entries(facts).map(([name, value]) => `${name}: ${value}`);
