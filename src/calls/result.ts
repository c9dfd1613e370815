/** The forms in which a call is answered: projected, shown as a dry run, labelled as somebody else's, kept to a size. */

import type { Change } from "../memory/journal.ts";
import type { Earlier } from "../memory/repeats.ts";
import type { CallResult } from "../values/call-result.ts";
import { type Fault, placesByMessage } from "../values/fault.ts";
import { oneLine, quoted, wholeLines } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import { accountLabel } from "./account-label.ts";
import type { CallContext, Ended, Output } from "./context.ts";
import type { Operation } from "./operation.ts";
import { ago } from "./question.ts";

/** What a result may weigh: Claude Code caps a tool result at 25,000 tokens. */
const MAX_RESULT = 40_000;

/** What the call was about, for results that come before `run` could say. */
export const campaignOf = ({ campaign_id }: Loose): Loose =>
  campaign_id === undefined ? {} : { campaign_id };

/** The output schema is the projection: what it does not name stays behind. It never turns a write that was done into an error. */
export function project(operation: Operation, output: Loose): Loose {
  const parsed = operation.output.safeParse(output);
  return parsed.success ? parsed.data : output;
}

export const outputOf = (operation: Operation, output: Loose): Output => ({
  structured: project(operation, output),
  text:
    output.outcome === "accepted" && output.campaign_id !== undefined
      ? sayAccepted(operation, output)
      : operation.text(output),
});

/** Woodpecker said yes, and reading back shows that it is not so. */
function sayAccepted({ title }: Operation, { campaign_id, name, status, seen, next }: Loose): string {
  const campaign = `campaign ${campaign_id}${name ? ` ${quoted(String(name))}` : ""}`;
  const sentence = String(seen ?? `The campaign reads ${oneLine(String(status))}.`);
  const [first = "", ...rest] = sentence;
  return [
    `${title}: Woodpecker accepted it, but ${first.toLowerCase()}${rest.join("")}`,
    `This is about ${campaign}.`,
    `Next: ${next}`,
  ].join("\n");
}

export function ended(operation: Operation, output: Output): Ended {
  const done = output.structured.outcome === "done";
  return { result: guardSize(operation, output), certainty: done ? "done" : "not_done" };
}

/** What repeating a call says when the process that carried it out ended in the middle. */
export const cutOff = ({ title, name, look }: Operation): CallResult => ({
  isError: true,
  content: [
    {
      type: "text",
      text: [
        `${title}: the server ended while it was carried out, before its answer was there.`,
        "It may or may not have been carried out.",
        `Next: do not call ${name} again yet; look first: ${look}.`,
      ].join("\n"),
    },
  ],
});

/** @param status of the campaign that came of it, as it is now; undefined where there is none, or it cannot be read */
export function deduplicated(operation: Operation, earlier: Earlier, status: string | undefined): CallResult {
  const { result } = earlier;
  const note = `The same ${operation.name} was called ${ago(earlier)}, and nothing was sent now. To do it a second time on purpose, add allow_duplicate: true.`;
  const { campaign_id, name } = result.structuredContent ?? {};
  if (status === undefined || result.structuredContent?.outcome !== "done")
    return relabelled(result, "deduplicated", note);
  // What was said of it then, such as "nothing is sent yet", may no longer be so.
  const { next: _then, ...known } = result.structuredContent;
  const now = `Campaign ${campaign_id} ${quoted(String(name ?? ""))} came of it; it is ${oneLine(status)} now.`;
  return {
    ...result,
    content: [{ type: "text", text: `${note}\n${now}` }],
    structuredContent: { ...known, outcome: "deduplicated", status, note },
  };
}

/** Somebody else's result. What is only asked for, or failed, stays what it is. */
export function relabelled(result: CallResult, outcome: string, note: string): CallResult {
  const [block] = result.content;
  const content = [{ type: "text" as const, text: `${note}\n${block?.text ?? ""}` }];
  if (result.structuredContent?.outcome !== "done") return result.isError ? { ...result, content } : result;
  return { ...result, content, structuredContent: { ...result.structuredContent, outcome, note } };
}

