/** Zones that Woodpecker knows, and names that stand for one of them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settings, timezoneWarning } from "../../src/model/settings.ts";
import { judgeTimezone, timezones } from "../../src/model/timezones.ts";
import { timezones as ofSandbox } from "../../src/sandbox/timezones.ts";

const faultOf = (timezone: string): string | undefined => {
  const parsed = settings.safeParse({ timezone, daily_enroll: 1 });
  return parsed.success ? undefined : parsed.error.issues.map(({ message }) => message).join();
};

describe("the closed list of time zones", () => {
  it("has 289 names, each once, all known to Node", () => {
    expect(timezones).toHaveLength(289);
    expect(new Set(timezones).size).toBe(289);
    for (const timeZone of timezones) expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  });

  it("is the one that the sandbox read from the same article", () => {
    expect([...ofSandbox()].sort()).toEqual([...timezones].sort());
  });

  it("accepts every one of its names without a word", () => {
    for (const name of timezones)
      expect([name, judgeTimezone(name).kind, faultOf(name), timezoneWarning(name)]).toEqual([
        name,
        "accepted",
        undefined,
        undefined,
      ]);
  });
});

describe("a name that is not on the list", () => {
  it.each([
    ["Europe/Kyiv", "Europe/Kiev"],
    ["Etc/UTC", "UTC"],
    ["GMT", "UTC"],
  ])("%s is refused and called %s", (name, right) => {
    expect(judgeTimezone(name)).toEqual({ kind: "renamed", use: right });
    expect(faultOf(name)).toContain(`"${right}"`);
  });

  it("in any other case is called by its right name", () => {
    const anyCase = fc
      .tuple(fc.constantFrom(...timezones), fc.infiniteStream(fc.boolean()))
      .map(([name, upper]) => [
        name,
        [...name].map((char) => (upper.next().value ? char.toUpperCase() : char.toLowerCase())).join(""),
      ]);
    const property = fc.property(anyCase, ([name = "", spelt = ""]) => {
      fc.pre(spelt !== name);
      const twins = timezones.filter((zone) => zone.toLowerCase() === name.toLowerCase());
      expect(judgeTimezone(spelt)).toEqual({ kind: "renamed", use: twins[0] });
    });
    fc.assert(property);
  });

  it.each(["Africa/Algiers", "America/Detroit"])("%s is a real zone: it passes with a warning", (name) => {
    expect(judgeTimezone(name).kind).toBe("unlisted");
    expect(faultOf(name)).toBeUndefined();
    expect(timezoneWarning(name)).toContain(`${name} is not on Woodpecker's published list`);
  });

  it("and real names zones with the same clock", () => {
    const warning = timezoneWarning("America/Detroit");
    expect(warning).toMatch(
      /the same time is kept by .*America\/(New_York|Toronto|Nassau|Grand_Turk|Indianapolis|Port-au-Prince)/,
    );
  });

  it.each(["Mars/Base", "", "Berlin time", "<script>"])("%j is refused with examples", (name) => {
    expect(judgeTimezone(name).kind).toBe("unknown");
    expect(faultOf(name)).toMatch(/is not a time zone that Woodpecker knows; use a name such as \w+/);
  });

  it.each([
    ["Europe/Berln", "Europe/Berlin"],
    ["Europe/Warszawa", "Europe/Warsaw"],
    ["America/NewYork", "America/New_York"],
  ])("%s is near %s", (name, near) => {
    expect(faultOf(name)).toContain(near);
  });

  it("is judged without an error whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (name) => {
        expect(["accepted", "renamed", "ambiguous", "unlisted", "unknown"]).toContain(
          judgeTimezone(name).kind,
        );
      }),
    );
  });
});
