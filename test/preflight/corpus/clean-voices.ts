/** Good e-mails in other scripts, with ways out and senders in words of their own, and campaigns of unusual shape. */
import type { Kind } from "./kind.ts";

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
const en = "Hi there,\n\nwho counts your stock at the end of the month, and how long does it take?";
const unsigned = { version: { signature: "NO_SIGNATURE" } };

// biome-ignore format: a kind a line
const scripts: Kind[] = [
  { name: "Greek", lang: "el", text: "Καλημέρα σας,\n\nποιος μετράει τα αποθέματά σας στο τέλος του μήνα και πόση ώρα παίρνει; Εμείς το κάνουμε τη νύχτα." },
  { name: "Greek capitals of offices", lang: "el", text: "Καλημέρα σας,\n\nο ΦΠΑ και ο ΕΦΚΑ ζητούν μία λίστα, το ταμείο σας γράφει δύο. Ποιος τις ενώνει;", subject: "ΦΠΑ και ΕΦΚΑ: μία λίστα" },
  { name: "a Greek question mark", lang: "el", text: "Καλησπέρα,\n\nέχετε «κενά» στα ράφια το απόγευμα; Μπορώ να σας δείξω πώς τα βλέπουν άλλοι φούρνοι;", subject: "Κενά ράφια;" },
  { name: "Arabic, from right to left", lang: "ar", text: "مرحبًا،\n\nمن يجرد بضاعتكم في نهاية الشهر، وكم يستغرق ذلك؟ نحن نقوم بذلك ليلًا." },
  { name: "Arabic with Latin names and numbers", lang: "ar", text: "السلام عليكم،\n\nيقرأ نظامنا ملفات Excel وSAP منذ ٢٠١٩، ويكلّف ٤٩ دولارًا في الشهر. هل يناسبكم ذلك؟", subject: "ملفات Excel وSAP" },
  { name: "marks of direction", lang: "ar", text: "مرحبًا،\n\n\u200fنلتقي في معرض \u200eLeeds 2025\u200f يوم الثلاثاء. هل لديكم ربع ساعة؟" },
  { name: "Hebrew", lang: "en", text: "שלום,\n\nמי סופר אצלכם את המלאי בסוף החודש, וכמה זמן זה לוקח? אנחנו עושים את זה בלילה.", subject: "שאלה על המלאי" },
  { name: "Chinese without blanks", lang: "ja", text: "您好，\n\n贵店月底由谁盘点库存，需要多长时间？我们可以在夜间代为完成，次日早上六点前交付结果。", subject: "关于库存盘点" },
  { name: "Korean", lang: "ja", text: "안녕하세요,\n\n월말 재고 조사는 누가 하시나요? 저희는 밤에 대신 세어 드리고 아침 여섯 시에 결과를 드립니다.", subject: "재고 조사 문의" },
  { name: "Thai without blanks", lang: "en", text: "สวัสดีครับ\n\nใครเป็นคนนับสต๊อกตอนสิ้นเดือน และใช้เวลานานเท่าไร เราทำให้ในตอนกลางคืน", subject: "คำถามเรื่องสต๊อก" },
  { name: "joined signs in Persian", lang: "ar", text: "سلام،\n\nچه کسی موجودی شما را در پایان ماه می\u200cشمارد؟ ما این کار را شبانه انجام می\u200cدهیم.", subject: "پرسشی درباره\u200cی موجودی" },
  { name: "an emoji of several signs", lang: "en", text: `${en} I ask for a family business 👨‍👩‍👧 like ours.`, subject: "For your family business 👨‍👩‍👧" },
  { name: "letters in pieces", lang: "fr", text: "Bonjour,\n\nqui compte vos stocks à la fin du mois, et où ? Nous le faisons la nuit.".normalize("NFD") },
  { name: "capitals with a tilde in quotes", lang: "pt", text: "Bom dia,\n\na padaria “IRMÔ e a “MAÇÔ já não contam à mão. Quem conta o stock na sua loja?" },
  { name: "Portuguese", lang: "pt", text: "Bom dia,\n\nquem conta o stock da sua loja no fim do mês, e quanto tempo demora? Nós fazemo-lo à noite." },
  { name: "names of Ukrainian firms", lang: "uk", text: "Добрий день!\n\nФОП Коваль і ТОВ «Обʼєднані пекарі» вже не рахують товар самі. Хто рахує у вас?", subject: "ТОВ і ФОП: одна відомість" },
  { name: "an apostrophe inside a Ukrainian word", lang: "uk", text: "Добрий день!\n\nУ п'ятницю зв'яжуся з вами щодо обліку; якщо зручніше інший день, скажіть. Хто у вас рахує товар?" },
  { name: "steps in Ukrainian", lang: "uk", text: "Добрий день!\n\nЯк це працює: 1) ви надсилаєте список, 2) ми рахуємо вночі, 3) о шостій у вас відомість. Що з цього зайве?" },
  { name: "honorifics for a whole company", lang: "ja", text: "株式会社北風\n総務部 御中\n\n月末の棚卸しについてご相談したく、ご連絡いたしました。来週お時間をいただけますでしょうか。" },
  { name: "circles that stand for yes", lang: "ja", text: "佐藤様\n\n夜間対応は○、土日対応も○です。貴店ではどちらが必要でしょうか。十五分ほどお話しできれば幸いです。" },
  { name: "a list of dots", lang: "ja", text: "佐藤様\n\n・夜間に数えます\n・朝六時に結果をお送りします\n・初月は無料です\n\nご興味はございますか。" },
];

