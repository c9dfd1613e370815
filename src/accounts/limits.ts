/**
 * What the operator allows, whatever a model asks for. Checked where requests leave, so that no tool, however it is put
 * together, bypasses it.
 */
import type { Change } from "../memory/journal.ts";
import type { Limits } from "../settings/limits.ts";
import { asArray, asNumber, asNumbers, asObject } from "../values/loose.ts";
import type { Api, WriteMethod } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";

export interface WriteRequest {
  method: WriteMethod;
  path: string;
  body?: unknown;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is known of the call that a request belongs to. */
export interface Asking {
  /** How many people it is about in all. */
  people?: number | undefined;
  /** A dry run stands in no history. */
  dryRun?: boolean | undefined;
}

/** Throws, before anything leaves, where a limit forbids the request. `history` includes the call that is under way. */
export async function checkLimits(
  limits: Limits,
  { method, path, body }: WriteRequest,
  api: Pick<Api, "get">,
  call: Asking,
  history: () => Promise<readonly Change[]>,
  now = Date.now(),
): Promise<void> {
  const campaign = campaignOf(path, body);
  if (limits.campaigns && !isHalt(path)) {
    if (campaign !== undefined && !limits.campaigns.includes(campaign)) {
      refuse("WOODPECKER_CAMPAIGNS", `campaign ${campaign} is not among those that may be written to`);
    }
    if (method === "DELETE" && campaign === undefined) {
      refuse(
        "WOODPECKER_CAMPAIGNS",
        "deleting people from the account would take them out of campaigns that may not be written to",
      );
    }
  }
  checkCampaignBody(limits, asObject(body));
  const unlisted = call.dryRun ? 1 : 0;
  if (path.endsWith("/run")) {
    const runs = async () => recent(await history(), "run_campaign", now);
    await checkRun(limits, campaign ?? 0, api, runs, unlisted, now);
  }
  const people = asArray(asObject(body).prospects).length;
  if (people > 0 && (limits.prospectsPerCall ?? limits.prospectsPerDay) !== undefined) {
    const peopleOfCall = call.people ?? people;
    checkPeople(
      limits,
      peopleOfCall,
      recent(await history(), "save_prospects", now),
      unlisted * peopleOfCall,
      now,
    );
  }
}

/** The campaign that a write concerns: in its path, in its query, or in the body of an import. */
function campaignOf(path: string, body: unknown): number | undefined {
  const inPath = /^\/rest\/v2\/campaigns\/(\d+)/.exec(path)?.[1] ?? /[?&]campaigns_id=(\d+)/.exec(path)?.[1];
  return asNumber(inPath) ?? asNumber(asObject(asObject(body).campaign).campaign_id);
}

/** Ending the sending is never forbidden. */
const isHalt = (path: string) => /\/(pause|stop|make_editable)$/.test(path);

function checkCampaignBody({ mailboxes, dailyEnroll }: Limits, body: Record<string, unknown>): void {
  const foreign = asNumbers(body.email_account_ids).filter((id) => mailboxes && !mailboxes.includes(id));
  if (foreign.length > 0) refuse("WOODPECKER_MAILBOXES", `mailbox ${foreign.join(", ")} may not be used`);
  const enroll = asNumber(asObject(body.settings).daily_enroll);
  if (dailyEnroll !== undefined && enroll !== undefined && enroll > dailyEnroll) {
    refuse("WOODPECKER_MAX_DAILY_ENROLL", `daily_enroll may be at most ${dailyEnroll}; got ${enroll}`);
  }
}

/** A campaign may have been made in the app: what it would send from, and how much, is read before it runs. */
async function checkRun(
  limits: Limits,
  id: number,
  api: Pick<Api, "get">,
  history: () => Promise<readonly Change[]>,
  unlisted: number,
  now: number,
): Promise<void> {
  const runs = limits.runsPerDay === undefined ? [] : await history();
  if (limits.runsPerDay !== undefined && runs.length + unlisted > limits.runsPerDay) {
    refuse(
      "WOODPECKER_MAX_RUNS_PER_DAY",
      `${limits.runsPerDay} runs in 24 hours are used up; ${freeAgain(runs, now)}`,
    );
  }
  if (limits.mailboxes || limits.dailyEnroll !== undefined) {
    const campaign = asObject(await api.get(`/rest/v2/campaigns/${id}`));
    checkIsKnown(limits, campaign);
    checkCampaignBody(limits, campaign);
  }
}

/** What Woodpecker does not say is not within a limit. */
function checkIsKnown({ mailboxes, dailyEnroll }: Limits, campaign: Record<string, unknown>): void {
  const { email_account_ids: ids, settings } = campaign;
  if (mailboxes && !(Array.isArray(ids) && asNumbers(ids).length === ids.length)) {
    refuse("WOODPECKER_MAILBOXES", "Woodpecker does not say which mailboxes this campaign uses");
  }
  if (dailyEnroll !== undefined && asNumber(asObject(settings).daily_enroll) === undefined) {
    refuse("WOODPECKER_MAX_DAILY_ENROLL", "Woodpecker does not say the daily_enroll of this campaign");
  }
}

function checkPeople(
  limits: Limits,
  people: number,
  saves: readonly Change[],
  unlisted: number,
  now: number,
): void {
  if (limits.prospectsPerCall !== undefined && people > limits.prospectsPerCall) {
    refuse(
      "WOODPECKER_MAX_PROSPECTS_PER_CALL",
      `at most ${limits.prospectsPerCall} people a call; got ${people}`,
    );
  }
  const peopleOfDay = saves.reduce((sum, save) => sum + (save.people ?? 0), unlisted);
  if (limits.prospectsPerDay !== undefined && peopleOfDay > limits.prospectsPerDay) {
    refuse(
      "WOODPECKER_MAX_PROSPECTS_PER_DAY",
      `at most ${limits.prospectsPerDay} people in 24 hours, and with these it would be ${peopleOfDay}; ${freeAgain(saves, now)}`,
    );
  }
}

/** What was done, or may have been, in the last 24 hours. */
const recent = (history: readonly Change[], tool: string, now: number) =>
  history.filter(
    (change) =>
      change.tool === tool && change.outcome !== "not_done" && now - Date.parse(change.time) < DAY_MS,
  );

function freeAgain(changes: readonly Change[], now: number): string {
  const oldest = Math.min(now, ...changes.map((change) => Date.parse(change.time)));
  return `the next becomes free at ${new Date(oldest + DAY_MS).toISOString()}`;
}

function refuse(name: string, detail: string): never {
  throw new ApiFailure({ outcome: "not_sent", code: "LIMIT", detail: `${detail} (${name})` });
}
