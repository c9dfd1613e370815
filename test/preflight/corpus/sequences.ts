/** Whole campaigns whose fault lies in the order, the waits, the sender or the ways out. */
import type { Kind } from "./kind.ts";

const out = '<div><a href="{{UNSUBSCRIBE}}">unsubscribe</a></div>';
const usual =
  "<div>Hi there,</div><div>who counts your stock at the end of the month, and how long does it take?</div>";

interface Mail {
  subject?: string;
  text?: string;
  out?: boolean;
  days?: number;
  hours?: number;
  signature?: string;
}

const steps = (...mails: Mail[]) =>
  mails.map(({ subject, text, out: way = true, days = 3, hours, signature }, index) => ({
    type: "EMAIL",
    ...(index > 0 && { wait: hours ? { value: hours, range: "HOUR" } : { value: days, range: "DAY" } }),
    versions: [
      {
        ...(index === 0 ? { subject: subject ?? "A question about your orders" } : subject && { subject }),
        message: (text ?? `${usual}<div>I ask for the ${index + 1}. time.</div>`) + (way ? out : ""),
        ...(signature && { signature }),
      },
    ],
  }));

const noHeader = { settings: { timezone: "Europe/Berlin", daily_enroll: 30 } };
const message = (step: number) => `steps[${step}].versions[0].message`;

type Row = [name: string, rule: string | undefined, path: string | undefined, mails: Mail[], more?: object];

// biome-ignore format: a kind a line
const rows: Row[] = [
  ["a follow-up without a way out", "no_opt_out", message(1), [{}, { out: false }], noHeader],
  ["a follow-up on the same day", "follow_up_same_day", "steps[1].wait", [{}, { hours: 5 }]],
  ["ten e-mails, a day apart", "e_mails_crowded", "steps[1].wait", [{}, ...Array.from({ length: 9 }, () => ({ days: 1 }))], { settings: { ...noHeader.settings, daily_enroll: 10, list_unsubscribe: true } }],
  ["nobody signs", "no_sender", message(0), [{ signature: "NO_SIGNATURE", text: usual }]],
  ["a follow-up that pretends to be an answer", "fake_reply", "steps[1].versions[0].subject", [{}, { subject: "Re: A question about your orders" }]],
  ["a forward that is none", "fake_reply", "steps[0].versions[0].subject", [{ subject: "Fw: for whoever counts the stock" }]],
  ["an answer in German that is none", "fake_reply", "steps[0].versions[0].subject", [{ subject: "WG: Ihre Inventur" }]],
  ["a way out in words in every e-mail", undefined, undefined, [{ out: false, text: `${usual}<div>If this is not for you, a short "no" is enough and I will not write to you again.</div>` }, { out: false, text: `${usual}<div>Tell me if you would rather not hear from me.</div>` }], noHeader],
  ["four e-mails in two weeks", undefined, undefined, [{}, { days: 3 }, { days: 4 }, { days: 6 }]],
  ["four e-mails, two days apart", undefined, undefined, [{}, { days: 2 }, { days: 2 }, { days: 2 }]],
  ["a follow-up after 72 hours", undefined, undefined, [{}, { hours: 72 }]],
  ["a follow-up with a subject of its own", undefined, undefined, [{}, { subject: "One more idea for your shops", days: 5 }]],
  ["a follow-up about regional offices", undefined, undefined, [{}, { subject: "Regional offices: who counts there?", days: 5 }]],
  ["signed by hand", undefined, undefined, [{ signature: "NO_SIGNATURE", text: `${usual}<div>Best regards,</div><div>Nora Vance, Northwind</div>` }]],
  ["signed by a first name", undefined, undefined, [{ signature: "NO_SIGNATURE", text: `${usual}<div>Nora</div>` }]],
  ["signed by a company in the text", undefined, undefined, [{ signature: "NO_SIGNATURE", text: `${usual}<div>I am Nora and I run Northwind, a firm of eleven people who count stock at night.</div>` }]],
  ["a last e-mail that says goodbye", undefined, undefined, [{}, { days: 4 }, { days: 7, text: "<div>Hi there,</div><div>this is my last e-mail. If counting comes up again, you know where I am.</div>" }]],
];

export const sequences: Kind[] = rows.map(([name, rule, path, mails, more]) => ({
  name,
  lang: "en",
  text: "",
  ...(rule && { rule }),
  ...(path && { path }),
  more: { ...more, steps: steps(...mails) },
}));
