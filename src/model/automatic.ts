/**
 * Whether a program wrote an answer: Woodpecker's own word for the person, the headers of RFC 3834 and of common mail
 * programs, and how their subjects begin. Never by the text: "I am out until Monday, but do send the price" is a person's.
 */
import { asObject, asString, type Loose } from "../values/loose.ts";

/** As mail programs write them in their languages; a person's reply begins with "Re:" or its like. */
const beginnings = [
  "automatic reply|auto(?:matic)?[ -]?(?:reply|response|generated)|autoreply|auto(?=\\s*:)",
  "out[ -]of[ -](?:the[ -])?office|ooo|on (?:annual )?leave|vacation reply",
  "automatische (?:antwort|abwesenheitsnotiz)|abwesenheits(?:notiz|nachricht|benachrichtigung)|abwesend|abwesenheit",
  "réponse automatique|absence du bureau|message d['’]absence",
  "respuesta automática|fuera de (?:la )?oficina",
  "resposta automática|risposta automatica|fuori sede|fuori ufficio",
  "automatisch antwoord|afwezigheidsmelding|afwezig",
  "automatiskt svar|autosvar|automatisk svar|frånvaro|fravær|ikke til stede",
  "automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|poza biurem",
  "automatická odpověď|automatická odpoveď|automatikus válasz|răspuns automat|otomatik yanıt|automaattinen vastaus",
  "автоматический ответ|автоответ|автоматична відповідь|自動応答|自動返信|自动回复|自動回覆",
  "undeliverable|undelivered mail|mail delivery (?:failed|failure|subsystem)|delivery status notification|returned mail|delivery has failed|unzustellbar",
];
const automaticSubject = new RegExp(`^\\s*(?:${beginnings.join("|")})\\s*(?::|-|–|\\(|\\[|$)`, "iu");

interface Answer {
  subject: string;
  /** Of the person in the campaign, in Woodpecker's words. */
  status?: string | undefined;
  /** Where the answer of the API shows them. */
  headers?: unknown;
}

export function isAutomatic({ subject, status, headers }: Answer): boolean {
  return status === "AUTOREPLIED" || automaticSubject.test(subject) || saysHeader(asObject(headers));
}

function saysHeader(headers: Loose): boolean {
  return Object.entries(headers).some(([name, value]) => {
    const word = (asString(value) ?? "").trim().toLowerCase();
    if (/^auto-submitted$/i.test(name)) return word !== "" && word !== "no";
    if (/^precedence$/i.test(name)) return word === "auto_reply";
    return /^x-auto(?:reply|respond)$/i.test(name) && word !== "" && word !== "no";
  });
}
