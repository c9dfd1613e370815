/** A small draft that is shown by the card. */
export const draft = (message: string, more: object = {}) => ({
  name: "Fresh flour",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 40 },
  delivery_times: [{ days: ["MONDAY", "TUESDAY", "FRIDAY"], from: "08:30", to: "17:00" }],
  steps: [{ type: "EMAIL", versions: [{ subject: "Fresh flour", message }] }],
  ...more,
});
