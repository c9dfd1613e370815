/** A small draft that the sandbox takes, for tests that spoil or extend it. */
export const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];

export const draft = {
  name: "Bakeries in Lyon",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 40 },
  delivery_times: [{ days: weekdays, from: "08:30", to: "17:00" }],
  steps: [
    {
      type: "EMAIL",
      versions: [{ subject: "Fresh flour", message: '<p>Hello {{FIRST_NAME | "there"}}</p>' }],
    },
    { type: "EMAIL", wait: { value: 3, range: "DAY" }, versions: [{ message: "<p>Still interested?</p>" }] },
  ],
};

/** The body in which it leaves. */
const windows = Object.fromEntries(weekdays.map((day) => [day, [{ from: "08:30", to: "17:00" }]]));
const rest = { signature: "SENDER", track_opens: false };

export const draftBody = {
  name: "Bakeries in Lyon",
  email_account_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 40 },
  steps: {
    type: "START",
    followup: {
      type: "EMAIL",
      delivery_time: windows,
      body: {
        versions: [{ subject: "Fresh flour", message: '<p>Hello {{FIRST_NAME | "there"}}</p>', ...rest }],
      },
      followup_after: { range: "DAY", value: 3 },
      followup: {
        type: "EMAIL",
        delivery_time: windows,
        body: { versions: [{ subject: null, message: "<p>Still interested?</p>", ...rest }] },
      },
    },
  },
};
