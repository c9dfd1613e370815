/** Results that the sandbox does not give: large numbers, an A/B test that was decided, a reply, a long campaign. */
const row = (
  id: number,
  name: string,
  status: string,
  [sent, delivered, replied, bounced]: [number, number, number, number],
) => ({
  id,
  name,
  status,
  people: Math.round(sent / 2),
  sent,
  delivered,
  opened: "not tracked",
  replied,
  interested: Math.floor(replied / 3),
  bounced,
  opted_out: 2,
  rates: {},
});

export const report = {
  campaigns: [
    row(31, "Bakeries in Lyon, spring", "RUNNING", [1200, 1164, 71, 36]),
    row(
      32,
      "Hotels on the lake, with a name as long as people give them when they are in a hurry",
      "PAUSED",
      [640, 610, 12, 30],
    ),
    row(33, "Cafés", "COMPLETED", [300, 298, 22, 2]),
    row(34, "Schools", "DRAFT", [0, 0, 0, 0]),
  ],
  totals: { rates: {}, campaigns: 4 },
  best: { id: 33, name: "Cafés", numerator: 22, denominator: 298 },
  worst: { id: 32, name: "Hotels on the lake", numerator: 12, denominator: 610 },
  period: { from: "2026-10-01", to: "2026-10-31" },
  not_read: [{ id: 35, name: "Old", reason: "Woodpecker gives no numbers for it" }],
  left_out: 3,
};

const version = (name: string, hits: number, delivered: number, [low, high]: [number, number]) => ({
  row: { step: 1, version: name, sent: delivered + 1, delivered, opened: 0, replied: hits },
  compared: { version: name, rate: hits / delivered, low, high },
});
const versions = [version("A", 31, 410, [0.054, 0.105]), version("B", 12, 398, [0.017, 0.052])];
const few = [version("A", 1, 29, [0.006, 0.172]), version("B", 2, 31, [0.018, 0.207])];

export const tested = {
  campaign_id: 2101,
  name: "Warehouse leads, DACH",
  status: "RUNNING",
  counters: { prospects: 900, sent: 870, delivery: 868, opened: 0, replied: 46 },
  rates: {
    replied: { value: 0.053, numerator: 46, denominator: 868, of: "delivered e-mails" },
    bounced: { value: 0.0345, numerator: 1, denominator: 29, of: "sent e-mails" },
  },
  steps: [...versions.map((one) => one.row), ...few.map((one) => ({ ...one.row, step: 2 }))],
  comparisons: [
    { step: 1, metric: "replied", versions: versions.map((one) => one.compared), verdict: "A is ahead" },
    { step: 2, metric: "replied", versions: few.map((one) => one.compared), verdict: "too early to tell" },
  ],
};

export const reply = {
  args: { prospect_id: 9, message: "…" },
  result: {
    content: [{ type: "text", text: "Send this reply?" }],
    _meta: { "woodpecker/tool": "reply_to_prospect" },
    structuredContent: {
      outcome: "confirmation_required",
      confirmation: "abc.def",
      question: "Send this reply? It leaves at once and cannot be recalled.",
      facts: {
        account: '"Northwind Traders"',
        from: "nora@northwind.example",
        to: "maximilian.featherstonehaugh-cholmondeley@quarrystone-logistik-international.example",
        cc: "lena@quarrystone.example",
        subject: '"Re: save_the_date for {{FIRST_NAME}}"',
        text: JSON.stringify(
          `Hi Max,\n\nThursday at ten suits me.\n\nWhat would you like to see first: the ovens, or the numbers of the last spring? ${"I can bring both. ".repeat(12)}\n\nBest,\nNora`,
        ),
      },
      findings: [],
      next: "Show the facts to the person.",
    },
  },
};

/** As long as Woodpecker allows. */
export const longCampaign = {
  name: "Sixteen steps",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 40 },
  delivery_times: [{ days: ["MONDAY", "TUESDAY", "FRIDAY"], from: "08:30", to: "17:00" }],
  steps: Array.from({ length: 16 }, (_step, index) => ({
    type: "EMAIL",
    ...(index > 0 && { wait: { value: 2, range: "DAY" } }),
    versions: Array.from({ length: 5 }, (_version, place) => ({
      ...((index === 0 || place > 0) && { subject: `Flour ${index + 1}.${place + 1}` }),
      message: `<p>Hello {{FIRST_NAME | "there"}}, this is e-mail ${index + 1}.</p><p><a href="{{UNSUBSCRIBE}}">No more, please</a></p>`,
    })),
  })),
};
