/** Any failure → a text of three parts: what happened, whether anything changed, what to do next. */

import { type Fault, InputFailure, placesByMessage, sayFault } from "../values/fault.ts";
import { cut } from "../values/foreign.ts";
import { type Loose, own } from "../values/loose.ts";
import { NOTHING_CHANGED, NOTHING_SENT, Refusal } from "../values/refusal.ts";
import { ApiFailure, type FailureFacts } from "../woodpecker/failure.ts";
import { type Meaning, meaningOf } from "../woodpecker/meanings.ts";
import { evidence } from "../woodpecker/reason.ts";
import { sayWait } from "../woodpecker/wild.ts";
import type { Operation } from "./operation.ts";

const MAX_TEXT = 2_000;
/** For each of the two parts at the end. */
const MAX_END = 600;
/** Room for the faults; the parts after them must stay. */
const MAX_FAULT_TEXT = 1_500;

/** Failures that are part of the job; any other error is a defect of this server. */
export const isExplained = (error: unknown) =>
  error instanceof InputFailure || error instanceof ApiFailure || error instanceof Refusal;

/** Certainly nothing came of it. */
export const isHarmless = (error: unknown) =>
  error instanceof ApiFailure || (error instanceof Refusal && error.parts.changed === NOTHING_CHANGED);

/** What a text needs to know of the operation that failed. */
export type FailedOperation = Pick<Operation, "name" | "title" | "effect" | "hints" | "look">;

/** @param wrote whether a write had left when it failed; before that a call is as harmless as a read */
export function explain(
  error: unknown,
  operation: FailedOperation,
  input: Loose = {},
  wrote = operation.effect !== "read",
): string {
  return fitted(sections(error, operation, input, wrote));
}

/** Too long a text loses of its middle: whether anything changed, and what to do next, are its last two parts. */
function fitted(parts: string[]): string {
  const end = parts.slice(-2).map((part) => shortened(part, MAX_END));
  const before = shortened(parts.slice(0, -2).join("\n"), MAX_TEXT - end.join("\n").length - 1);
  return [before, ...end].join("\n");
}

const shortened = (text: string, most: number) => (text.length > most ? `${cut(text, most - 1)}…` : text);

function sections(error: unknown, operation: FailedOperation, input: Loose, wrote: boolean): string[] {
  if (error instanceof InputFailure) return inputSections(error, operation);
  if (error instanceof Refusal) return [error.parts.what, error.parts.changed, `Next: ${error.parts.next}`];
  if (error instanceof ApiFailure) return apiSections(error.facts, operation, input, wrote);
  // A defect of ours: its text could quote anything, so it is not shown.
  const changed = wrote ? "It is not certain whether anything was changed." : NOTHING_CHANGED;
  return [
    `${operation.title} failed because of a defect in this server.`,
    changed,
    "Next: look at the campaign with get_campaign, and report this with the server's log.",
  ];
}

function inputSections({ faults }: InputFailure, { title, name }: FailedOperation): string[] {
  const shown = faultLines(faults, MAX_FAULT_TEXT);
  return [
    `${title}: the arguments do not fit.`,
    ...shown,
    NOTHING_SENT,
    `Next: correct ${faults.length === 1 ? "this" : "these"} and call ${name} again.`,
  ];
}

/** Every fault, each once: where they are many, the same is said once with its places, and what has no room any more by its place. */
export function faultLines(faults: readonly Fault[], most: number): string[] {
  const each = faults.map((fault) => `- ${sayFault(fault)}`);
  if (each.join("\n").length <= most) return each;
  const groups = [...placesByMessage(faults)].map(([message, at]) => ({
    at,
    line: `- ${sayAt(at, message)}`,
  }));
  const shown: string[] = [];
  let room = most;
  let left = groups;
  for (const { line } of groups) {
    // What is left has to be named, too.
    const others = left
      .slice(1)
      .flatMap(({ at }) => at)
      .join(", ").length;
    if (line.length + others + 30 > room) break;
    room -= line.length + 1;
    shown.push(line);
    left = left.slice(1);
  }
  const others = left.flatMap(({ at }) => at);
  return others.length === 0 ? shown : [...shown, alsoAt(others, room)];
}

