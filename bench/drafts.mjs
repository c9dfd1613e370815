/** Campaigns that several measurements use. */
const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];

export const texts = [
  '<p>Hi {{FIRST_NAME | "there"}},</p><p>who plans the deliveries at your bakeries? Most of our customers found two hours a day in them.</p><p><a href="{{UNSUBSCRIBE}}">unsubscribe</a></p>',
  '<p>Hi {{FIRST_NAME | "there"}},</p><p>here is what Boulangerie Martin changed in a week, on one page.</p><p><a href="{{UNSUBSCRIBE}}">unsubscribe</a></p>',
  '<p>Hi {{FIRST_NAME | "there"}},</p><p>shall I close this, or is spring a better time?</p><p><a href="{{UNSUBSCRIBE}}">unsubscribe</a></p>',
];
export const subject = "Deliveries before dawn";

export const threeSteps = (name) => ({
  name,
  mailbox_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 30, gdpr_unsubscribe: true },
  delivery_times: [{ days: weekdays, from: "08:00", to: "17:00" }],
  steps: texts.map((message, index) => ({
    type: "EMAIL",
    ...(index > 0 && { wait: { value: 3, range: "DAY" } }),
    versions: [{ ...(index === 0 && { subject }), message }],
  })),
});

/** As large as a campaign can be: 16 steps of 5 versions, of about 600 characters each. */
export const largest = {
  ...threeSteps("Largest"),
  steps: Array.from({ length: 16 }, (_step, index) => ({
    type: "EMAIL",
    ...(index > 0 && { wait: { value: 2, range: "DAY" } }),
    versions: Array.from({ length: 5 }, (_version, version) => ({
      ...(index === 0 && { subject: `${subject} ${version + 1}` }),
      message: texts.join("").replaceAll("page", `page ${index + 1}.${version + 1}`),
    })),
  })),
};

export const people = (count) =>
  Array.from({ length: count }, (_person, index) => ({
    email: `baker${index + 1}@boulangerie${index + 1}.example`,
    first_name: ["Anna", "Luc", "Marie", "Paul"][index % 4],
    last_name: ["Morel", "Petit", "Roux", "Blanc"][index % 4],
    company: `Boulangerie ${index + 1}`,
  }));
