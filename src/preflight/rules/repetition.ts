/**
 * The same thing twice. Source: docs/woodpecker-api.md, Steps: grammar (versions of a step are compared) and
 * Campaigns: create (names are free and not unique).
 */
import { quoted } from "../../values/foreign.ts";
import { known, type SeenVersion } from "../dossier.ts";
import type { Rule } from "../finding.ts";
import { once, visibleText } from "../texts.ts";

const essence = once(({ message }: SeenVersion) => ofText(message));
const ofText = (text: string) => visibleText(text).replace(/\s+/g, " ").toLowerCase();
/** With its subject. */
const whole = once((version: SeenVersion) => `${ofText(version.subject ?? "")}\n${essence(version)}`);

export const repetitionRules: readonly Rule[] = [
  {
    name: "versions_alike",
    severity: "warning",
    find: ({ steps }) =>
      steps.flatMap(({ index, versions }) =>
        versions.flatMap((version, place) => {
          const before = versions.slice(0, place).find((other) => whole(other) === whole(version));
          if (!before) return [];
          return [
            {
              path: ["steps", index, "versions", place, "message"],
              message: `Version ${version.letter} reads the same as version ${before.letter}; comparing them shows nothing.`,
              remedy: "Change one thing in it, or leave it out.",
            },
          ];
        }),
      ),
  },
  {
    // A follow-up that repeats the e-mail before looks like a mistake, and filters know repeated text.
    name: "step_repeats",
    severity: "warning",
    find: ({ steps }) => {
      const seen = new Map<string, number>();
      return steps.flatMap(({ index, number, type, versions }) =>
        versions.flatMap((version, place) => {
          const key = `${type} ${essence(version)}`;
          const before = seen.get(key);
          seen.set(key, before ?? number);
          if (before === undefined || before === number || essence(version).length < 20) return [];
          return [
            {
              path: ["steps", index, "versions", place, "message"],
              message: `This is the text of step ${before} again.`,
              remedy: "Say something new in a follow-up.",
            },
          ];
        }),
      );
    },
  },
  {
    name: "duplicate_name",
    severity: "warning",
    needs: ["campaigns"],
    find: ({ name, id, parts }) => {
      const same = (known(parts.campaigns) ?? []).find(
        (row) =>
          row.id !== id && name.trim() !== "" && row.name.trim().toLowerCase() === name.trim().toLowerCase(),
      );
      if (!same) return [];
      return [
        {
          path: ["name"],
          message: `Campaign ${same.id} (${same.status}) is called ${quoted(same.name)} too.`,
          remedy: "Make sure that it is not the same campaign, or give this one another name.",
        },
      ];
    },
  },
];