/** A write says in which account it was, where there may be several. */
export function inAccount(result: CallResult, { accountName, companyId }: CallContext): CallResult {
  const account = accountLabel({ name: accountName, companyId });
  if (!account || !result.structuredContent) return result;
  return {
    ...result,
    content: [{ type: "text", text: `${result.content[0]?.text ?? ""}\nAccount: ${account}` }],
    structuredContent: { ...result.structuredContent, account },
  };
}

/** What an error may weigh. */
const MAX_ERROR = 2_000;

/** Room for what was understood otherwise than written; a list of people may hold hundreds of such. */
const MAX_NOTES = 1_500;

/** And in the structured result, where the rest of them can be read. */
const MAX_ALL_NOTES = 6_000;

/** Says what was understood otherwise than written, for programs and for people. */
export function noting(result: CallResult, notes: readonly Fault[]): CallResult {
  if (notes.length === 0) return result;
  const { structuredContent: known, content } = result;
  const text = content[0]?.text ?? "";
  const isBare = result.isError === true && known === undefined;
  const all = sayNotes(notes);
  const shown = fittingNotes(all, isBare ? MAX_ERROR - text.length : MAX_NOTES, isBare ? "" : IN_STRUCTURED);
  if (isBare && shown.length === 0) return result;
  const said = [text, ...shown.map((note) => `Note: ${note}`)].join("\n");
  if (isBare) return { ...result, content: [{ type: "text", text: said }] };
  const whole = fittingNotes(
    all,
    JSON.stringify(known ?? {}).length < MAX_RESULT / 2 ? MAX_ALL_NOTES : MAX_NOTES,
  );
  const structured = { ...known, notes: [...((known?.notes ?? []) as string[]), ...whole] };
  const room = MAX_RESULT - JSON.stringify(structured).length;
  return {
    ...result,
    content: [{ type: "text", text: wholeLines(said, Math.max(room, MAX_ERROR)) }],
    structuredContent: structured,
  };
}

const IN_STRUCTURED = "; all that fit stand under notes in the structured result";

function fittingNotes(all: readonly string[], most: number, where = ""): string[] {
  let room = most - 40;
  const shown = all.filter((note) => {
    room -= note.length + 7;
    return room >= 0;
  });
  const more = all.length - shown.length;
  return more > 0 && most > 40
    ? [...shown, `${more} more ${more === 1 ? "was" : "were"} read likewise${where}.`]
    : shown;
}

/** The same reading at several places is one note. */
function sayNotes(notes: readonly Fault[]): string[] {
  return [...placesByMessage(notes)].map(([message, where]) => {
    const more = where.length > 3 ? ` and ${where.length - 3} more places` : "";
    return `${where.slice(0, 3).join(", ")}${more}${message}`;
  });
}

export function guardSize(operation: Operation, { structured, text }: Output): CallResult {
  const size = JSON.stringify(structured).length;
  if (size + text.length <= MAX_RESULT)
    return { content: [{ type: "text", text }], structuredContent: structured };
  if (operation.effect === "read" && size > MAX_RESULT / 2) {
    throw new Refusal(
      `${operation.title}: the result has ${size} characters, more than a client can take.`,
      "ask for less: a smaller limit, a filter, or one step at a time.",
    );
  }
  const short = wholeLines(text, Math.max(MAX_ERROR, MAX_RESULT - size));
  return { content: [{ type: "text", text: short }], structuredContent: structured };
}

/** Says also what of the call's writes could not be written down. */
export function notingRecords(result: CallResult, notRecorded: string | undefined): CallResult {
  if (notRecorded === undefined) return result;
  const { content, structuredContent } = result;
  return {
    ...result,
    content: [{ type: "text", text: `${content[0]?.text ?? ""}\n${notRecorded}` }],
    ...(structuredContent && { structuredContent: { ...structuredContent, not_recorded: notRecorded } }),
  };
}

/** Says the way back of an edit. */
export const withUndo = ({ structured, text, ...rest }: Output, undo: string | undefined): Output => ({
  ...rest,
  structured,
  text: undo === undefined ? text : `${text}\nTo take it back: ${undo}.`,
});

/** What the journal keeps of a result. */
export function ending({ outcome, campaign_id, undo, verified_by }: Loose): Partial<Change> {
  return {
    outcome,
    ...(campaign_id !== undefined && { campaign_id }),
    ...(undo !== undefined && { undo }),
    ...(verified_by !== undefined && { verified_by }),
  } as Partial<Change>;
}
