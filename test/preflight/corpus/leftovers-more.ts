/** More of what assistants and programs leave behind, in words of their own. */
import { faulty, type Kind } from "./kind.ts";

const mail = "we bake at night, so that your shop opens with warm bread. Is that worth ten minutes?";
const subject = "steps[0].versions[0].subject";

// biome-ignore format: a kind a line
export const moreLeftovers: Kind[] = [
  ...faulty("chat_in_text", [
    ["put together", "en", `Absolutely! I've put together a short cold email:\n\nHello there,\n\n${mail}`],
    ["got it, and a dash", "en", `Got it — here's the final version of your email:\n\nHello there,\n\n${mail}`],
    ["an offer to make it shorter", "en", `Hello there,\n\n${mail}\n\nWant me to make it shorter or punchier?`],
    ["an offer of more e-mails", "en", `Hello there,\n\n${mail}\n\nI can also create a follow-up sequence if you'd like.`],
    ["here you go", "en", `Of course! Here you go:\n\nHello there,\n\n${mail}`],
    ["a note before sending", "en", `Hello there,\n\n${mail}\n\nNote: replace the bracketed text before sending.`],
    ["how this looks", "en", `Hello there,\n\n${mail}\n\nLet me know how this looks, and I'll tweak it!`],
    ["an offer about the tone, in German", "de", `Hallo,\n\nwir backen nachts. Passt das?\n\nMöchtest du, dass ich den Ton noch anpasse?`],
    ["an offer to shorten, in French", "fr", `Bonjour,\n\nnous cuisons la nuit. Cela vous intéresse ?\n\nSouhaitez-vous que je le raccourcisse ?`],
    ["an offer to change it, in Ukrainian", "uk", `Добрий день!\n\nМи печемо вночі. Чи цікаво вам?\n\nХочете, щоб я його скоротив?`],
  ]),
  ...faulty("refusal_in_text", [
    ["emails that it does not write", "en", "I'm unable to write emails that contain false claims about bread."],
    ["a refusal without an excuse", "uk", "Я не можу допомогти з цим запитом, бо він порушує правила."],
  ]),
  ...faulty("code_in_text", [
    ["nobody in a sentence", "en", `Hello there,\n\nI saw undefined is hiring bakers; ${mail}`],
  ]),
  ...faulty("markdown", [
    ["three stars", "en", `Hello there,\n\n***Big news*** for your shop: ${mail}`],
    ["a fence of tildes", "en", `Hello there,\n\n~~~\n${mail}\n~~~`],
    ["struck out words", "en", `Hello there,\n\nit is ~~49 €~~ 39 € a month; ${mail}`],
  ]),
  ...faulty("label_in_text", [
    ["a label and a dash", "de", "Betreff - Nachtbäckerei\n\nGuten Tag,\n\nwir backen nachts, und Ihr Laden öffnet mit warmem Brot. Passt das?"],
    ["a label and a dash in the subject", "en", `Hello there,\n\n${mail}`, { subject: "Subject line – Warm bread", path: subject }],
  ]),
  ...faulty("placeholder", [
    ["companies X and Y", "en", `Hello there,\n\nwe helped [Company X] and [Company Y] to grow; ${mail}`],
    ["a link in arrows", "en", `Hello there,\n\n${mail} >>> LINK <<<`],
    ["a link to come, in capitals", "en", `Hello there,\n\n${mail} [LINK TO CASE STUDY]`],
    ["a signature to come", "en", `Hello there,\n\n${mail}\n\n(Your signature)`],
    ["a friend in brackets", "en", `Hello there,\n\nas [mutual friend] told me, you bake too; ${mail}`],
    ["their post in brackets", "en", `Hello there,\n\nI liked [their recent post about bread]; ${mail}`],
  ]),
  ...faulty("fake_reply", [
    ["a wide colon", "ja", "佐藤様\n\n夜間にパンを焼いております。ご興味はございますか。", { subject: "Re：パンのご提案", path: subject }],
    ["a reply in brackets", "en", `Hello there,\n\n${mail}`, { subject: "[Re] Warm bread", path: subject }],
    ["a reply of a Chinese program", "en", `Hello there,\n\n${mail}`, { subject: "回复: Warm bread", path: subject }],
  ]),
  ...faulty("odd_values", [
    ["an error of a sheet", "en", "Hi {{FIRST_NAME | \"there\"}},\n\n{{SNIPPET_1 | \"we met in May.\"}} Who bakes at your shops at night?", { path: "prospects", people: [{ id: 1, email: "a@b.example", status: "ACTIVE", snippet1: "#DIV/0!" }] }],
    ["what a model says before its line", "en", "Hi {{FIRST_NAME | \"there\"}},\n\n{{SNIPPET_1 | \"we met in May.\"}} Who bakes at your shops at night?", { path: "prospects", people: [{ id: 1, email: "a@b.example", status: "ACTIVE", snippet1: "Here's a personalized opening line: I loved your post." }] }],
    ["a title for a name", "en", "Hi {{FIRST_NAME | \"there\"}},\n\nwho bakes at your shops at night, and how long does it take?", { path: "prospects", people: [{ id: 1, email: "a@b.example", status: "ACTIVE", first_name: "Mr. Moser" }] }],
    ["the head of a column", "de", "Hallo {{FIRST_NAME | \"zusammen\"}},\n\nwer backt bei Ihnen nachts, und wie lange dauert das?", { path: "prospects", people: [{ id: 1, email: "a@b.example", status: "ACTIVE", first_name: "Vorname" }] }],
    ["a zero for nothing", "en", "Hi there,\n\nwho bakes in {{CITY | \"your town\"}} at night, and how long does it take?", { path: "prospects", people: [{ id: 1, email: "a@b.example", status: "ACTIVE", city: "0" }] }],
  ]),
  ...faulty("greeting_empty", [
    ["nothing twice", "en", `Hi None None,\n\n${mail}`],
    ["a title and no name", "en", `Hi Mr. undefined,\n\n${mail}`],
    ["a comma and no name", "uk", "Добрий день, undefined!\n\nМи печемо вночі, і ваша крамниця відчиняється з теплим хлібом. Чи цікаво вам?"],
  ]),
  ...faulty("other_tool_snippet", [
    ["two brackets", "en", `Hi ((first_name)),\n\n${mail}`],
  ]),
];
