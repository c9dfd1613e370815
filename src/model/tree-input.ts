/**
 * The API's nested chain as somebody gives it in place of the list. Reading an answer of the API forgives anything; what
 * is given to be written must not lose a word, so here every part has to be of its kind.
 */
import { type Fault, InputFailure, type Path } from "../values/fault.ts";
import { cut } from "../values/foreign.ts";
import { asNumber, isObject, type Loose } from "../values/loose.ts";
import { listFromTree } from "./tree.ts";

/** Does the value look like the nested chain? */
export function isTree(value: unknown): boolean {
  return isObject(value) && (value.type === "START" || value.followup !== undefined);
}

export function listFromGivenTree(tree: Loose): unknown[] {
  const faults = treeFaults(tree);
  if (faults.length > 0) throw new InputFailure(faults);
  return listFromTree(tree).steps;
}

function treeFaults(tree: Loose): Fault[] {
  const { type, followup, id: _id, ...rest } = tree;
  if (type !== "START")
    return [{ path: ["steps"], message: 'as a tree must begin with {"type": "START", "followup": …}' }];
  const faults: Fault[] = Object.keys(rest).map((key) => ({
    path: ["steps"],
    message: `has an unknown name in START: ${cut(key, 60)}`,
  }));
  let node: unknown = followup;
  for (let index = 0; node !== undefined && node !== null && index < 20; index += 1) {
    if (!isObject(node))
      return [...faults, { path: ["steps", index], message: "must be an object: a step in followup" }];
    faults.push(...nodeFaults(node, ["steps", index]));
    node = node.followup;
  }
  if (followup === undefined || followup === null)
    faults.push({ path: ["steps"], message: "needs at least 1 entry: START has no followup" });
  return faults;
}

function nodeFaults({ delivery_time, body, followup_after }: Loose, at: Path): Fault[] {
  return [
    ...(delivery_time === undefined ? [] : windowFaults(delivery_time, [...at, "delivery_times"])),
    ...bodyFaults(body, at),
    ...(followup_after === undefined || followup_after === null ? [] : waitFaults(followup_after, at)),
  ];
}

function windowFaults(byDay: unknown, at: Path): Fault[] {
  if (!isObject(byDay)) return [{ path: at, message: "must be an object of days (delivery_time)" }];
  return Object.entries(byDay)
    .filter(([, windows]) => !(Array.isArray(windows) && windows.every(isWindow)))
    .map(([day]) => ({
      path: at,
      message: `needs a list of windows {"from": "HH:mm", "to": "HH:mm"} for ${cut(day, 20)}`,
    }));
}

const isWindow = (window: unknown) =>
  isObject(window) &&
  typeof window.from === "string" &&
  typeof window.to === "string" &&
  Object.keys(window).every((key) => key === "from" || key === "to");

function bodyFaults(body: unknown, at: Path): Fault[] {
  if (!isObject(body))
    return [{ path: [...at, "versions"], message: "is required: body must be an object with versions" }];
  if (!Array.isArray(body.versions)) return [{ path: [...at, "versions"], message: "must be a list" }];
  return body.versions.flatMap((version, index): Fault[] => {
    const path = [...at, "versions", index];
    if (!isObject(version)) return [{ path, message: "must be an object" }];
    const { subject, message } = version;
    const faults: Fault[] = [];
    if (subject !== undefined && subject !== null && typeof subject !== "string") {
      faults.push({ path: [...path, "subject"], message: "must be text" });
    }
    if (typeof message !== "string")
      faults.push({
        path: [...path, "message"],
        message: message === undefined ? "is required" : "must be text",
      });
    return faults;
  });
}

/** The wait after a step is shown, in the list, on the step that waits. */
function waitFaults(wait: unknown, at: Path): Fault[] {
  const path = [...at.slice(0, -1), (at.at(-1) as number) + 1, "wait"];
  const isRight =
    isObject(wait) &&
    (wait.value === undefined || asNumber(wait.value) !== undefined) &&
    (wait.range === undefined || typeof wait.range === "string") &&
    Object.keys(wait).every((key) => key === "value" || key === "range");
  const message = 'must be {"value": a whole number, "range": "DAY", "HOUR" or "MINUTE"} (followup_after)';
  return isRight ? [] : [{ path, message }];
}
