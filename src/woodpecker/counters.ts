/** Lifetime counters of a campaign, as they stand in its list row. */
import { asArray, asNumber, asObject, type Loose } from "../values/loose.ts";

export interface Counters {
  /** Every number of the whole campaign, by the name that Woodpecker gives it. */
  all: Record<string, number>;
  queue: number | undefined;
  /** Set aside under TO-CHECK. */
  check: number | undefined;
  prospects: number | undefined;
  sent: number | undefined;
  delivered: number | undefined;
  /** Whether version A of any step counts opens; the row tells nothing of the others. */
  tracksOpens: boolean | undefined;
  steps: StepCounters[];
}

interface StepCounters extends Record<string, number> {
  step: number;
  sent: number;
  delivered: number;
  opened: number;
  replied: number;
  bounced: number;
  invalid: number;
  queued: number;
}

export function countersFrom({ emails, ...stats }: Loose): Counters {
  const { queue, check, prospects, sent, delivery } = stats;
  return {
    all: Object.fromEntries(
      Object.entries(stats).flatMap(([name, value]) => {
        const count = asNumber(value);
        return count === undefined ? [] : [[name, count]];
      }),
    ),
    queue: asNumber(queue),
    check: asNumber(check),
    prospects: asNumber(prospects),
    sent: asNumber(sent),
    delivered: asNumber(delivery),
    tracksOpens: tracking(asArray(emails).map((email) => asObject(email).track_open)),
    steps: asArray(emails).map((entry, index) => stepFrom(asObject(entry), index)),
  };
}

function tracking(steps: readonly unknown[]): boolean | undefined {
  const told = steps.filter((step) => typeof step === "boolean");
  return told.length === 0 ? undefined : told.includes(true);
}

const stepFrom = (email: Loose, index: number): StepCounters => ({
  step: asNumber(email.step) ?? asNumber(email.number) ?? index + 1,
  sent: asNumber(email.emailSend) ?? 0,
  delivered: asNumber(email.delivery) ?? 0,
  opened: asNumber(email.open) ?? 0,
  replied: asNumber(email.reply) ?? 0,
  bounced: asNumber(email.bounce) ?? 0,
  invalid: asNumber(email.invalid) ?? 0,
  queued: asNumber(email.toSend) ?? 0,
});
