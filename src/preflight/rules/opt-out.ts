/**
 * Ways out. Source: docs/woodpecker-api.md, Campaigns: settings (both settings do nothing without {{UNSUBSCRIBE}} in the
 * message or the signature; row 3 for who says otherwise), Google and Yahoo sender requirements of 2024 (one-click
 * unsubscribe, RFC 8058 with the header of RFC 2369), CAN-SPAM Act 5(a)(3) and GDPR article 21 (a way to object in every
 * message).
 */
import { type Tag, tagsIn } from "../../model/snippets.ts";
import { type Dossier, known, whyUnread } from "../dossier.ts";
import { type Issue, on, type Rule } from "../finding.ts";
import { able } from "../senders.ts";
import { emailsOf, type Text, tagsOf, visibleText } from "../texts.ts";

const isLink = ({ kind }: Tag) => kind === "unsubscribe";
const hasLink = (text: Text) => tagsOf(text).some(isLink);

/** Words that offer a way out by answer, in the languages that senders of cold e-mail write most. */
const offers =
  /unsubscribe|opt[- ]?out|(?:not|n['’]t) (?:want|like|wish|care) to (?:hear|receive|get)|rather not (?:hear|receive|get)|(?:stop|no thanks|no)["”'’]? (?:and|to) (?:i|we|opt)|reply (?:with )?["“'‘]?(?:stop|no)\b|(?:won['’]t|not) (?:write|e-?mail|contact|bother|reach out|follow up)(?: to| with)? you again|(?:short|simple|quick|one-word) ["“'‘]?(?:no|stop)\b|(?:take|remove) you (?:off|from)|(?:stop writing|leave you (?:alone|be|in peace)|prefer not to)|(?:won['’]t|will not|not) follow up(?: again)?|(?:just )?(?:say|tell me) so\b|(?:won['’]t|not|never) hear from (?:me|us) again|not interested\?? (?:just )?(?:reply|let me know|tell me|say)|abmelden|kurzes? ["„“]?(?:nein|stopp?)|melde(?:n)? (?:ich )?mich nicht (?:mehr|wieder|noch)|nicht (?:mehr|wieder) (?:melden|stören)|abbestellen|widersprechen|(?:hören|lesen) sie nichts mehr|keine (?:weiteren|e-?mails|nachrichten)|nicht (?:mehr|weiter) (?:schreiben|anschreiben|kontaktieren)|désinscri|désabonn|plus (?:recevoir|vous (?:écrire|contacter))|ne vous (?:écrirai|contacterai|relancerai|solliciterai) plus|n['’]insisterai pas|darse? de baja|no (?:le|te|les) (?:escribir|contactar|molestar)|basta con (?:responder|un)|dar(?:te|me) de baja|no (?:recibir|volver)|cancellar|disiscri|non (?:ricevere|scrivere)|descadastr|não (?:receber|enviar)|cancelar (?:a )?(?:subscrição|inscrição)|wypisz|nie napiszę (?:więcej|już|ponownie)|nie będę (?:więcej |już )?(?:pisać|kontaktować|niepokoić)|krótkie [„"]?nie|wypisać|rezygn|nie (?:chcesz|chce|życzysz)|afmelden|uitschrijven|geen (?:berichten|e-?mails)|avregistrera|avsluta|afmeld|avmeld|odhlás|leiratkoz|відписат|не (?:писатиму|турбуватиму|надсилатиму)|отписат|不要でしたら|配信(?:停止|を停止|を希望され|不要)|今後のご連絡(?:が不要|を希望)|ご不要の|退订|不再(?:打扰|联系)|수신 ?거부|διαγραφ|δεν θα σας (?:ξανα)?(?:γράψω|ενοχλήσω)|إلغاء الاشتراك|لن (?:أراسلكم|أكتب)/i;

/** Does the mailbox's signature carry the link? undefined where that cannot be told. */
function signed({ version }: Text, dossier: Dossier): boolean | undefined {
  if (version.signature === "NO_SIGNATURE") return false;
  if (!dossier.parts.mailboxes) return false;
  if (!known(dossier.parts.mailboxes)) return undefined;
  const used = able(dossier);
  return used.length > 0 && used.every(({ signature }) => tagsIn(signature).some(isLink));
}

/** The settings that do nothing without the link. */
const asksForLink = ({ settings }: Dossier) =>
  ["gdpr_unsubscribe", "list_unsubscribe"].filter((name) => settings[name] === true);

export const optOutRules: readonly Rule[] = [
  {
    name: "unsubscribe_missing",
    severity: "error",
    find: (dossier) => {
      const asking = asksForLink(dossier);
      if (asking.length === 0) return [];
      const without = emailsOf(dossier).filter((text) => !hasLink(text));
      const open = without.filter((text) => signed(text, dossier) === false);
      const unclear = without.filter((text) => signed(text, dossier) === undefined);
      const first = emailsOf(dossier)[0]?.step.index;
      const set = `${asking.join(" and ")} ${asking.length > 1 ? "do" : "does"} nothing`;
      return [
        ...open.map(
          // A follow-up comes in a thread whose first e-mail has the link: a flaw, but no reason to hold a campaign back.
          ({ path, step }): Issue => ({
            path,
            ...(step.index !== first && { severity: "warning" as const }),
            message: `${set} for this e-mail: {{UNSUBSCRIBE}} is neither in it nor in the signature.`,
            remedy: 'Add <a href="{{UNSUBSCRIBE}}">unsubscribe</a>.',
          }),
        ),
        ...unclear.slice(0, 1).map(
          ({ path }): Issue => ({
            path,
            severity: "could_not_check",
            message: `{{UNSUBSCRIBE}} is not in this e-mail, and whether it is in the signature could not be checked: ${whyUnread(dossier.parts.mailboxes)}`,
            remedy: 'Add <a href="{{UNSUBSCRIBE}}">unsubscribe</a> to be sure.',
          }),
        ),
      ];
    },
  },
  on(emailsOf, {
    name: "no_opt_out",
    severity: "warning",
    found: (text, dossier) =>
      !asksForLink(dossier).length &&
      !hasLink(text) &&
      !offers.test(visibleText(text.text)) &&
      signed(text, dossier) !== true,
    message:
      "This e-mail offers no way to opt out; mailbox providers and the law ask for one in each, follow-ups included.",
    remedy:
      'Add <a href="{{UNSUBSCRIBE}}">unsubscribe</a> and set list_unsubscribe, or say that an answer is enough.',
  }),
  {
    // list_unsubscribe adds the header; Google's requirements ask for one click from bulk senders.
    name: "unsubscribe_without_header",
    severity: "info",
    find: (dossier) =>
      dossier.settings.list_unsubscribe !== true &&
      emailsOf(dossier).some(hasLink) && {
        path: ["settings", "list_unsubscribe"],
        message:
          "The e-mails link to the opt-out, but without list_unsubscribe mail programs show no unsubscribe button.",
        remedy: "Set list_unsubscribe to true.",
      },
  },
];
