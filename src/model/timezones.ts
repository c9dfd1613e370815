/** Which time zones Woodpecker accepts under which names, and what a name means that is not on its list. */
import { closest } from "../values/closest.ts";
import type { Path } from "../values/fault.ts";
import { quoted } from "../values/foreign.ts";
import { type Ear, read, trimmed } from "../values/lenient.ts";
import { timezones } from "./timezone-list.ts";
import { canonicalName, zonesNamed } from "./timezone-names.ts";

export { timezones } from "./timezone-list.ts";

const accepted = new Set(timezones);

/** What is known about a time zone name: accepted as it is, accepted under another name, a real zone that is not on the list, or no zone at all. */
type TimezoneVerdict =
  | { kind: "accepted" }
  | { kind: "renamed"; use: string }
  | { kind: "ambiguous"; among: readonly string[] }
  | { kind: "unlisted"; similar: string[] }
  | { kind: "unknown"; similar: string[] };

export function judgeTimezone(name: string): TimezoneVerdict {
  if (accepted.has(name)) return { kind: "accepted" };
  const named = zonesNamed(name);
  if (named.length > 1) return { kind: "ambiguous", among: named };
  if (named[0] !== undefined) return { kind: "renamed", use: named[0] };
  const canonical = canonicalName(name);
  if (!canonical) return { kind: "unknown", similar: closest(name, timezones) };
  const same =
    timezones.find((zone) => zone === canonical) ??
    timezones.find((zone) => canonicalName(zone) === canonical);
  return same ? { kind: "renamed", use: same } : { kind: "unlisted", similar: sameClock(name) };
}

/** Why a name cannot be the time zone of a campaign; a real zone that is not on the list passes. */
export function timezoneFault(name: string): string | undefined {
  const verdict = judgeTimezone(name);
  if (verdict.kind === "renamed") return `"${name}" is called "${verdict.use}" in Woodpecker; use that name`;
  if (verdict.kind === "ambiguous")
    return `could be ${verdict.among.join(" or ")}; name the one that is meant`;
  if (verdict.kind !== "unknown") return undefined;
  const examples =
    verdict.similar.length > 0 ? verdict.similar : ["Europe/Warsaw", "America/New_York", "UTC"];
  return `is not a time zone that Woodpecker knows; use a name such as ${examples.join(", ")}`;
}

/** Accepted zones whose clocks agree with `zone` in January and in July, those of its own area first. */
function sameClock(zone: string): string[] {
  const area = zone.split("/")[0];
  const own = offsets(zone);
  const agreeing = timezones.filter((other) => offsets(other) === own);
  const near = agreeing.filter((other) => other.startsWith(`${area}/`));
  return [...near, ...agreeing.filter((other) => !near.includes(other))].slice(0, 3);
}

function offsets(zone: string): string {
  const year = new Date().getUTCFullYear();
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return [0, 6]
    .map((month) =>
      format.formatToParts(new Date(Date.UTC(year, month, 15))).find((part) => part.type === "timeZoneName"),
    )
    .map((part) => part?.value)
    .join();
}

/** A zone under another name is taken for the one on the list. */
export function readTimezone(value: unknown, path: Path, ear: Ear): unknown {
  if (typeof value !== "string") return value;
  const name = trimmed(value);
  const verdict = judgeTimezone(name);
  if (verdict.kind === "ambiguous") ear.fault(path, `${timezoneFault(name)}; got ${quoted(name)}`);
  const meant = verdict.kind === "renamed" ? verdict.use : name;
  if (meant !== value) ear.note(path, read(value, meant));
  return meant;
}
