/**
 * What a language model says instead of a text that it did not write. People say neither "as an AI language model" nor
 * "I can't assist with that request" in an e-mail of their own; "as an AI company" they do say.
 */
const forms = [
  /\bas an? (?:ai|artificial intelligence|large)[ -]?(?:language[ -]model|model|assistant|chatbot)\b/i,
  /\bi(?:['’]m| am) (?:just |only )?an? (?:ai|large)[ -]?(?:language[ -]model|model|assistant)\b/i,
  /\bi(?:['’]m| am) (?:very |really )?(?:sorry|afraid)[,.]?(?: but)?(?: that)? i(?: can(?:['’]?t|not)|['’]m (?:not able|unable)| am (?:not able|unable)) (?:to )?(?:assist|help (?:you )?with|comply|fulfill?|provide|generate|create|write|complete)\b/i,
  /\bi(?: can(?:['’]?t|not)|['’]m (?:not able|unable) to| am (?:not able|unable) to) (?:assist|help|comply|fulfill?) (?:you )?(?:with )?(?:that|this|your)(?: request)?\b/i,
  /\bi (?:do not|don['’]t) have (?:access to (?:real[- ]time|current|external|the internet|personal)|(?:enough|sufficient|any|specific) (?:information|details|context|data) (?:about|on|to|regarding))/i,
  /\bi (?:could not|couldn['’]t|was unable to|cannot|can['’]t) (?:find|access|browse) (?:any |enough |specific |the )?(?:information|details|website|websites|data|internet)\b/i,
  /\bi(?: can(?:['’]?t|not)|['’]m (?:not able|unable) to| am (?:not able|unable) to) (?:write|create|generate|compose|draft) (?:an? |this |such |the )?(?:e-?mails?|messages?|content|copy) (?:that|which|for this|like (?:this|that))\b/i,
  /\b(?:my|the) (?:knowledge cut-?off|training data)\b/i,
  /\bals (?:ein )?(?:ki|künstliche intelligenz|sprachmodell)(?:[- ](?:sprach)?modell|[- ]assistent(?:in)?|,)/i,
  /\b(?:es tut mir leid|tut mir leid|entschuldigung)[,.]? (?:aber )?(?:(?:dabei|damit|bei dieser (?:anfrage|bitte)) kann ich|(?:dass )?ich kann)(?: (?:ihnen|dir))?(?: (?:dabei|damit|hierbei|bei dieser (?:anfrage|bitte)|diese (?:anfrage|bitte)))?(?: leider)? nicht (?:weiter)?(?:helfen|unterstützen|erfüllen|bearbeiten|behilflich)/i,
  /\ben tant qu(?:['’](?:ia\b|assistant ia|intelligence artificielle)|e mod[eè]le (?:de langage|linguistique|d['’]ia))/i,
  /\b(?:désolée?|je m['’]excuse)[,.]? (?:mais )?je ne (?:peux|suis)(?: malheureusement)? pas (?:en mesure de )?(?:vous |t['’])?(?:aider|répondre à|traiter|générer|fournir)/i,
  /\bjako (?:model(?: językowy| ai)|sztuczna inteligencja|asystent ai|ai,)/i,
  /\b(?:przykro mi|przepraszam)[,.]? (?:ale )?nie (?:mogę|jestem w stanie) (?:(?:ci|panu|pani|w tym|z tym|tego|tej|na tę|na to) )*(?:pomóc|spełnić|wykonać|wygenerować|prośby|odpowiedzieć)/i,
  /\bcomo (?:un )?(?:modelo de (?:lenguaje|ia)|modelo de linguagem|inteligencia artificial,|assistente de ia|asistente de ia)/i,
  /\blo siento[,.]? (?:pero )?no puedo (?:ayudar|asistir|cumplir|generar|proporcionar)/i,
  /\b(?:desculpe|sinto muito)[,.]? (?:mas )?não posso (?:ajudar|atender|gerar|fornecer)/i,
  /\bcome (?:un )?(?:modello (?:linguistico|di linguaggio|di ia)|intelligenza artificiale,|assistente ia)/i,
  /\bmi dispiace[,.]? (?:ma )?non posso (?:aiutar|assister|soddisfare|generare|fornire)/i,
  /\bals (?:een )?(?:ai-?(?:taal)?model|taalmodel|ai-assistent)/i,
  /\bhet spijt me[,.]? (?:maar )?ik kan (?:je |u )?(?:hier|daar|hierbij|daarbij|met dit verzoek)(?:mee)? niet/i,
  /(?:^|[^\p{L}])(?:як (?:мовна модель|модель штучного інтелекту|штучний інтелект|ші,)|как (?:языковая модель|искусственный интеллект|модель ии|ии,))/iu,
  /(?:^|[^\p{L}])(?:вибачте|перепрошую|на жаль)[,.]? (?:але )?я не можу (?:вам )?(?:допомогти (?:з цим|із цим|вам)|виконати (?:цей|ваш)|надати|створити)/iu,
  /(?:^|[^\p{L}])я не можу (?:вам )?допомогти (?:з|із) (?:цим|таким) (?:запитом|проханням)/iu,
  /(?:^|[^\p{L}])(?:извините|простите|к сожалению)[,.]? (?:но )?я не могу (?:вам )?(?:помочь (?:с этим|вам)|выполнить (?:этот|ваш)|предоставить|создать)/iu,
  /(?:AI|人工知能|大規模)?(?:言語モデル|AIアシスタント)として/,
  /申し訳(?:ありません|ございません)が、?.{0,20}(?:お手伝い|お答え|ご要望|リクエスト).{0,12}(?:できません|できかねます|お応えできません)/,
  /作为(?:一个)?(?:AI|人工智能)(?:语言模型|助手)|抱歉[,，]我(?:无法|不能)(?:协助|帮助|满足|提供)/,
];

/** The words of the refusal; undefined where there is none. */
export function refusalIn(text: string): string | undefined {
  for (const form of forms) {
    const found = form.exec(text)?.[0];
    if (found) return found.trim();
  }
  return undefined;
}
