/** Lists in answers: none is said in several ways, but an answer that is not a list must never pass for an empty one. */
import { oneLine } from "../values/foreign.ts";
import { asNumber, asString, isObject, type Loose } from "../values/loose.ts";
import { ApiFailure } from "./failure.ts";

/** The whole answer is of no use: what is missing in it may well be there. */
export const unreadable = (detail: string) => new ApiFailure({ outcome: "unreadable", http: 200, detail });

export const hasId = ({ id }: Loose): boolean => asNumber(id) !== undefined;

interface Listed {
  /** Where the list stands in the answer, when it is not the answer itself. */
  field?: string;
  /** What makes something an entry of this list. */
  isEntry?: (entry: Loose) => boolean;
}

/**
 * The entries of an answer; none for 204, for [] and for `{"message": …}`, which v1 gives for "none".
 *
 * @throws ApiFailure "unreadable" for anything else, also for a list of something else
 */
export function entriesOf(answer: unknown, { field, isEntry = hasId }: Listed = {}): Loose[] {
  const list = field !== undefined && isObject(answer) ? answer[field] : answer;
  if (Array.isArray(list)) {
    if (list.every((entry) => isObject(entry) && isEntry(entry))) return list;
    throw unreadable("the list holds something other than what was asked for");
  }
  if (answer === undefined || (isObject(answer) && asString(answer.message) !== undefined)) return [];
  throw unreadable("the answer is not the list that was asked for");
}

/** A text of an answer that is shown as it is, such as an address or a status: one line, nothing hidden in it. */
export function lineOf(value: unknown): string | undefined {
  const text = asString(value);
  return text === undefined ? undefined : oneLine(text);
}
