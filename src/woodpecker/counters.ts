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
    steps: asArray(emails).map((entry, index) => stepFrom(asObject(entry), index)),
  };
}

function stepFrom(email: Loose, index: number): StepCounters {
  const { emailSend, delivery, open, reply, bounce, invalid, toSend } = email;
  return {
    step: asNumber(email.step) ?? asNumber(email.number) ?? index + 1,
    sent: asNumber(emailSend) ?? 0,
    delivered: asNumber(delivery) ?? 0,
    opened: asNumber(open) ?? 0,
    replied: asNumber(reply) ?? 0,
    bounced: asNumber(bounce) ?? 0,
    invalid: asNumber(invalid) ?? 0,
    queued: asNumber(toSend) ?? 0,
  };
}
