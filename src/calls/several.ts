/**
 * The steps of a call for one campaign or for several. Of several each is prepared by itself, all are asked about at once,
 * and each is carried out by itself, with a last look and a line in the journal of its own; one that cannot go keeps none of the
 * others.
 */
import { cut } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import { NOTHING_CHANGED, Refusal } from "../values/refusal.ts";
import type { Around } from "../woodpecker/around.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import type { Call, Ended } from "./context.ts";
import { failed } from "./failed.ts";
import { campaignsIn } from "./halts.ts";
import {
  agreedNow as agreedAboutOne,
  changed,
  lookAgain as lookAtOne,
  unchanged as unchangedOne,
} from "./last-look.ts";
import { apiFor, prepare as prepareOne, type Ready, rehearse as rehearseOne } from "./prepare.ts";
import { guardSize } from "./result.ts";
import { run as runOne } from "./run.ts";
import { type Part, questionAbout } from "./several-question.ts";

interface ManyReady extends Ready {
  parts: readonly Part[];
}

/** New campaigns of a call are begun within this time, so that it answers before a client gives up, after 60 s. */
const BEGIN_MS = 40_000;

const isMany = ({ operation, input }: Call) =>
  operation.several !== undefined && Array.isArray(input.campaign_ids);
const hasParts = (ready: Ready): ready is ManyReady => "parts" in ready;

function partOf(call: Call, id: number): Call {
  const { campaign_ids: ids, confirmation: _token, ...input } = call.input;
  const runs = input.dry_run === true && Array.isArray(ids) ? ids.length : undefined;
  return { ...call, input: { ...input, campaign_id: id }, runs };
}

/** @throws Refusal where none of several can go */
async function prepare(call: Call): Promise<Ready> {
  if (!isMany(call)) return prepareOne(call);
  const ids = campaignsIn(call.input);
  const api = apiFor(call);
  // What stops sending waits for no look at the others.
  if (call.operation.effect === "halt")
    return { api, prepared: undefined, question: undefined, parts: ids.map((id) => ({ id })) } as ManyReady;
  const parts: Part[] = [];
  const around: Around = new Map();
  for (const id of ids) {
    parts.push(await preparedPart({ ...partOf(call, id), around }, id));
    call.context.progress?.(parts.length, ids.length, `looked at ${parts.length} of ${ids.length} campaigns`);
  }
  if (parts.every(({ cannot }) => cannot !== undefined)) throw noneCan(call, parts);
  return { api, prepared: undefined, question: questionAbout(call.operation, parts), parts } as ManyReady;
}

async function preparedPart(call: Call, id: number): Promise<Part> {
  try {
    const ready = await prepareOne(call);
    if (ready.question && call.input.dry_run !== true) await rehearseOne(call, ready);
    return { id, ready };
  } catch (error) {
    if (concernsAll(error)) throw error;
    return { id, cannot: partsOf(failed(error, call, false)) };
  }
}

/** A wrong key or a network that is down is not a matter of this campaign. */
const concernsAll = (error: unknown): boolean =>
  error instanceof ApiFailure &&
  error.facts.code !== "LIMIT" &&
  (error.facts.outcome !== "rejected" || error.facts.http === 401 || error.facts.http === 403);

const MAX_REASON = 500;

/** What an error result says happened, and what it says to do. */
function partsOf({ result }: Pick<Ended, "result">): { reason: string; next?: string } {
  const [what = "", next] = (result.content[0]?.text ?? "").split("\nNext: ");
  return { reason: cut(what.replace(`\n${NOTHING_CHANGED}`, ""), MAX_REASON), ...(next && { next }) };
}

function noneCan({ operation }: Call, parts: readonly Part[]): Refusal {
  const room = Math.max(100, Math.floor(1_600 / parts.length));
  const reasons = parts.map(({ id, cannot }) => `- ${id}: ${cut(cannot?.reason ?? "", room)}`);
  return new Refusal(
    [`${operation.title}: none of these campaigns can go.`, ...reasons].join("\n"),
    parts[0]?.cannot?.next ?? "correct what stands with each, then call again.",
    NOTHING_CHANGED,
  );
}

/** Of several all must be as they were shown; where one of them could not go then, or cannot now, all is prepared again. */
async function agreedNow(call: Call): Promise<Ready | undefined> {
  if (!isMany(call)) return agreedAboutOne(call);
  const parts: Part[] = [];
  for (const id of campaignsIn(call.input)) {
    const ready = await agreedPart(partOf(call, id));
    if (!ready?.question) return undefined;
    parts.push({ id, ready });
  }
  const question = questionAbout(call.operation, parts);
  return { api: apiFor(call), prepared: undefined, question, parts } as ManyReady;
}

/** Undefined where it cannot go, be it by a limit that the operator has set meanwhile. */
async function agreedPart(call: Call): Promise<Ready | undefined> {
  try {
    const ready = await agreedAboutOne(call);
    if (ready?.question) await rehearseOne(call, ready);
    return ready;
  } catch (error) {
    if (concernsAll(error)) throw error;
    return undefined;
  }
}

