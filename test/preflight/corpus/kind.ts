/** A kind of campaign in a table: one e-mail, its language, and the rule that finds its fault. Others stand in *.json. */

import type { Parts } from "../../../src/preflight/dossier.ts";
import type { Loose } from "../../../src/values/loose.ts";

/** Name, language, what is written, and the rule that finds it; none for a clean one. */
export interface Kind {
  name: string;
  lang: Lang;
  text: string;
  subject?: string;
  rule?: string;
  /** Where the fault is, if not in the first message. */
  path?: string;
  /** Further steps, as texts. */
  followUps?: string[];
  more?: Loose;
  /** Of the first version, such as its signature. */
  version?: Loose;
  /** The way out is in the text's own words, and nothing is set. */
  ownWayOut?: true;
  /** Those enrolled in it; then it is a live one. */
  people?: Loose[];
  /** What is around it, where it is not the usual account. */
  parts?: Parts;
}

export type Lang = "en" | "de" | "fr" | "pl" | "uk" | "ja" | "es" | "pt" | "el" | "ar";

const words: Record<Lang, [subject: string, out: string]> = {
  en: ["A question about your orders", "unsubscribe"],
  de: ["Eine Frage zu Ihren Bestellungen", "Abmelden"],
  fr: ["Une question sur vos commandes", "se désinscrire"],
  pl: ["Pytanie o Państwa zamówienia", "Wypisz mnie"],
  uk: ["Питання щодо ваших замовлень", "відписатися"],
  ja: ["ご発注についてのご相談", "配信停止"],
  es: ["Una pregunta sobre sus pedidos", "darse de baja"],
  pt: ["Uma pergunta sobre as suas encomendas", "cancelar subscrição"],
  el: ["Μια ερώτηση για τις παραγγελίες σας", "διαγραφή"],
  ar: ["سؤال عن طلباتكم", "إلغاء الاشتراك"],
};

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];

/** Lines as they are, entities and tags included. */
const lines = (text: string) =>
  text.includes("</")
    ? text
    : text
        .split("\n")
        .map((line) => `<div>${line || "<br />"}</div>`)
        .join("");

export function draftOf({
  name,
  lang,
  text,
  subject,
  followUps = [],
  more,
  version,
  ownWayOut,
}: Kind): Loose {
  const [usual, out] = words[lang];
  const way = ownWayOut ? "" : `<div><a href="{{UNSUBSCRIBE}}">${out}</a></div>`;
  return {
    name,
    mailbox_ids: [501],
    settings: { timezone: "Europe/Berlin", daily_enroll: 30, ...(!ownWayOut && { list_unsubscribe: true }) },
    delivery_times: [{ days: weekdays, from: "08:00", to: "17:00" }],
    steps: [
      { type: "EMAIL", versions: [{ subject: subject ?? usual, message: lines(text) + way, ...version }] },
      ...followUps.map((message) => ({
        type: "EMAIL",
        wait: { value: 3, range: "DAY" },
        versions: [{ message: lines(message) + way }],
      })),
    ],
    ...more,
  };
}

/** As it is read: the windows stand with the steps. */
export const asLive = ({ delivery_times, steps, ...rest }: Loose): Loose => ({
  ...rest,
  steps: (steps as Loose[]).map((step) => ({ delivery_times, ...step })),
});

/** What a rule finds in the tables below. */
export const faulty = (
  rule: string,
  rows: [name: string, lang: Lang, text: string, more?: Partial<Kind>][],
): Kind[] => rows.map(([name, lang, text, more]) => ({ name, lang, text, rule, ...more }));
