/** Imports one prospect, into the account or a campaign, and says what became of it. */
import { isAddress, isRecord } from "../../check/value.ts";
import {
  ENROLMENT_STATUSES,
  type Enrolment,
  type EnrolmentStatus,
  INTERESTS,
  type Interest,
  isBlacklisted,
  PROSPECT_STATUSES,
  type Prospect,
  type ProspectStatus,
  type State,
  type StoredCampaign,
} from "../../state.ts";
import { parseV1Time } from "../../time.ts";
import { FIELDS } from "./row.ts";

export interface Import {
  state: State;
  /** undefined: into the account only. */
  stored: StoredCampaign | undefined;
  /** By address in small letters. */
  known: Map<string, Prospect>;
  enrolled: Map<number, Enrolment>;
  update: boolean;
  force: boolean;
  sendAfter: Date | null;
  file: string | undefined;
  now: Date;
}

export interface ImportedRow {
  email: unknown;
  id?: number;
  prospect?: "DUPLICATE";
  prospect_campaign?: "DUPLICATE";
  status: "OK" | "ERROR";
  code?: string;
  msg?: string;
}

interface Row {
  email: string;
  status: EnrolmentStatus | undefined;
  interested: Interest | undefined;
  /** The day of this prospect where it has one, otherwise that of the import. */
  sendAfter: Date | null;
  fields: Record<string, string>;
}

export function importRow(order: Import, value: unknown): ImportedRow {
  const email = isRecord(value) ? value.email : undefined;
  const failed = (code: string, msg: string): ImportedRow => ({ email, status: "ERROR", code, msg });
  if (!isRecord(value) || !isAddress(email)) return failed("E_EMAIL", "invalid email");
  const { status, interested } = value;
  if (status !== undefined && !statuses(order).includes(status))
    return failed("E_INV_STATUS", "Invalid status");
  if (interested !== undefined && !(INTERESTS as readonly unknown[]).includes(interested)) {
    return failed("E_WRONG_PARAM", "Invalid interest");
  }
  const sendAfter = value.send_after === undefined ? order.sendAfter : parseV1Time(String(value.send_after));
  if (sendAfter === undefined) return failed("E_WRONG_PARAM", "Invalid send_after");
  const fields = fieldsOf(value);
  if (!fields) return failed("E_WRONG_PARAM", "Invalid value");
  const row = { email, status, interested, sendAfter, fields } as Row;

  const known = order.known.get(email.toLowerCase());
  const listed = isBlacklisted(order.state, email);
  const standing = listed ? "BLACKLIST" : (known?.status ?? "ACTIVE");
  const enrolment = known && order.enrolled.get(known.id);
  // Whoever is on the blacklist is not brought in as somebody new either; force is documented for campaigns only.
  const refused = order.stored
    ? standing !== "ACTIVE" && !order.force && (!enrolment || row.status === "ACTIVE")
    : listed && !known;
  if (refused) {
    return { ...failed("E_INV_STATUS", `Prospect exists with status:${standing}`), id: known?.id };
  }
  const prospect = known ?? create(order, row);
  if (known && order.update) updateProspect(known, row, order);
  if (order.stored && !enrolment) enrol(order, order.stored, prospect, row);
  if (enrolment && order.update) updateEnrolment(enrolment, row, order);
  return {
    email,
    id: prospect.id,
    ...(known && { prospect: "DUPLICATE" }),
    ...(enrolment && { prospect_campaign: "DUPLICATE" }),
    status: "OK",
  };
}

/**
 * A status given with an enrolment is the one inside the campaign. PAUSED is one only there: what it does for the
 * whole account is undocumented, and here it is taken and changes nothing.
 */
function statuses({ stored }: Import): readonly unknown[] {
  return stored ? ENROLMENT_STATUSES : [...PROSPECT_STATUSES, "PAUSED"];
}

const globalStatus = (status: EnrolmentStatus | undefined): ProspectStatus | undefined =>
  PROSPECT_STATUSES.find((known) => known === status);

/** What cannot be stored, as a time_zone, is dropped without a word. */
function fieldsOf(value: Record<string, unknown>): Record<string, string> | undefined {
  const fields: Record<string, string> = {};
  for (const name of FIELDS) {
    const field = value[name];
    if (field === undefined || field === null) continue;
    if (typeof field !== "string" && typeof field !== "number") return undefined;
    fields[name] = String(field);
  }
  return fields;
}

function create({ state, known, stored, file, now }: Import, { email, status, fields }: Row): Prospect {
  const prospect: Prospect = {
    id: state.ids.prospect++,
    email,
    status: (!stored && globalStatus(status)) || "ACTIVE",
    fields: withoutEmpty(fields),
    ...(file !== undefined && { imported: file }),
    updated: now,
  };
  state.prospects.set(prospect.id, prospect);
  known.set(email.toLowerCase(), prospect);
  return prospect;
}

/** What is left out stays as it is, an empty string clears. */
function updateProspect(prospect: Prospect, { status, fields }: Row, { stored, now }: Import): void {
  const tags = fields.tags ? addTags(prospect.fields.tags ?? "", fields.tags) : fields.tags;
  prospect.fields = withoutEmpty({ ...prospect.fields, ...fields, ...(tags !== undefined && { tags }) });
  if (!stored) prospect.status = globalStatus(status) ?? prospect.status;
  prospect.updated = now;
}

function addTags(before: string, more: string): string {
  return [...new Set(`${before} ${more}`.split(/\s+/).filter((tag) => tag !== ""))].join(" ");
}

function withoutEmpty(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

function enrol(order: Import, stored: StoredCampaign, { id }: Prospect, row: Row): void {
  const { status = "ACTIVE", interested = "NOT-MARKED", sendAfter } = row;
  const { force, now } = order;
  const enrolment: Enrolment = {
    prospectId: id,
    status,
    interest: interested,
    enrolledAt: now,
    sendAfter,
    forced: force,
    touches: [],
  };
  stored.enrolments.push(enrolment);
  order.enrolled.set(id, enrolment);
}

function updateEnrolment(enrolment: Enrolment, row: Row, { force }: Import): void {
  if (row.status) enrolment.status = row.status;
  if (row.interested) enrolment.interest = row.interested;
  if (row.sendAfter) enrolment.sendAfter = row.sendAfter;
  if (force) enrolment.forced = true;
}
