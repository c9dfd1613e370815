/** Settings that do something other than people expect. Source: docs/woodpecker-api.md, Campaigns: settings. */

import { plain } from "../../values/foreign.ts";
import { sayBounces } from "../bounces.ts";
import { type Dossier, emailSteps, known } from "../dossier.ts";
import type { Rule } from "../finding.ts";

export const settingsRules: readonly Rule[] = [
  {
    // docs/woodpecker-api.md, Bounce shield: a resume sends to the rest of the same list.
    name: "bounce_shield_paused",
    severity: "warning",
    find: (dossier) => {
      const { autopausedAt, parts } = dossier;
      if (!autopausedAt) return undefined;
      const limit = known(parts.bounceShield);
      const rate = sayBounces(dossier);
      return {
        path: ["bounce_shield"],
        message: `The bounce shield paused this campaign at ${plain(autopausedAt, 40)}${rate ? `: ${rate}` : ""}${limit === undefined ? "" : `; it allows ${limit} %`}.`,
        remedy: "Verify the addresses that are left before it runs again; bounces harm the sending domains.",
      };
    },
  },
  {
    name: "verifies_only",
    severity: "info",
    find: ({ settings }) =>
      settings.catch_all_verification_mode === "ONLY_VERIFY" && {
        path: ["settings", "catch_all_verification_mode"],
        message: "ONLY_VERIFY leaves out catch-all addresses; all others are written to.",
        remedy: "Nothing to do, if catch-all addresses are to be left out.",
      },
  },
  {
    // Google's sender guidelines ask for few bounces and complaints; unverified addresses bounce.
    name: "verifies_nothing",
    severity: "info",
    find: ({ settings }) =>
      settings.catch_all_verification_mode === "NONE" && {
        path: ["settings", "catch_all_verification_mode"],
        message: "NONE writes to every address, also where it will probably bounce.",
        remedy: "Use BALANCED unless the addresses were verified elsewhere.",
      },
  },
  {
    // docs/woodpecker-api.md, Prospects: import: a person's zone cannot be stored through the API.
    name: "prospect_zones_unset",
    severity: "info",
    find: ({ settings }) =>
      settings.prospect_timezone === true && {
        path: ["settings", "prospect_timezone"],
        message:
          "Prospects' own time zones come first, but the API can neither set nor show them; without one the campaign's zone counts.",
        remedy: "Set them in the Woodpecker app, or expect the campaign's zone.",
      },
  },
  {
    // The pixel of open tracking leads through another domain and hurts deliverability.
    name: "opens_tracked",
    severity: "info",
    find: (dossier) => {
      const [first] = emailSteps(dossier).flatMap(({ index: step, versions }) =>
        versions.flatMap(({ index, trackOpens }) => (trackOpens ? [{ step, version: index }] : [])),
      );
      return (
        first && {
          path: ["steps", first.step, "versions", first.version, "track_opens"],
          message: `Opens are tracked, here and perhaps in later steps; the invisible image hurts deliverability, and programs that load it count as opens${opensSoFar(dossier)}.`,
          remedy: "Turn it off unless open rates are needed.",
        }
      );
    },
  },
];

/** Beside the rate itself, where the campaign has one. */
function opensSoFar({ parts }: Dossier): string {
  const steps = known(parts.standing)?.steps ?? [];
  const delivered = steps.reduce((sum, step) => sum + step.delivered, 0);
  const opened = steps.reduce((sum, step) => sum + step.opened, 0);
  if (delivered === 0) return "";
  return `, so fewer people have read it than the open rate says (${opened} of ${delivered}, ${((opened / delivered) * 100).toFixed(1)} %)`;
}