/** Each alone was tried already; what is left is what a limit says to their sum. */
async function rehearse(call: Call, ready: Ready): Promise<void> {
  if (!hasParts(ready)) return rehearseOne(call, ready);
  const asking = ready.parts.filter(({ ready: part }) => part?.question);
  const [first] = asking;
  if (first?.ready) await rehearseOne({ ...partOf(call, first.id), runs: asking.length }, first.ready);
}

/** Several are looked at one by one, right before each. */
const unchanged = async (call: Call, ready: Ready): Promise<Ready> =>
  hasParts(ready) ? ready : unchangedOne(call, ready);

async function lookAgain(call: Call, ready: Ready): Promise<Ready> {
  if (!hasParts(ready)) return lookAtOne(call, ready);
  await rehearse(call, ready);
  return ready;
}

async function run(call: Call, ready: Ready): Promise<Ended> {
  if (!hasParts(ready)) return runOne(call, ready);
  const endsAt = Date.now() + BEGIN_MS;
  const ends: ({ id: number } & End)[] = [];
  for (const part of ready.parts) {
    const end =
      part.cannot === undefined && Date.now() > endsAt
        ? outOfTime(part.id)
        : await runPart(call, part, ready);
    ends.push({ id: part.id, ...end });
    call.context.progress?.(
      ends.length,
      ready.parts.length,
      `${ends.length} of ${ready.parts.length} campaigns`,
    );
  }
  return together(call, ends);
}

type End = { entry: Loose; text: string; certainty: Ended["certainty"] };

const outOfTime = (id: number): End => ({
  entry: { outcome: "not_done", reason: "the time of this call was over" },
  text: `${id}: not begun, since the time of this call was over. Call again for it.`,
  certainty: "not_done",
});

const leftOut = (
  id: number,
  said: { reason: string; next?: string },
  certainty: Ended["certainty"],
): End => ({
  entry: { outcome: certainty === "not_done" ? "refused" : "failed", ...said },
  text: `${id}: ${[said.reason, said.next && `Next: ${said.next}`].filter(Boolean).join("\n")}`,
  certainty,
});

async function runPart(call: Call, part: Part, { consent }: Ready): Promise<End> {
  if (part.cannot !== undefined) return leftOut(part.id, part.cannot, "not_done");
  const one = partOf(call, part.id);
  try {
    const fresh = await freshly(one, part);
    return endOf(part.id, await runOne(one, { ...fresh, ...(consent && { consent }) }));
  } catch (error) {
    return endOf(part.id, failed(error, one, false));
  }
}

/** Each is looked at in its turn, since the others took their time. */
async function freshly(one: Call, { ready }: Part): Promise<Ready> {
  if (!ready) return prepareOne(one);
  if (one.input.dry_run === true) return ready;
  if (ready.question) return lookAtOne(one, ready);
  const now = await prepareOne(one);
  if (now.question) throw changed(one);
  return now;
}

function endOf(id: number, { result, certainty }: Ended): End {
  if (result.isError) return leftOut(id, partsOf({ result }), certainty);
  const {
    campaign_id: _id,
    next: _next,
    question: _asked,
    findings: _found,
    ...entry
  } = result.structuredContent ?? {};
  return { entry, text: result.content[0]?.text ?? "", certainty };
}

const went = ["done", "already", "accepted", "dry_run", "coalesced"];

function together({ operation, input }: Call, ends: readonly ({ id: number } & End)[]): Ended {
  const campaigns = ends.map(({ id, entry }) => ({ campaign_id: id, ...entry }) as Loose);
  const outcomes = campaigns.map(({ outcome }) => String(outcome));
  const good = outcomes.filter((outcome) => went.includes(outcome));
  const head = `${operation.title}: ${good.length} of ${counted(ends.length)} ${input.dry_run === true ? "would go" : "went as asked"}.`;
  const text = [head, ...ends.map((end) => `- ${end.text.replaceAll("\n", "\n  ")}`)].join("\n");
  const certainty = (["unclear", "done"] as const).find((one) => ends.some((end) => end.certainty === one));
  const result = guardSize(operation, { structured: { outcome: outcomeOf(outcomes), campaigns }, text });
  return {
    result: good.length > 0 ? result : { content: result.content, isError: true },
    certainty: certainty ?? "not_done",
  };
}

const counted = (count: number) => (count === 1 ? "1 campaign" : `${count} campaigns`);

/** One word for all, or that they ended differently. */
function outcomeOf(outcomes: readonly string[]): string {
  const different = new Set(outcomes);
  if (different.size === 1) return outcomes[0] as string;
  return [...different].every((one) => one === "done" || one === "already") ? "done" : "partial";
}

export const steps = { agreedNow, prepare, rehearse, unchanged, lookAgain, run };
