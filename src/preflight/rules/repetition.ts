/**
 * The same thing twice. Source: docs/woodpecker-api.md, Steps: grammar (versions of a step are compared) and
 * Campaigns: create (names are free and not unique).
 */
import { quoted } from "../../values/foreign.ts";
import { type Dossier, known, type SeenVersion } from "../dossier.ts";
import { on, type Rule } from "../finding.ts";
import { once, visibleText } from "../texts.ts";

const essence = once(({ message }: SeenVersion) => ofText(message));
const ofText = (text: string) => visibleText(text).replace(/\s+/g, " ").toLowerCase();
/** With its subject. */
const whole = once((version: SeenVersion) => `${ofText(version.subject ?? "")}\n${essence(version)}`);

/** Every version, with its step and its place. */
const placed = ({ steps }: Dossier) =>
  steps.flatMap((step) =>
    step.versions.map((version, at) => ({
      step,
      version,
      path: ["steps", step.index, "versions", at, "message"],
    })),
  );

export const repetitionRules: readonly Rule[] = [
  on(placed, {
    name: "versions_alike",
    severity: "warning",
    found: ({ step, version }) =>
      step.versions.slice(0, version.index).find((other) => whole(other) === whole(version)),
    message: (before, { version }) =>
      `Version ${version.letter} reads the same as version ${before.letter}; comparing them shows nothing.`,
    remedy: "Change one thing in it, or leave it out.",
  }),
  on(placed, {
    // A follow-up that repeats the e-mail before looks like a mistake, and filters know repeated text.
    name: "step_repeats",
    severity: "warning",
    found: ({ step, version }, { steps }) =>
      essence(version).length >= 20 &&
      steps
        .slice(0, step.index)
        .find(
          ({ type, versions }) =>
            type === step.type && versions.some((other) => essence(other) === essence(version)),
        ),
    message: ({ number }) => `This is the text of step ${number} again.`,
    remedy: "Say something new in a follow-up.",
  }),
  {
    name: "duplicate_name",
    severity: "warning",
    needs: ["campaigns"],
    find: ({ name, id, parts }) => {
      const own = name.trim().toLowerCase();
      const same = (known(parts.campaigns) ?? []).find(
        (row) => row.id !== id && own !== "" && row.name.trim().toLowerCase() === own,
      );
      return (
        same && {
          path: ["name"],
          message: `Campaign ${same.id} (${same.status}) is called ${quoted(same.name)} too.`,
          remedy: "Make sure that it is not the same campaign, or give this one another name.",
        }
      );
    },
  },
];
