/** Forms of a step that mean the list's own: plain text, texts without versions, windows by day, a wait in words. */
import type { Path } from "../values/fault.ts";
import { type Ear, fromText, trimmed } from "../values/lenient.ts";
import { isObject, type Loose } from "../values/loose.ts";
import { textToHtml } from "./plain-text.ts";

const textFields = ["subject", "message", "text", "signature", "track_opens"];

export function acceptSteps(given: unknown, path: Path, ear: Ear): unknown {
  const list = fromText(given, path);
  // A node of the API's tree alone is no list.
  if (isObject(list)) return "body" in list ? given : acceptStep(list, path, ear);
  if (!Array.isArray(list)) return given;
  return list.map((step, index) => acceptStep(step, [...path, index], ear));
}

export function acceptStep(given: unknown, path: Path, ear: Ear): unknown {
  const step = fromText(given, path);
  if (!isObject(step)) return given;
  const { versions: listed, ...rest } = withVersions(step, path, ear);
  const isLinkedin = step.linkedin !== undefined || /^linkedin$/i.test(String(step.type));
  const own = fromText(listed, [...path, "versions"]);
  const all = isObject(own) ? [own] : own;
  const versions = Array.isArray(all)
    ? all.map((one, index) => acceptText(one, isLinkedin, [...path, "versions", index], ear))
    : listed;
  if (isObject(own)) ear.note([...path, "versions"], "one version is read as a list of one");
  return {
    ...rest,
    ...(rest.wait !== undefined && { wait: acceptWait(rest.wait, [...path, "wait"], ear) }),
    ...(rest.delivery_times !== undefined && {
      delivery_times: acceptTimes(rest.delivery_times, [...path, "delivery_times"], ear),
    }),
    ...(versions !== undefined && { versions }),
  };
}

/** Texts on the step itself are those of its only version. */
function withVersions(step: Loose, path: Path, ear: Ear): Loose {
  const own = textFields.filter((field) => step[field] !== undefined);
  if (step.versions !== undefined || own.length === 0) return step;
  const rest = Object.fromEntries(Object.entries(step).filter(([field]) => !own.includes(field)));
  ear.note(path, `${own.join(", ")} on the step ${own.length === 1 ? "is" : "are"} read as its only version`);
  return { ...rest, versions: [Object.fromEntries(own.map((field) => [field, step[field]]))] };
}

/** `text` in place of `message`: plain text becomes what the step takes. */
function acceptText(given: unknown, isLinkedin: boolean, path: Path, ear: Ear): unknown {
  const version = fromText(given, path);
  if (!isObject(version) || typeof version.text !== "string") return version;
  const { text, message, ...rest } = version;
  if (message !== undefined && message !== null) {
    ear.fault([...path, "text"], "and message exclude each other; give one");
    return { ...rest, message };
  }
  ear.note(
    [...path, "text"],
    isLinkedin ? "read as message" : "plain text is written as the HTML of message",
  );
  return { ...rest, message: isLinkedin ? text : textToHtml(String(text)) };
}

/** 3 and "3 days" are three days. */
export function acceptWait(given: unknown, path: Path, ear: Ear): unknown {
  if (typeof given !== "string" && typeof given !== "number") return given;
  const [, value, range = "day"] = /^(\d{1,4})\s*([a-z]*)$/i.exec(trimmed(String(given))) ?? [];
  const unit = Object.entries(units).find(([, forms]) => forms.test(range))?.[0];
  if (value === undefined || unit === undefined) return given;
  ear.note(path, `${JSON.stringify(given)} is read as ${value} ${unit}`);
  return { value: Number(value), range: unit };
}

const units = { DAY: /^$|^d(ays?)?$/i, HOUR: /^h(ours?)?$/i, MINUTE: /^min(ute)?s?$/i };

const isDay = (name: string) => /^(mon|tue|wed|thu|fri|sat|sun)/i.test(name);

/** The API's own form, windows by day, as the list. */
export function acceptTimes(given: unknown, path: Path, ear: Ear): unknown {
  const times = fromText(given, path);
  if (!isObject(times)) return given;
  const days = Object.keys(times);
  if (days.length === 0 || !days.every(isDay)) return given;
  ear.note(path, "windows by day are read as a list");
  return days.flatMap((day) => {
    const windows = Array.isArray(times[day]) ? times[day] : [times[day]];
    return (windows as unknown[]).map((window) => (isObject(window) ? { days: [day], ...window } : window));
  });
}