// biome-ignore format: a kind a line
const waysOut: Kind[] = [
  { name: "no is enough", lang: "en", text: `${en}\n\nIf this is not for you, a short no is enough and I will not write again.`, ownWayOut: true },
  { name: "just say so", lang: "en", text: `${en}\n\nNot relevant? Just say so and you won't hear from me again.`, ownWayOut: true },
  { name: "tell me to stop", lang: "en", text: `${en}\n\nTell me to stop and I will.`, ownWayOut: true },
  { name: "a German word", lang: "de", text: "Guten Tag,\n\nwer zählt bei Ihnen die Bestände?\n\nKein Interesse? Ein kurzes Wort genügt, dann hören Sie nichts mehr von mir.", ownWayOut: true },
  { name: "a German objection", lang: "de", text: "Guten Tag,\n\nwer zählt bei Ihnen die Bestände?\n\nSie können der Ansprache jederzeit widersprechen; eine Antwort reicht.", ownWayOut: true },
  { name: "a French word", lang: "fr", text: "Bonjour,\n\nqui compte vos stocks ?\n\nSi le sujet ne vous concerne pas, dites-le-moi et je n'insisterai pas.", ownWayOut: true },
  { name: "a Polish word", lang: "pl", text: "Dzień dobry,\n\nkto u Państwa liczy towar?\n\nJeśli to nie dla Państwa, wystarczy jedno słowo i nie napiszę więcej.", ownWayOut: true },
  { name: "a Ukrainian word", lang: "uk", text: "Добрий день!\n\nХто у вас рахує товар?\n\nЯкщо неактуально, напишіть «ні», і я більше не турбуватиму.", ownWayOut: true },
  { name: "a Japanese word", lang: "ja", text: "佐藤様\n\n在庫確認はどなたがご担当でしょうか。\n\nご不要でしたら、その旨ご返信ください。今後のご連絡は控えます。", ownWayOut: true },
];

// biome-ignore format: a kind a line
const senders: Kind[] = [
  { name: "signed with a first name", lang: "en", text: `${en}\n\nBest,\nNora`, ...unsigned },
  { name: "signed with a title and a company", lang: "en", text: `${en}\n\nNora Vance, Head of Counting\nNorthwind Ltd`, ...unsigned },
  { name: "signed in German", lang: "de", text: "Guten Tag,\n\nwer zählt bei Ihnen die Bestände?\n\nMit freundlichen Grüßen\ni. A. Nora Vance", ...unsigned },
  { name: "signed in French", lang: "fr", text: "Bonjour,\n\nqui compte vos stocks ?\n\nBien cordialement,\nNora Vance", ...unsigned },
  { name: "signed in Polish", lang: "pl", text: "Dzień dobry,\n\nkto u Państwa liczy towar?\n\nZ wyrazami szacunku\nNora Vance", ...unsigned },
  { name: "signed in Ukrainian", lang: "uk", text: "Добрий день!\n\nХто у вас рахує товар?\n\nЗ найкращими побажаннями\nНора Ванс", ...unsigned },
  { name: "signed in Greek", lang: "el", text: "Καλημέρα σας,\n\nποιος μετράει τα αποθέματά σας;\n\nΜε εκτίμηση,\nΝόρα Βανς", ...unsigned },
  { name: "introduced in the first sentence", lang: "en", text: "Hi there,\n\nI am Nora from Northwind in Leeds, and we count stock at night. Who counts yours, and how long does it take?", ...unsigned },
];

const delivery_times = (...windows: [days: string[], from: string, to: string][]) => ({
  more: { delivery_times: windows.map(([days, from, to]) => ({ days, from, to })) },
});

// biome-ignore format: a kind a line
const shapes: Kind[] = [
  { name: "early windows for bakers", lang: "en", text: en, ...delivery_times([weekdays, "04:30", "07:30"]) },
  { name: "evening windows for restaurants", lang: "en", text: en, ...delivery_times([["TUESDAY", "WEDNESDAY", "SUNDAY"], "19:00", "22:00"]) },
  { name: "two windows a day", lang: "en", text: en, ...delivery_times([weekdays, "08:00", "11:30"], [weekdays, "13:30", "17:00"]) },
  { name: "until midnight", lang: "en", text: en, ...delivery_times([weekdays, "14:00", "23:59"]) },
  { name: "Sunday to Thursday", lang: "ar", text: "مرحبًا،\n\nمن يجرد بضاعتكم في نهاية الشهر، وكم يستغرق ذلك؟", more: { ...delivery_times([["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY"], "08:00", "15:00"]).more, settings: { timezone: "Asia/Dubai", daily_enroll: 30, list_unsubscribe: true } } },
  { name: "fallbacks with commas, quotes and letters", lang: "en", text: "Hi {{FIRST_NAME | \"there\"}},\n\n{{SNIPPET_1 | \"it's simple, really: you count, we don't.\"}} Who does it at {{COMPANY | \"Müller & Søn\"}}'s shops?" },
  { name: "a sentence that may be missing", lang: "en", text: "Hi there,\n\n{{SNIPPET_2 | \"\"}} Who counts your stock at the end of the month, and how long does it take?" },
  { name: "spintax with sentences", lang: "en", text: "Hi there,\n\n{{SPINTAX | \"Who counts your stock?\" | \"Do you still count by hand, at 20 % less staff?\" | \"May I ask who counts?\"}} And how long does it take?" },
  { name: "three follow-ups that each say more", lang: "en", text: en, followUps: ["Hi again,\n\ntwo bakeries near you told us it takes them nine hours. Is it the same with you?", "One number: 18 %. So many of the counts that we check are wrong by more than a crate. Yours too?", "I will leave it at that. Should the next count be a long one, you know where I am."] },
];

export const cleanVoices: Kind[] = [...scripts, ...waysOut, ...senders, ...shapes];
