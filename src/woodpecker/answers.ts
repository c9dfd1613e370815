/** Lists in answers: none is said in several ways, but an answer that is no list must never pass for an empty one. */
import { oneLine } from "../values/foreign.ts";
import { asString, isObject } from "../values/loose.ts";
import { ApiFailure } from "./failure.ts";

/**
 * The entries of an answer; empty for 204, for [] and for `{"message": …}`, which v1 gives for "none".
 *
 * @param field where the list stands in the answer, when it is not the answer itself
 * @throws ApiFailure "unreadable" for anything else
 */
export function entriesOf(answer: unknown, field?: string): unknown[] {
  const list = field !== undefined && isObject(answer) ? answer[field] : answer;
  if (Array.isArray(list)) return list;
  if (answer === undefined || (isObject(answer) && asString(answer.message) !== undefined)) return [];
  throw new ApiFailure({
    outcome: "unreadable",
    http: 200,
    detail: "the answer is not the list that was asked for",
  });
}

/** A text of an answer that is shown as it is, such as an address or a status: one line, nothing hidden in it. */
export function lineOf(value: unknown): string | undefined {
  const text = asString(value);
  return text === undefined ? undefined : oneLine(text);
}
