/**
 * The API keeps a sequence as a nested chain, START → step → step, each inside the `followup` of the one before.
 * `treeFromList` and `listFromTree` are pure and lossless both ways, but for the id of START and the order of
 * windows within a day.
 */

import { canonical } from "../values/canonical.ts";
import { asArray, asNumber, asObject, asString, isObject, type Loose, present } from "../values/loose.ts";
import { type DeliveryTime, deliveryTimesFrom, windowsByDay } from "./delivery.ts";
import type { Step } from "./steps.ts";
import { letterOf, type Version } from "./versions.ts";

/**
 * The nested chain that `POST /rest/v2/campaigns` takes. The steps must have passed the schema; `lastWait` is what a step
 * that is appended later would wait, kept when a campaign is copied.
 */
export function treeFromList(
  list: readonly Step[],
  fallback: readonly DeliveryTime[] = [],
  lastWait?: Wait,
): Loose {
  let followup: Loose | undefined;
  for (let index = list.length - 1; index >= 0; index -= 1) {
    const next = list[index + 1];
    followup = present({
      ...nodeFrom(list[index] as Step, fallback),
      followup_after: next ? (next.wait ?? defaultWait) : (list[index]?.followup_after ?? lastWait),
      followup,
    });
  }
  return { type: "START", followup };
}

/** One step as the API takes it, without what links it to others. */
export function nodeFrom(given: Step, fallback: readonly DeliveryTime[]): Loose {
  if (given.type === "EMAIL") {
    return {
      type: "EMAIL",
      delivery_time: windowsByDay(given.delivery_times ?? fallback),
      body: { versions: given.versions.map(emailVersion) },
    };
  }
  return {
    type: "LINKEDIN",
    body: {
      action_type: given.linkedin?.action,
      linkedin_account_id: given.linkedin?.account_id,
      versions: given.versions.map(({ subject, message }) => present({ subject, message })),
    },
  };
}

/** No subject is written as null on create, as the vendor's samples do (docs/woodpecker-api.md, Contradictions: row 9). */
function emailVersion({ subject, message, signature = "SENDER", track_opens = false }: Version): Loose {
  return { subject: subject || null, message, signature, track_opens };
}

export interface Wait {
  value: number;
  range: string;
}

/** The API's default where no wait is given. */
export const defaultWait: Wait = { value: 1, range: "DAY" };

/** A step as read: the list form plus what the server knows of it. Fields of the API that we do not know stay. */
export interface StepView extends Loose {
  step: number;
  id?: string;
  type: string;
  wait?: Wait;
  /** Only on the last step: what a step that is appended to it will wait. */
  next_wait?: Wait;
  delivery_times?: DeliveryTime[];
  linkedin?: { action: string; account_id: number };
  versions: VersionView[];
}

export interface VersionView extends Loose {
  version: string;
  id?: string;
  subject?: string;
  message: string;
  signature?: string;
  track_opens?: boolean;
}

/** More steps than the API allows, so that an endless answer cannot hold us up. */
const MAX_READ = 64;

export function listFromTree(tree: unknown): { steps: StepView[]; truncated: boolean } {
  const list: StepView[] = [];
  let wait: Wait | undefined;
  let node = asObject(asObject(tree).followup);
  while (Object.keys(node).length > 0 && list.length < MAX_READ) {
    const { followup, followup_after, ...own } = node;
    list.push(viewFrom(own, list.length + 1, wait));
    wait = waitFrom(followup_after);
    node = asObject(followup);
  }
  const last = list.at(-1);
  if (last && wait) last.next_wait = wait;
  return { steps: list, truncated: Object.keys(node).length > 0 };
}

function viewFrom(node: Loose, number: number, wait: Wait | undefined): StepView {
  const { id: stepId, type, delivery_time, body, ...rest } = node;
  const { versions, action_type, linkedin_account_id, ...bodyRest } = asObject(body);
  const action = asString(action_type);
  return present({
    ...rest,
    ...bodyRest,
    step: number,
    id: asString(stepId),
    type: asString(type) ?? "UNKNOWN",
    wait,
    delivery_times: delivery_time === undefined ? undefined : deliveryTimesFrom(delivery_time),
    linkedin: action === undefined ? undefined : { action, account_id: asNumber(linkedin_account_id) ?? 0 },
    versions: asArray(versions).map((one, index) => versionView(asObject(one), index)),
  }) as StepView;
}

/** null, "" and a missing subject mean the same: the e-mail stays in the thread (docs/woodpecker-api.md, row 10). */
function versionView({ version: letter, subject, ...rest }: Loose, index: number): VersionView {
  return present({
    version: asString(letter) ?? letterOf(index),
    ...rest,
    id: asString(rest.id),
    subject: asString(subject) || undefined,
    message: asString(rest.message) ?? "",
    signature: asString(rest.signature),
    track_opens: typeof rest.track_opens === "boolean" ? rest.track_opens : undefined,
  }) as VersionView;
}

function waitFrom(value: unknown): Wait | undefined {
  const { value: amount, range } = asObject(value);
  if (!isObject(value) || (amount === undefined && range === undefined)) return undefined;
  const number = amount === undefined || amount === null ? 1 : asNumber(amount);
  // Beyond what a wait may be there is no time to reckon with.
  return number === undefined || number < 0 || number > 9999
    ? undefined
    : { value: number, range: asString(range) ?? "DAY" };
}

/**
 * What a reader knows and a writer must not send: step numbers, version letters, ids.
 * Without them, what get_campaign shows can be given to create_campaign.
 */
export function withoutServerFields(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry) => {
    if (entry === null || typeof entry !== "object") return entry;
    const { step: _number, id: _id, next_wait, followup_after = next_wait, ...rest } = entry as Loose;
    const given: Loose = { ...rest, ...(!isUsual(followup_after) && { followup_after }) };
    if (!Array.isArray(given.versions)) return given;
    return { ...given, versions: given.versions.map(withoutVersionFields) };
  });
}

/** A day is what Woodpecker keeps by itself. */
function isUsual(wait: unknown): boolean {
  return wait === undefined || canonical(wait) === canonical(defaultWait);
}

function withoutVersionFields(entry: unknown): unknown {
  if (entry === null || typeof entry !== "object") return entry;
  const { version: _letter, id: _id, ...given } = entry as Loose;
  return given;
}

/** Equal as far as Woodpecker keeps texts: it writes `<br>` as `<br />`, and no subject as null, "" or not at all. */
export const sameText = (a: unknown, b: unknown) => normal(a) === normal(b);

/** The same for texts and for values that are not. */
export const sameValue = (a: unknown, b: unknown) =>
  typeof a === "string" || typeof b === "string" ? sameText(a, b) : canonical(a) === canonical(b);

const normal = (text: unknown) => String(text ?? "").replace(/<br\s*\/?>/gi, "<br />");
