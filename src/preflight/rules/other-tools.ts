/**
 * Merge fields of other tools, which Woodpecker leaves in the text. Source: docs/woodpecker-api.md, Texts: snippets; the
 * other forms are those of Mailchimp (*|FNAME|*), Instantly and Lemlist ({{firstName}}, found as an unknown snippet), HubSpot
 * and Salesforce ({!Contact.Name}), Outlook and Word (<<Name>>), and of hand-made lists (%NAME%, [[name]], {name}).
 */
import { quoted } from "../../values/foreign.ts";
import type { Rule } from "../finding.ts";
import { outsideTags, textsOf } from "../texts.ts";

const forms = [
  /\*\|[A-Z_:0-9]{2,40}\|\*/,
  /\{![A-Za-z_.]{2,60}\}/,
  /\{%[^{}%]{1,80}%\}/,
  /(?:<<|&lt;&lt;|«)\s*(?:first|last|full|company|contact|client|prospect|name)[\w ]{0,30}(?:>>|&gt;&gt;|»)/i,
  /\[\[\s*[\w .-]{2,40}\s*\]\]/,
  /%[A-Z][A-Z_]{2,30}%/,
  /\{\s*[A-Za-z][\w. ]{1,30}\}/,
];

export const otherToolRules: readonly Rule[] = [
  {
    name: "other_tool_snippet",
    severity: "error",
    find: (dossier) =>
      textsOf(dossier).flatMap(({ text, path }) => {
        const plain = outsideTags(text.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, ""));
        const found = forms.map((form) => form.exec(plain)?.[0]).find(Boolean);
        if (!found) return [];
        return [
          {
            path,
            message: `${quoted(found, 60)} is a field of another tool; Woodpecker does not fill it.`,
            remedy: "Use Woodpecker's form, such as {{FIRST_NAME}} or {{COMPANY}}.",
          },
        ];
      }),
  },
];
