/** Sequences, windows and settings that keep every rule, for properties. */
import fc from "fast-check";
import { weekdays } from "../../src/model/delivery.ts";
import type { Step } from "../../src/model/steps.ts";

type Windows = NonNullable<Step["delivery_times"]>;
type Versions = Step["versions"];

export const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** Up to three windows of one day, in order and apart; or the whole day. */
const windowsOfDay = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom("00:00", "24:00").map((to) => [{ from: "00:00", to }]) },
  {
    weight: 5,
    arbitrary: fc
      .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 6 })
      .map((times) => times.slice(0, times.length - (times.length % 2)).sort((a, b) => a - b))
      .map((times) =>
        times.flatMap((from, index) =>
          index % 2 === 0 ? [{ from: clock(from), to: clock(times[index + 1] as number) }] : [],
        ),
      ),
  },
);

/** By day, as the API keeps them. */
export const windowsByDay = fc
  .dictionary(fc.constantFrom(...weekdays), windowsOfDay, { minKeys: 1, maxKeys: 7 })
  .map((days) => Object.fromEntries(weekdays.flatMap((day) => (days[day] ? [[day, days[day]]] : []))));

/** As people write them, in any order. */
export const deliveryTimes = windowsByDay.chain((days) => {
  const times = weekdays.flatMap((day) => (days[day] ?? []).map((window) => ({ days: [day], ...window })));
  return fc.shuffledSubarray<Windows[number]>(times, { minLength: 1 });
});

const words = fc.stringMatching(/^[A-Za-z0-9 äß€"<>/=.-]{1,40}$/).filter((text) => text.trim() !== "");
const wait = fc.record({
  value: fc.integer({ min: 1, max: 9999 }),
  range: fc.constantFrom("DAY" as const, "HOUR" as const, "MINUTE" as const),
});
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 5 });

const emailVersion = fc.record(
  {
    subject: words,
    message: words,
    signature: fc.constantFrom("SENDER" as const, "NO_SIGNATURE" as const),
    track_opens: fc.boolean(),
  },
  { requiredKeys: ["subject", "message"] },
);
const email: fc.Arbitrary<Step> = fc.record(
  { type: fc.constant("EMAIL" as const), delivery_times: deliveryTimes, versions: few(emailVersion) },
  { requiredKeys: ["type", "delivery_times", "versions"] },
);
/** Later e-mails may stay in the thread. */
const inThread = email.map((step) => ({
  ...step,
  versions: step.versions.map(({ subject: _subject, ...version }) => version),
}));

const linkedin = (
  action: "VISIT_PROFILE" | "CONNECTION_REQUEST" | "DIRECT_MESSAGE",
  message: fc.Arbitrary<string>,
) =>
  fc.record({
    type: fc.constant("LINKEDIN" as const),
    linkedin: fc.record({ action: fc.constant(action), account_id: fc.constantFrom(77, 78) }),
    versions: few(fc.record({ message })),
  });
const anyLinkedin: fc.Arbitrary<Step> = fc.oneof(
  linkedin("VISIT_PROFILE", fc.constant("")),
  linkedin("CONNECTION_REQUEST", fc.oneof(fc.constant(""), words)),
  linkedin("DIRECT_MESSAGE", words),
);

const hasSubject = ({ subject }: Versions[number]) => subject !== undefined;

/** 1 to 16 steps that keep every rule, each but the first with a wait. */
export const sequence: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.oneof(email, anyLinkedin),
    fc.array(fc.tuple(fc.oneof(email, inThread, anyLinkedin), wait), { maxLength: 15, size: "max" }),
  )
  .map(([first, rest]) => [first, ...rest.map(([step, pause]) => ({ ...step, wait: pause }))])
  .filter((steps) => steps.find((step) => step.type === "EMAIL")?.versions.every(hasSubject) ?? true);
