/**
 * The campaign in the picture of the README: CARD_PICTURE=docs/card.png npx vitest run test/card -t picture, and then
 * pngquant with 16 colours, so that it stays below 80 kB.
 */
const footer = '<p>Nora Vance<br>Northwind</p><p><a href="{{UNSUBSCRIBE}}">No more e-mails, please</a></p>';

export const bakeries = {
  name: "Bakeries in Lyon, spring",
  mailbox_ids: [501, 502],
  settings: { timezone: "Europe/Paris", daily_enroll: 20, gdpr_unsubscribe: true, list_unsubscribe: true },
  delivery_times: [
    { days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], from: "08:30", to: "17:00" },
  ],
  steps: [
    {
      type: "EMAIL",
      versions: [
        {
          subject: "Flour for the spring",
          message: `<p>Hello {{FIRST_NAME | "there"}},</p><p>the Moulin de la Croix mills in the night and is at your door in {{CITY | "Lyon"}} before five. Eleven bakeries on the Croix-Rousse bake with it already.</p><p>May I bring two sacks to {{COMPANY | "you"}} on Tuesday, to try?</p>${footer}`,
        },
        {
          subject: "Two sacks to try, {{FIRST_NAME}}?",
          message: `<p>Hello {{FIRST_NAME | "there"}},</p><p>what does your flour cost when the lorry is late? Ours comes from the Moulin de la Croix, at five, every day.</p><p>Two sacks to try on Tuesday?</p>${footer}`,
        },
      ],
    },
    {
      type: "EMAIL",
      wait: { value: 3, range: "DAY" },
      versions: [
        {
          message: `<p>Hello {{FIRST_NAME | "there"}},</p><p>would another day suit {{COMPANY | "you"}} better?</p>${footer}`,
        },
      ],
    },
    {
      type: "EMAIL",
      wait: { value: 5, range: "DAY" },
      versions: [
        {
          message: `<p>Hello {{FIRST_NAME | "there"}},</p><p>if flour is somebody else's business, who would it be?</p>${footer}`,
        },
      ],
    },
  ],
};

const firstNames = ["Camille", "Hugo", "Inès", "Jules", "Léa", "Mathis", "Noor", "Odile", "Rémy", "Salomé"];
const names = [
  "Arnaud",
  "Bellini",
  "Chevrier",
  "Delorme",
  "Escoffier",
  "Fabre",
  "Girard",
  "Hamidi",
  "Imbert",
  "Joly",
];

/** A hundred people, of whom three left their first name out. */
export const bakers = names.flatMap((last_name, row) =>
  firstNames.map((first_name, column) => ({
    email:
      `${first_name.normalize("NFD").replace(/[^A-Za-z]/g, "")}@boulangerie-${last_name}.example`.toLowerCase(),
    ...((row * 10 + column) % 33 !== 7 && { first_name }),
    last_name,
    company: `Boulangerie ${last_name}`,
    city: "Lyon",
  })),
);
