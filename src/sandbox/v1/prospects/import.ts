/** POST /rest/v1/add_prospects_list and add_prospects_campaign: imports and updates prospects. */
import { isRecord } from "../../check/value.ts";
import { wrongParam } from "../../query.ts";
import { type Reply, v1Refused } from "../../reply.ts";
import type { Call } from "../../router.ts";
import type { Prospect, StoredCampaign } from "../../state.ts";
import { parseV1Time } from "../../time.ts";
import { type Import, type ImportedRow, importRow } from "./import-row.ts";

const MOST = 20_000;

const FLAGS = new Map<unknown, boolean>([
  [undefined, false],
  [false, false],
  ["false", false],
  [true, true],
  ["true", true],
]);

export function addToList(call: Call): Reply {
  return importProspects(call, undefined, null);
}

export function addToCampaign(call: Call): Reply {
  const wanted = isRecord(call.body) ? call.body.campaign : undefined;
  // An older page puts these errors under 400; the newer one shows no status for them.
  if (!isRecord(wanted) || wanted.campaign_id === undefined) {
    throw v1Refused(400, "E_REQUIRED_ELEMENT", "Element [campaign] is required");
  }
  const { campaign_id: id, send_after: after } = wanted;
  // Others send it as text, and that works for them.
  const stored = /^\d+$/.test(String(id)) ? call.state.campaigns.get(Number(id)) : undefined;
  if (!stored) throw v1Refused(400, "E_RECORD_NOT_FOUND", `Campaign not found: ${id}`);
  const sendAfter = typeof after === "string" ? parseV1Time(after) : null;
  if (after !== undefined && !sendAfter) throw wrongParam("send_after", after);
  return importProspects(call, stored, sendAfter ?? null);
}

function importProspects(call: Call, stored: StoredCampaign | undefined, sendAfter: Date | null): Reply {
  const { state, body } = call;
  const given = isRecord(body) ? body : {};
  const { prospects, file_name: file } = given;
  if (!Array.isArray(prospects) || prospects.length === 0)
    throw v1Refused(400, "E_REQUIRED_ELEMENT", "Element [prospects] is required");
  if (prospects.length > MOST) throw wrongParam("prospects", prospects.length);
  const flag = (name: string): boolean => {
    const value = FLAGS.get(given[name]);
    if (value === undefined) throw wrongParam(name, given[name]);
    return value;
  };
  const [update, force] = [flag("update"), flag("force")];
  if (file !== undefined && typeof file !== "string") throw wrongParam("file_name", file);

  const known = new Map<string, Prospect>();
  for (const prospect of state.prospects.values()) known.set(prospect.email.toLowerCase(), prospect);
  const enrolled = new Map(stored?.enrolments.map((enrolment) => [enrolment.prospectId, enrolment]));
  const now = call.now();
  const order: Import = { state, stored, known, enrolled, update, force, sendAfter, file, now };
  const before = stored?.enrolments.length ?? 0;
  const rows = prospects.map((row: unknown) => importRow(order, row));
  // What nobody expects of an import: a campaign that had come to its end goes on sending.
  if (stored?.campaign.status === "COMPLETED" && stored.enrolments.length > before) {
    stored.campaign.status = "RUNNING";
    stored.runningSince = order.now;
  }
  return outcome(rows, call.refusedImport);
}

/** Where nobody was taken: recorded is a 400 with the words of a row as the total, a client's tests have a 200. */
function outcome(rows: ImportedRow[], refused: 200 | 400): Reply {
  if (rows.some(({ status }) => status === "OK")) {
    return { status: 200, body: { prospects: rows, status: { status: "OK", code: "OK", msg: "OK" } } };
  }
  const [{ code, msg } = {}] = rows;
  const total =
    refused === 400
      ? { code, msg }
      : { code: "E_INV_STATUS", msg: "None of the requested prospects were added" };
  return { status: refused, body: { prospects: rows, status: { status: "ERROR", ...total } } };
}
