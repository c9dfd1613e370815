/**
 * What rules look at: a campaign, live or not yet sent, in the list view, and what could be read of the account around
 * it. It can be made of any input: rules never see a value of another type than the one named here.
 */
import type { DeliveryTime } from "../model/delivery.ts";
import type { Wait } from "../model/tree.ts";
import { letterOf } from "../model/versions.ts";
import { DAY } from "../model/zone.ts";
import { asArray, asNumber, asObject, asString, type Loose } from "../values/loose.ts";
import type { CampaignRow } from "../woodpecker/campaigns.ts";
import type { Counters } from "../woodpecker/counters.ts";
import type { LinkedinAccount } from "../woodpecker/linkedin-accounts.ts";
import type { Mailbox } from "../woodpecker/mailboxes.ts";
import type { EnrolledRow } from "../woodpecker/prospects.ts";

/** A part of the account: its value, or why it could not be read. */
export type Known<T> = { value: T } | { unreadable: string };

export interface People {
  /** How many are enrolled. */
  total: number;
  /** The first of them, with their fields; all, where there are not too many. */
  rows: readonly EnrolledRow[];
}

/** A public holiday, and the e-mails that leave on it. */
export interface HolidaySends {
  date: string;
  name: string;
  total: number;
}

/** A part that is left out does not concern this campaign. */
export interface Parts {
  mailboxes?: Known<readonly Mailbox[]>;
  linkedin?: Known<readonly LinkedinAccount[]>;
  prospects?: Known<People>;
  campaigns?: Known<readonly CampaignRow[]>;
  /** Those that send now, this one among them where it does. */
  running?: Known<readonly CampaignRow[]>;
  /** Counters of the campaign's list row. */
  standing?: Known<Counters>;
  /** Percent of bounces that pauses the campaign; undefined inside: none is set. */
  bounceShield?: Known<number | undefined>;
  /** The campaign's own content, where Woodpecker's API does not show all of it. */
  content?: Known<true>;
  /** What the calendar has on public holidays; `people`: so many it counts with, where nobody is enrolled. */
  holidays?: Known<{ country: string; days: readonly HolidaySends[]; people?: number }>;
}
export type PartName = keyof Parts;

export interface SeenVersion {
  index: number;
  letter: string;
  subject: string | undefined;
  message: string;
  signature: string;
  trackOpens: boolean;
}

export interface SeenStep {
  index: number;
  number: number;
  type: "EMAIL" | "LINKEDIN";
  wait: Wait | undefined;
  windows: readonly DeliveryTime[];
  /** Where those windows stand: with the step, or once for all. */
  windowsPath: readonly (string | number)[];
  linkedin: { action: string; account: number | undefined } | undefined;
  versions: readonly SeenVersion[];
}

export interface Dossier {
  origin: "draft" | "live";
  id?: number;
  status?: string;
  name: string;
  mailboxIds: readonly (number | undefined)[];
  settings: Loose;
  steps: readonly SeenStep[];
  /** The draft as it was given, or what was read, for the model's own rules. */
  given: unknown;
  autopausedAt?: string;
  parts: Parts;
  now: number;
}

/** What is the same in a draft and in a campaign that was read: the list view. */
export function dossierOf(
  given: unknown,
  more: Pick<Dossier, "origin" | "parts" | "now"> & Partial<Dossier>,
): Dossier {
  const view = asObject(given);
  const fallback = timesIn(view.delivery_times);
  return {
    name: asString(view.name) ?? "",
    mailboxIds: listIn(view.mailbox_ids).map(asNumber),
    settings: objectIn(view.settings),
    steps: listIn(view.steps).map((step, index) => seenStep(asObject(step), index, fallback)),
    given,
    ...more,
  };
}

function seenStep(step: Loose, index: number, fallback: DeliveryTime[] | undefined): SeenStep {
  const own = timesIn(step.delivery_times);
  const wait = asObject(step.wait);
  const value = asNumber(wait.value);
  const linkedin = objectIn(step.linkedin);
  const action = asString(linkedin.action);
  return {
    index,
    number: index + 1,
    type: step.type === "LINKEDIN" || action !== undefined ? "LINKEDIN" : "EMAIL",
    wait: value === undefined ? undefined : { value, range: asString(wait.range) ?? "DAY" },
    windows: own ?? fallback ?? [],
    windowsPath: own || !fallback ? ["steps", index, "delivery_times"] : ["delivery_times"],
    linkedin: action === undefined ? undefined : { action, account: asNumber(linkedin.account_id) },
    versions: listIn(step.versions).map((version, place) => seenVersion(asObject(version), place)),
  };
}

const seenVersion = (version: Loose, index: number): SeenVersion => ({
  index,
  letter: letterOf(index),
  subject: asString(version.subject),
  message: asString(version.message) ?? "",
  signature: asString(version.signature) ?? "SENDER",
  trackOpens: version.track_opens === true,
});

function timesIn(value: unknown): DeliveryTime[] | undefined {
  const list = fromText(value);
  if (!Array.isArray(list)) return undefined;
  return list.map(asObject).map(({ days, from, to }) => ({
    days: asArray(days).flatMap((day) => asString(day) ?? []),
    from: asString(from) ?? "",
    to: asString(to) ?? "",
  }));
}

/** Clients are known to send nested values as JSON text. */
export function fromText(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const listIn = (value: unknown) => asArray(fromText(value));
const objectIn = (value: unknown) => asObject(fromText(value));

/** The value of a part; undefined where it was not needed or could not be read. */
export function known<T>(part: Known<T> | undefined): T | undefined {
  return part && "value" in part ? part.value : undefined;
}

/** What lies further ahead may change; what is nearer leaves little time to change anything. */
export const SOON = 14 * DAY;

/** Why a part that was needed could not be read. */
export const whyUnread = (part: Known<unknown> | undefined): string | undefined =>
  part && "unreadable" in part ? part.unreadable : undefined;

export const emailSteps = ({ steps }: Dossier): SeenStep[] => steps.filter(({ type }) => type === "EMAIL");
