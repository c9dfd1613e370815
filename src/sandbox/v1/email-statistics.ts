/** stats.emails of a campaign: one entry for each e-mail step; the object is older than LinkedIn steps and leaves them out. */
import { DAYS, type DeliveryTime, type EmailStep, type Step, stepsOf } from "../campaign.ts";
import type { StoredCampaign, Touch } from "../state.ts";
import { minutesOf } from "../time.ts";

const HOURS: Record<Step["followup_after"]["range"], number> = { DAY: 24, HOUR: 1, MINUTE: 1 / 60 };

export function emailStatisticsOf(stored: StoredCampaign) {
  const steps = stepsOf(stored.campaign);
  let number = 0;
  return steps.flatMap((step, index) => {
    if (step.type !== "EMAIL") return [];
    number += 1;
    return [
      {
        ...content(step, stored),
        follow_up: waitBefore(steps, index),
        number,
        step: index + 1,
        ...counters(stored, step, index),
      },
    ];
  });
}

/** Texts and settings are those of version A, while the counters cover every version. */
function content(step: EmailStep, { campaign }: StoredCampaign) {
  const first = step.body.versions[0];
  const message = first?.message ?? "";
  return {
    subject: first?.subject ?? "",
    msg: message,
    timezone: campaign.settings.timezone,
    use_prospect_timezone: campaign.settings.prospect_timezone,
    ...windows(step.delivery_time),
    track_open: first?.track_opens ?? false,
    track_click: message.includes("{{CLICK="),
    attach_follow: !first?.subject,
    condition: "",
  };
}

// Integers of an undocumented unit: minutes of the day, which no window loses. A whole day ends at 1440.
function windows(week: DeliveryTime): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const day of DAYS) {
    const name = day.toLowerCase();
    const spans = (week[day] ?? []).map(({ from, to }) => ({
      from: minutesOf(from),
      to: to === "00:00" ? 24 * 60 : minutesOf(to),
    }));
    fields[name] = spans;
    fields[`${name.slice(0, 3)}From`] = spans[0]?.from ?? 0;
    fields[`${name.slice(0, 3)}To`] = spans.at(-1)?.to ?? 0;
  }
  return fields;
}

/** Whole days, rounded up, since the step before. */
function waitBefore(steps: Step[], index: number): number {
  const wait = steps[index - 1]?.followup_after;
  return wait ? Math.ceil((wait.value * HOURS[wait.range]) / 24) : 0;
}

function counters({ enrolments }: StoredCampaign, step: EmailStep, index: number) {
  const touches = enrolments.flatMap((enrolment) =>
    enrolment.touches.filter(({ stepId }) => stepId === step.id),
  );
  const count = (test: (touch: Touch) => boolean) => touches.filter(test).length;
  const waiting = (status: string) =>
    enrolments.filter((enrolment) => enrolment.status === status && enrolment.touches.length === index)
      .length;
  const delivery = count((touch) => !touch.bounced);
  const open = count((touch) => touch.openedAt !== null);
  const reply = count((touch) => touch.repliedAt !== null);
  const bounce = count((touch) => touch.bounced);
  const invalid = waiting("INVALID");
  return {
    emailSend: touches.length,
    toSend: waiting("ACTIVE"),
    delivery,
    open,
    open_: rate(open, delivery),
    reply,
    reply_: rate(reply, delivery),
    invalid,
    invalid_: rate(invalid, touches.length + invalid),
    bounce,
    bounce_: rate(bounce, touches.length),
  };
}

function rate(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10}%`;
}
