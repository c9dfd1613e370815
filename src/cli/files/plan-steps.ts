/** The part of a plan that concerns the sequence: steps that go, come or differ, and what of it no call can do. */

import { type DeliveryTime, deliveryTimesFrom, describeTimes, windowsByDay } from "../../model/delivery.ts";
import type { Step } from "../../model/steps.ts";
import { type StepView, sameText, type VersionView } from "../../model/tree.ts";
import type { Version } from "../../model/versions.ts";
import { canonical } from "../../values/canonical.ts";
import { type Loose, present } from "../../values/loose.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";
import { align } from "./align.ts";
import { type Difference, nothing, type Plan, shown } from "./changes.ts";
import { sameTimes } from "./format.ts";
import { inLines } from "./html-lines.ts";

export function stepsPlan(campaign: Campaign, wanted: readonly Step[]): Plan {
  const { id: campaign_id, steps: live } = campaign;
  const { pairs, removed } = align(live, wanted);
  const plan = nothing();
  const kept = new Map(pairs.map(([before, after]) => [after, before]));
  const lastKept = pairs.at(-1)?.[1] ?? -1;
  const firstNew = wanted.findIndex((_, place) => !kept.has(place));

  for (const place of [...removed].reverse()) {
    const step = live[place] as StepView;
    plan.changes.unshift({ where: `step ${step.step} goes`, before: described(step) });
    const args = { campaign_id, step: step.step };
    plan.calls.push({ tool: "delete_campaign_step", args, what: `delete step ${step.step}` });
    const first = live.find((one) => one.type === "EMAIL");
    if (step === first)
      plan.impossible.push({
        what: `Step ${step.step} cannot be deleted`,
        why: "it is the first e-mail, which Woodpecker keeps; change its texts, or make a new campaign of the file",
      });
  }
  if (pairs.length === 0)
    plan.impossible.push({
      what: "None of the steps would stay",
      why: "Woodpecker keeps at least one; make a new campaign of the file",
    });

  for (const [place, step] of wanted.entries()) {
    const before = kept.get(place);
    const number = place + 1;
    if (before !== undefined) planStep(plan, campaign_id, live[before] as StepView, step, number);
    else {
      plan.changes.push({ where: `step ${number} is new`, after: described(step) });
      if (place < lastKept)
        plan.impossible.push({
          what: `Step ${number} cannot be put between other steps`,
          why: "Woodpecker's API adds steps at the end only; move it there, or make a new campaign of the file",
        });
      const { wait: _wait, ...given } = step;
      const what = `add step ${number} (${step.type})`;
      plan.calls.push({ tool: "add_campaign_step", args: { campaign_id, step: given }, what });
    }
    // Where a step cannot come in between, the waits after it do not matter yet.
    if (firstNew < 0 || place < firstNew || firstNew > lastKept)
      planWait(plan, live, kept, place, step, removed.length > 0);
  }
  return plan;
}

/** @param number of the step once others are gone */
function planStep(plan: Plan, campaign_id: number, live: StepView, wanted: Step, number: number): void {
  const where = `step ${number}`;
  const times = live.delivery_times ?? [];
  if (wanted.delivery_times && !sameTimes(times, wanted.delivery_times)) {
    const after = describeTimes(inOrder(wanted.delivery_times));
    plan.changes.push({ where: `${where}, windows`, before: describeTimes(times), after });
    const args = { campaign_id, step: number, delivery_times: wanted.delivery_times };
    plan.calls.push({ tool: "update_campaign_step", args, what: `change the windows of ${where}` });
  }
  if (live.versions.length !== wanted.versions.length) {
    const more = live.versions.length < wanted.versions.length;
    plan.changes.push({
      where: `${where}, versions`,
      before: String(live.versions.length),
      after: String(wanted.versions.length),
    });
    plan.impossible.push({
      what: `The number of versions of step ${number} cannot change from ${live.versions.length} to ${wanted.versions.length}`,
      why: `Woodpecker's API cannot ${more ? "add" : "remove"} a version; do it in the Woodpecker app, or make a new campaign of the file`,
    });
    return;
  }
  for (const [index, version] of wanted.versions.entries())
    planVersion(plan, campaign_id, number, live.versions[index] as VersionView, version);
}

const inOrder = (times: readonly DeliveryTime[]) => deliveryTimesFrom(windowsByDay(times));

function planVersion(
  plan: Plan,
  campaign_id: number,
  step: number,
  live: VersionView,
  wanted: Version,
): void {
  const where = `step ${step}, version ${live.version}`;
  const args: Loose = {};
  const differ = (field: string, before: string | undefined, after: string | undefined, value: unknown) => {
    plan.changes.push(present({ where: `${where}, ${field}`, before, after }) as Difference & Loose);
    args[field] = value;
  };
  if (!sameText(live.subject, wanted.subject)) {
    const inThread = (subject: string | undefined) => subject || "(none: in the thread of the e-mail before)";
    differ("subject", inThread(live.subject), inThread(wanted.subject), wanted.subject ?? "");
  }
  for (const field of ["signature", "track_opens"] as const) {
    if (wanted[field] === undefined || wanted[field] === live[field]) continue;
    differ(field, shown(live[field]), shown(wanted[field]), wanted[field]);
  }
  if (!sameText(live.message, wanted.message))
    differ("message", inLines(live.message), inLines(wanted.message), wanted.message);
  if (Object.keys(args).length > 0)
    plan.calls.push({
      tool: "update_step_version",
      args: { campaign_id, step, version: live.version, ...args },
      what: `change ${Object.keys(args).join(", ")} of ${where}`,
    });
}

/** How long a step waits is kept with the step before it, and is fixed once that is made. */
function planWait(
  plan: Plan,
  live: readonly StepView[],
  kept: ReadonlyMap<number, number>,
  place: number,
  { wait }: Step,
  removes: boolean,
): void {
  if (place === 0 || !wait) return;
  const before = kept.get(place - 1);
  const kind = before === undefined ? undefined : (live[before + 1]?.wait ?? live[before]?.next_wait);
  const fixed = kind ?? { value: 1, range: "DAY" };
  if (canonical(fixed) === canonical(wait)) return;
  const number = place + 1;
  const says = ({ value, range }: { value: number; range: string }) => `${value} ${range}`;
  const own = kept.has(place);
  const why = own
    ? removes
      ? `Woodpecker keeps it with the step before, so after the deletion it would be ${says(fixed)}; write that, or make a new campaign of the file`
      : "Woodpecker's API cannot change a wait; do it in the Woodpecker app, or make a new campaign of the file"
    : `a step that is added waits ${says(fixed)}, which Woodpecker's API cannot change; write that, or make a new campaign of the file`;
  plan.changes.push({ where: `step ${number}, wait`, before: says(fixed), after: says(wait) });
  plan.impossible.push({ what: `The wait of step ${number} cannot be ${says(wait)}`, why });
}

function described({ type, linkedin, delivery_times, versions }: Step | StepView): string {
  const kind = linkedin ? `${type} ${linkedin.action} by account ${linkedin.account_id}` : type;
  return [
    delivery_times ? `${kind}, ${describeTimes(inOrder(delivery_times))}` : kind,
    ...versions.flatMap(({ subject, message }) => [
      ...(subject ? [`subject: ${subject}`] : []),
      ...(message ? inLines(message).split("\n") : []),
    ]),
  ].join("\n");
}
