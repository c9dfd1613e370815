import { snippetFields } from "../../../src/model/snippets.ts";

/** The one snippet that is filled by two. */
const filledBy = { ...snippetFields, FULL_NAME: "first_name and last_name" };

const numbered = /^SNIPPET_/;
const fields = Object.entries(filledBy)
  .filter(([name]) => !numbered.test(name))
  .map(([name, field]) => `- \`{{${name}}}\`: ${field}`);
const count = Object.keys(filledBy).filter((name) => numbered.test(name)).length;

export const templating = [
  "# Templating",
  "",
  "What subjects and messages may hold. Names are in capitals, with an underscore where there are several words.",
  "",
  "- `{{FIRST_NAME}}`: the value of the person. Anyone without a value is set aside and not written to.",
  '- `{{FIRST_NAME | "there"}}`: the value, else the fallback; the fallback may be empty.',
  '- `{{SPINTAX | "Hi" | "Hello"}}`: one of two or more texts; which one a person gets is drawn by Woodpecker.',
  '- `<a href="{{UNSUBSCRIBE}}">unsubscribe</a>`: the opt-out link. Settings that offer an opt-out need it in the message or the signature.',
  '- `<a href="{{CLICK=https://example.com}}">see</a>`: a link whose clicks are counted, which hurts deliverability.',
  "",
  "A message is HTML. A follow-up without a subject stays in the thread of the e-mail before; the first e-mail needs one.",
  "check_campaign finds what Woodpecker would refuse; preview_campaign shows what people would read.",
  "",
  "## Snippets and the fields of a person that fill them",
  "",
  ...fields,
  `- \`{{SNIPPET_1}}\` to \`{{SNIPPET_${count}}}\`: snippet1 to snippet${count}`,
  "",
].join("\n");
