/**
 * Does the campaign's time zone fit anybody? Woodpecker reads the windows in it, so what is morning there may be night where people
 * read. Where they are is told by their country, else by the ending of their address.
 */
import { countryName, countryNamed, countryOfAddress, zonesOf } from "../../model/countries.ts";
import { HOUR, isZone, toLocal, zoneOf } from "../../model/zone.ts";
import { asString } from "../../values/loose.ts";
import { type Dossier, emailSteps } from "../dossier.ts";
import type { Issue, Rule } from "../finding.ts";
import { openRows } from "../people.ts";
import { senderAddresses } from "../senders.ts";
import { peopleOf } from "./prospects.ts";

/** Office hours of both still overlap for most of the day. */
const NEAR = 3;

export const zoneFitRules: readonly Rule[] = [
  {
    name: "timezone_elsewhere",
    severity: "warning",
    needs: ["prospects"],
    find: (dossier) => {
      const { settings, now } = dossier;
      const timezone = asString(settings.timezone) ?? "";
      // With prospect_timezone Woodpecker takes each person's own.
      if (!isZone(timezone) || settings.prospect_timezone === true) return undefined;
      const people = openRows(peopleOf(dossier).rows);
      const places = people.flatMap(
        (row) =>
          countryNamed(asString(row.country) ?? "") ?? countryOfAddress(asString(row.email) ?? "") ?? [],
      );
      const hours = hoursFrom(timezone, now);
      const far = counted(places.filter((code) => Math.abs(hours(code)?.hours ?? 0) > NEAR));
      const count = far.reduce((sum, [, each]) => sum + each, 0);
      const [most] = far;
      return most && count * 2 > people.length && issueOf(dossier, timezone, people.length, far, hours);
    },
  },
];

type Hours = (code: string) => { zone: string; hours: number } | undefined;

/** Of the zones of a country the one that is nearest, and how many hours it is ahead. */
function hoursFrom(timezone: string, now: number): Hours {
  const known = new Map<string, ReturnType<Hours>>();
  const nearest = (code: string) =>
    zonesOf(code)
      .filter(isZone)
      .map((zone) => ({ zone, hours: aheadOf(zone) }))
      .sort((a, b) => Math.abs(a.hours) - Math.abs(b.hours))[0];
  const own = toLocal(zoneOf(timezone), now);
  const aheadOf = (zone: string) => {
    const hours = (toLocal(zoneOf(zone), now) - own) / HOUR;
    return hours > 12 ? hours - 24 : hours < -12 ? hours + 24 : hours;
  };
  return (code) => {
    if (!known.has(code)) known.set(code, nearest(code));
    return known.get(code);
  };
}

/** The most frequent first. */
function counted(codes: readonly string[]): [code: string, count: number][] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function issueOf(
  dossier: Dossier,
  timezone: string,
  total: number,
  far: [string, number][],
  hours: Hours,
): Issue {
  const count = far.reduce((sum, [, each]) => sum + each, 0);
  const [[most] = [""]] = far;
  const there = hours(most);
  const named = far.slice(0, 3).map(([code, each]) => `${each} in ${countryName(code)}`);
  const [window] = emailSteps(dossier)[0]?.windows ?? [];
  const clocks =
    window && there
      ? `: ${window.from}-${window.to} is ${shifted(window.from, there.hours)}-${shifted(window.to, there.hours)} in ${countryName(most)}`
      : "";
  const domains = [...new Set(senderAddresses(dossier).map((address) => address.split("@")[1] ?? ""))];
  const senders = domains.flatMap((domain) => {
    const code = countryOfAddress(domain);
    return code ? [{ domain, fits: Math.abs(hours(code)?.hours ?? 0) <= NEAR }] : [];
  });
  const fits = senders.some((sender) => sender.fits);
  const whose =
    fits || senders.length === 0
      ? ""
      : `, nor the senders (${senders.map(({ domain }) => domain).join(", ")})`;
  return {
    path: ["settings", "timezone"],
    ...(fits && { severity: "info" as const }),
    message: `The time zone ${timezone} does not fit ${count} of ${total} people (${named.join(", ")})${whose}${clocks}.`,
    remedy: `Set the time zone to where people read${there ? `, such as ${there.zone}` : ""}, or have Woodpecker use each person's own (prospect_timezone).`,
  };
}

/** 08:00, so many hours later on a clock. */
function shifted(time: string, hours: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const total = (((hour * 60 + minute + Math.round(hours * 60)) % 1440) + 1440) % 1440;
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}
