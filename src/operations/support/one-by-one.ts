/**
 * Edits of several steps or versions of one campaign, one request each. Between them the campaign is looked at: whatever
 * somebody else changed meanwhile ends the call, which then says what was changed and what was not.
 */
import type { CallTools } from "../../calls/operation.ts";
import { isUnclear } from "../../calls/readback.ts";
import { type DeliveryTime, describeTimes, windowsByDay } from "../../model/delivery.ts";
import { type StepView, sameText } from "../../model/tree.ts";
import { canonical } from "../../values/canonical.ts";
import { firstOf, oneLine } from "../../values/foreign.ts";
import type { Loose } from "../../values/loose.ts";
import { Refusal } from "../../values/refusal.ts";
import { type Campaign, readCampaign } from "../../woodpecker/campaigns.ts";
import { type Api, DryRunStop } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { reasonOf } from "../../woodpecker/reason.ts";
import { requests, type WriteRequest } from "../../woodpecker/requests.ts";
import { type Change, differences, foreseenChanges, shortened } from "./changed.ts";
import { editDone, editedAlready, stepOf, versionOf } from "./editing.ts";

interface At {
  step: number;
  version?: string | undefined;
}

/** Of a step its windows, of a version its own fields; `change` is what is sent. */
export interface Edit {
  step: number;
  version?: string;
  before: Loose;
  change: Loose;
}

export const sayPlace = ({ step, version }: At) =>
  version === undefined ? `step ${step}` : `step ${step} version ${version}`;

/** Equal as far as Woodpecker keeps them. */
function sameValue(field: string, a: unknown, b: unknown): boolean {
  if (field === "delivery_times") return canonical(windowsOf(a)) === canonical(windowsOf(b));
  return field === "subject" || field === "message" ? sameText(a, b) : canonical(a) === canonical(b);
}

/** A whole day ends at 24:00, however it is written. */
const windowsOf = (times: unknown) =>
  windowsByDay(
    ((times ?? []) as DeliveryTime[]).map((time) =>
      time.from === "00:00" && time.to === "00:00" ? { ...time, to: "24:00" } : time,
    ),
  );

const differs = ({ before, change }: Edit) =>
  Object.keys(change).some((field) => !sameValue(field, before[field], change[field]));

const changesIn = (edits: readonly Edit[]): Change[] =>
  edits.flatMap(({ step, version, before, change }) => {
    const fields = Object.keys(change).filter((field) => !sameValue(field, before[field], change[field]));
    const values = (from: Loose) =>
      Object.fromEntries(fields.map((field) => [field, shown(field, from[field])]));
    return differences({ step, ...(version !== undefined && { version }) }, values(before), values(change));
  });

const shown = (field: string, value: unknown) =>
  field === "delivery_times" ? describeTimes((value ?? []) as DeliveryTime[]) : value;

/** What a dry run says of them. */
export const foreseen = (edits: readonly Edit[]) => foreseenChanges(changesIn(edits));

/** The outcome of edits that all went well; those that were so already are not sent. */
export async function editOneByOne(
  api: Api,
  campaign: Campaign,
  edits: readonly Edit[],
  { progress }: Pick<CallTools, "progress">,
) {
  const due = edits.filter(differs);
  for (const [index, edit] of due.entries()) {
    const now = index === 0 ? campaign : await between(api, campaign, due, index);
    try {
      await api.send(requestFor(now, edit));
    } catch (error) {
      if (index === 0 || error instanceof DryRunStop || isUnclear(error)) throw error;
      throw partly(campaign, due, index, error);
    }
    if (due.length > 1) progress(index + 1, due.length, `changed ${sayPlace(edit)}`);
  }
  return due.length > 0 ? editDone(campaign, changesIn(due)) : editedAlready(campaign);
}

/** @throws Refusal when the campaign is not as the last edit left it, or cannot be read */
async function between(api: Api, campaign: Campaign, due: readonly Edit[], index: number): Promise<Campaign> {
  let now: Campaign;
  try {
    now = await readCampaign(api, campaign.id);
  } catch (error) {
    throw partly(campaign, due, index, error);
  }
  const found = changedMeanwhile(campaign, now, due.slice(0, index));
  if (!found) return now;
  throw partly(campaign, due, index, new Refusal(`meanwhile somebody else changed ${found}`, ""));
}

function requestFor(now: Campaign, { step: number, version: name, change }: Edit): WriteRequest {
  const step = stepOf(now, number);
  if (name === undefined)
    return requests.setWindows(now.id, step.id as string, windowsByDay(change.delivery_times as never));
  // The id of a version is a hash, and nothing promises that it outlives a change.
  return requests.updateVersion(now.id, step.id as string, versionOf(step, name).id, change);
}