const sayAt = (places: readonly string[], message: string) =>
  `${places.join(", ")}${message.startsWith(":") ? "" : " "}${message}`;

function alsoAt(places: readonly string[], room: number): string {
  const named: string[] = [];
  let left = room - 60;
  for (const one of places) {
    left -= one.length + 2;
    if (left < 0) break;
    named.push(one);
  }
  const more = places.length - named.length;
  return `- also wrong: ${named.join(", ")}${more > 0 ? ` and ${more} more places` : ""}`;
}

function apiSections(
  facts: FailureFacts,
  operation: FailedOperation,
  input: Loose,
  wrote: boolean,
): string[] {
  const meaning = meaningOf(facts);
  const hint = hintFor(facts, operation, input);
  const what = meaning?.what ?? facts.detail ?? "Woodpecker's answer made no sense";
  return [
    `${operation.title} ${verdict(facts, wrote)}: ${what}${evidence(facts, what)}.${facts.seen ? ` ${facts.seen}` : ""}`,
    ...(facts.found?.length === 0 ? [NOTHING_FOUND] : []),
    ...(facts.found?.length
      ? ["What the check finds, likeliest first:", ...facts.found.map((line) => `- ${cut(line, 250)}`)]
      : []),
    changedBy(facts, wrote),
    `Next: ${[hint, advice(facts, operation, wrote, hint === undefined ? nextOf(facts, meaning) : "")].filter(Boolean).join(" ")}`,
  ];
}

const NOTHING_FOUND = "The check finds nothing that would be refused.";

function nextOf({ found }: FailureFacts, meaning: Meaning | undefined): string | undefined {
  if (found === undefined || meaning === undefined) return meaning?.next;
  if (found.length === 0) return meaning.unfound ?? meaning.next;
  // Where usual causes are known they help on, also beside what was found.
  return meaning.unfound === undefined ? "correct what is found here, and call again" : meaning.next;
}

function verdict({ outcome, code, http }: FailureFacts, wrote: boolean): string {
  if (outcome === "rejected") return "was refused";
  if (outcome === "not_sent") {
    if (code === "LIMIT" || code === "READ_ONLY") return "is not allowed here";
    // With a status it was a look before it that Woodpecker refused.
    return http === undefined ? "did not reach Woodpecker" : "was not sent";
  }
  if (outcome === "unreadable")
    return wrote ? "was accepted, but the answer cannot be read" : "got an answer that cannot be read";
  return outcome === "rate_limited" ? "had no turn" : "got no clear answer";
}

function changedBy({ outcome }: FailureFacts, wrote: boolean): string {
  if (outcome === "not_sent") return NOTHING_SENT;
  if (!wrote || outcome === "rejected" || outcome === "rate_limited") return NOTHING_CHANGED;
  if (outcome === "unreadable") return "Woodpecker said yes, so it was most likely carried out.";
  return "It may or may not have been carried out.";
}

function advice(
  { outcome, retryAfter, http = 0, code }: FailureFacts,
  { effect, name, look }: FailedOperation,
  wrote: boolean,
  fromCatalogue: string | undefined,
): string {
  const unclear = wrote && (outcome === "unknown" || outcome === "unreadable");
  const theirs = http >= 500 || code === "TIMEOUT";
  const status = theirs ? " status.woodpecker.co shows whether Woodpecker has a problem." : "";
  if (unclear && effect === "halt")
    return `it is safe to call ${name} again; get_campaign shows the status.${status}`;
  if (unclear) return `do not call ${name} again yet; look first: ${look}.${status}`;
  if (outcome === "rate_limited" && retryAfter)
    return `Woodpecker asks to be called again in ${sayWait(retryAfter)}, not before.`;
  if (fromCatalogue !== undefined) return fromCatalogue && `${fromCatalogue}.`;
  return outcome === "not_sent"
    ? `check the network and WOODPECKER_API_URL; it is safe to call ${name} again.`
    : `call ${name} again in a minute.`;
}

function hintFor({ code }: FailureFacts, { hints }: FailedOperation, input: Loose): string | undefined {
  const hint = code && hints ? own(hints, code) : undefined;
  return typeof hint === "function" ? hint(input) : hint;
}
