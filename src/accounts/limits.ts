/**
 * What the operator allows, whatever a model asks for. Checked where requests leave, so that no tool, however it is put
 * together, bypasses it.
 */
import type { Done } from "../memory/journal.ts";
import type { Limits } from "../settings/limits.ts";
import { readSending } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { WriteRequest } from "../woodpecker/requests.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is known of the call that a request belongs to. */
export interface Asking {
  /** How many people it is about in all. */
  people?: number | undefined;
  /** How many campaigns it would start; a call that is under way stands in the history, one by one. */
  runs?: number | undefined;
  /** A dry run stands in no history. */
  dryRun?: boolean | undefined;
}

/** Throws, before anything leaves, where a limit forbids the request. `history` includes the call that is under way. */
export async function checkLimits(
  limits: Limits,
  request: WriteRequest,
  api: Pick<Api, "get">,
  call: Asking,
  history: (tool: string) => Promise<readonly Done[]>,
  now = Date.now(),
): Promise<void> {
  checkCampaign(limits, request);
  checkSending(limits, request);
  const unlisted = call.dryRun ? 1 : 0;
  const starts = unlisted * (call.runs ?? 1);
  const { kind, campaign = 0, people = 0 } = request;
  if (kind === "run" || request.sends) {
    const runs = async () => recent(await history("run_campaign"), now);
    // Nobody starts the campaign, and it sends all the same: held to what a run would be held to.
    await checkRun(limits, campaign, api, runs, request.sends ? 1 : starts, now);
  }
  if (people > 0 && (limits.prospectsPerCall ?? limits.prospectsPerDay) !== undefined) {
    const inCall = call.people ?? people;
    checkPeople(limits, inCall, recent(await history("save_prospects"), now), unlisted * inCall, now);
  }
}

/** Ending the sending is never forbidden. */
function checkCampaign({ campaigns }: Limits, { kind, campaign, alsoIn = [] }: WriteRequest): void {
  if (!campaigns || kind === "halt") return;
  if (campaign !== undefined && !campaigns.includes(campaign)) {
    refuse("WOODPECKER_CAMPAIGNS", `campaign ${campaign} is not among those that may be written to`);
  }
  if (kind === "reply" && campaign === undefined) {
    refuse("WOODPECKER_CAMPAIGNS", "nobody knows which campaign this message answers");
  }
  const others = alsoIn.filter((id) => !campaigns.includes(id));
  if (others.length > 0) {
    refuse(
      "WOODPECKER_CAMPAIGNS",
      `${kind === "reply" ? "the message also answers" : "it would change people who are in"} campaign ${others.slice(0, 5).join(", ")}, which may not be written to`,
    );
  }
  if (kind === "delete_people" && campaign === undefined) {
    refuse(
      "WOODPECKER_CAMPAIGNS",
      "deleting people from the account would take them out of campaigns that may not be written to",
    );
  }
}

function checkSending(limits: Limits, sending: Pick<WriteRequest, "mailboxes" | "dailyEnroll">): void {
  const { mailboxes = [], dailyEnroll = 0 } = sending;
  const foreign = mailboxes.filter((id) => limits.mailboxes && !limits.mailboxes.includes(id));
  if (foreign.length > 0) refuse("WOODPECKER_MAILBOXES", `mailbox ${foreign.join(", ")} may not be used`);
  if (limits.dailyEnroll !== undefined && dailyEnroll > limits.dailyEnroll) {
    refuse(
      "WOODPECKER_MAX_DAILY_ENROLL",
      `daily_enroll may be at most ${limits.dailyEnroll}; got ${dailyEnroll}`,
    );
  }
}

/** A campaign may have been made in the app: what it would send from, and how much, is read before it runs. */
async function checkRun(
  limits: Limits,
  id: number,
  api: Pick<Api, "get">,
  history: () => Promise<readonly Done[]>,
  unlisted: number,
  now: number,
): Promise<void> {
  const runs = limits.runsPerDay === undefined ? [] : await history();
  if (limits.runsPerDay !== undefined && runs.length + unlisted > limits.runsPerDay) {
    refuse(
      "WOODPECKER_MAX_RUNS_PER_DAY",
      unlisted > 1
        ? `at most ${limits.runsPerDay} runs in 24 hours: ${runs.length} are used, and these would be ${unlisted} more`
        : `${limits.runsPerDay} runs in 24 hours are used up; ${freeAgain(runs, now)}`,
    );
  }
  if (limits.mailboxes || limits.dailyEnroll !== undefined) {
    const sending = await readSending(api, id);
    checkIsKnown(limits, sending);
    checkSending(limits, sending);
  }
}

/** What Woodpecker does not say is not within a limit. */
function checkIsKnown(limits: Limits, sending: Pick<WriteRequest, "mailboxes" | "dailyEnroll">): void {
  if (limits.mailboxes && sending.mailboxes === undefined) {
    refuse("WOODPECKER_MAILBOXES", "Woodpecker does not say which mailboxes this campaign uses");
  }
  if (limits.dailyEnroll !== undefined && sending.dailyEnroll === undefined) {
    refuse("WOODPECKER_MAX_DAILY_ENROLL", "Woodpecker does not say the daily_enroll of this campaign");
  }
}

function checkPeople(
  limits: Limits,
  people: number,
  saves: readonly Done[],
  unlisted: number,
  now: number,
): void {
  if (limits.prospectsPerCall !== undefined && people > limits.prospectsPerCall) {
    refuse(
      "WOODPECKER_MAX_PROSPECTS_PER_CALL",
      `at most ${limits.prospectsPerCall} people a call; got ${people}`,
    );
  }
  const inDay = saves.reduce((sum, save) => sum + (save.people ?? 0), unlisted);
  if (limits.prospectsPerDay !== undefined && inDay > limits.prospectsPerDay) {
    refuse(
      "WOODPECKER_MAX_PROSPECTS_PER_DAY",
      `at most ${limits.prospectsPerDay} people in 24 hours, and with these it would be ${inDay}; ${freeAgain(saves, now)}`,
    );
  }
}

/** What was done, or may have been, in the last 24 hours. */
const recent = (history: readonly Done[], now: number) =>
  history.filter(({ outcome, time }) => outcome !== "not_done" && now - Date.parse(time) < DAY_MS);

function freeAgain(changes: readonly Done[], now: number): string {
  const oldest = Math.min(now, ...changes.map((change) => Date.parse(change.time)));
  return `the next becomes free at ${new Date(oldest + DAY_MS).toISOString()}`;
}

function refuse(name: string, detail: string): never {
  throw new ApiFailure({ outcome: "not_sent", code: "LIMIT", detail: `${detail} (${name})` });
}