function partly(campaign: Campaign, due: readonly Edit[], index: number, error: unknown): unknown {
  if (!(error instanceof ApiFailure) && !(error instanceof Refusal)) return error;
  const [made, left] = [due.slice(0, index), due.slice(index)];
  const why = reasonOf(error) ?? "Woodpecker did not say why";
  return new Refusal(
    `Campaign ${campaign.id}: ${sayPlace(left[0] as Edit)} was not changed (${why}), and nothing after it.`,
    "look with get_campaign; the same call again changes only what is still to do.",
    `Changed before that: ${sayAll(made)}. Not changed: ${sayAll(left)}.`,
    {
      outcome: "partial",
      campaign_id: campaign.id,
      changed: changesIn(made).map(shortened),
      not_changed: left.map(({ step, version }) => ({ step, ...(version !== undefined && { version }) })),
    },
  );
}

const MAX_SAID = 20;

const sayAll = (edits: readonly Edit[]) => firstOf(edits, MAX_SAID, sayPlace);

const versionFields = ["subject", "message", "signature", "track_opens"];

/** What is neither as it was nor as our own edits left it; an answer may be read from a copy that lags behind. */
function changedMeanwhile(before: Campaign, now: Campaign, made: readonly Edit[]): string | undefined {
  if (now.status !== before.status) return `its status: it is ${oneLine(now.status)} now`;
  const shape = ({ steps }: Campaign) => steps.map(({ id, versions }) => `${id} ${versions.length}`).join();
  if (shape(now) !== shape(before)) return "its steps";
  const moved = before.steps.flatMap((step) => {
    const other = now.steps.find((one) => one.step === step.step) as StepView;
    return [{ step: step.step } as At, ...step.versions.map(({ version }) => ({ step: step.step, version }))]
      .filter((place) => !isOurs(valuesAt(step, place), valuesAt(other, place), made.find(isAt(place))))
      .map(sayPlace);
  });
  return moved.length > 0 ? moved.slice(0, 5).join(", ") : undefined;
}

const isAt = (place: At) => (edit: Edit) => edit.step === place.step && edit.version === place.version;

const isOurs = (was: Loose, is: Loose, edit: Edit | undefined) =>
  Object.keys(was).every(
    (field) =>
      sameValue(field, was[field], is[field]) ||
      (edit !== undefined && field in edit.change && sameValue(field, edit.change[field], is[field])),
  );

/** What an edit at this place may change, as it is. */
export function valuesAt({ delivery_times, wait, versions }: StepView, { version: name }: At): Loose {
  if (name === undefined) return { delivery_times, wait };
  const version: Loose = versions.find(({ version }) => version === name) ?? {};
  return Object.fromEntries(versionFields.map((field) => [field, version[field]]));
}

/** Reads back what became of the edits. */
export async function seeEdits(api: Api, campaign: Campaign, edits: readonly Edit[]) {
  const now = await readCampaign(api, campaign.id);
  const states = edits.filter(differs).map((edit) => stateOf(edit, valuesAt(stepOf(now, edit.step), edit)));
  const old = states.filter((one) => one.old.length > 0);
  const other = states.filter((one) => one.other.length > 0);
  const done = states.filter((one) => one.old.length === 0 && one.other.length === 0);
  if (old.length > 0) {
    const also = done.length > 0 ? ` Changed: ${sayAll(done.map(({ edit }) => edit))}.` : "";
    return { seen: `${sayOld(old)}${also}` };
  }
  if (other.length > 0) {
    const seen = other.map((one) => `another ${one.other.join(", ")} of ${sayPlace(one.edit)} than was sent`);
    return { seen: `Reading back shows ${seen.join(", ")}.`, other: true };
  }
  return { output: editDone(campaign, changesIn(edits)) };
}

function sayOld(old: readonly ReturnType<typeof stateOf>[]): string {
  if (old.some(({ edit }) => edit.version !== undefined))
    return `Reading back shows ${old.map((one) => `the old ${one.old.join(", ")} of ${sayPlace(one.edit)}`).join(", ")}.`;
  const [first, ...more] = old.map(({ edit }) => edit.step);
  return more.length === 0
    ? `Step ${first} still has its old windows.`
    : `Steps ${[first, ...more].join(", ")} still have their old windows.`;
}

function stateOf(edit: Edit, now: Loose): { edit: Edit; old: string[]; other: string[] } {
  const { before, change } = edit;
  const missing = Object.keys(change).filter((field) => !sameValue(field, now[field], change[field]));
  const isOld = (field: string) => sameValue(field, now[field], before[field]);
  return { edit, old: missing.filter(isOld), other: missing.filter((field) => !isOld(field)) };
}
