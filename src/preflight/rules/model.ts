/**
 * The rules of the model: what create_campaign refuses, said as findings.
 * Source: docs/woodpecker-api.md, Campaigns: create and Steps.
 */
import { draftArguments } from "../../model/campaign.ts";
import { isUndocumentedForm, timezoneWarning, UNDOCUMENTED_FORM } from "../../model/settings.ts";
import { readArguments } from "../../values/check.ts";
import type { Fault } from "../../values/fault.ts";
import { asNumber, asObject, asString, type Loose } from "../../values/loose.ts";
import type { Dossier } from "../dossier.ts";
import type { Issue, Rule } from "../finding.ts";
import { once } from "../texts.ts";

/** Everything for which create_campaign would refuse this. */
export const modelFaults = once(
  ({ origin, given }: Dossier): readonly Fault[] =>
    readArguments(draftArguments, origin === "live" ? knownOf(asObject(given)) : given).faults,
);

/** What was read may hold more than may be written: only the fields that can be written are judged. */
function knownOf({ mailbox_ids, settings, steps }: Loose): Loose {
  const { timezone, daily_enroll } = asObject(settings);
  return {
    // Woodpecker has accepted its name, and nobody who gets the e-mails sees it.
    name: "live",
    mailbox_ids,
    settings: { timezone, daily_enroll },
    steps: Array.isArray(steps) ? steps.map(knownStep) : steps,
  };
}

function knownStep(step: unknown, index: number): Loose {
  const { type, wait, delivery_times, linkedin, versions } = asObject(step);
  return {
    type,
    ...(index > 0 && wait !== undefined && { wait }),
    ...(delivery_times !== undefined && type === "EMAIL" && { delivery_times }),
    ...(linkedin !== undefined && { linkedin }),
    versions: Array.isArray(versions)
      ? versions.map(asObject).map(({ subject, message }) => ({ ...(subject ? { subject } : {}), message }))
      : versions,
  };
}

export const issueOf = ({ path, message }: Fault): Issue => ({
  path,
  message: sentence(message.replace(/^: /, "")),
  remedy: "Correct it; Woodpecker refuses the campaign otherwise.",
});

/** The model speaks of a place in clauses: "must be one of …". */
function sentence(clause: string): string {
  const whole = /^(?:is|must|needs?|may|has|have|cannot|belongs|names|overlaps|holds)\b/.test(clause)
    ? `It ${clause}`
    : clause;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`.replace(/\.\.$/, ".");
}

const USUAL_LIMIT = 500;

/** What Woodpecker may refuse, although one of its pages allows it. */
export const doubtfulRules: readonly Rule[] = [
  {
    // docs/woodpecker-api.md, Time zones: a closed list, which one of the vendor's own samples ignores.
    name: "timezone_unlisted",
    severity: "warning",
    find: ({ settings, origin }) => {
      const name = asString(settings.timezone);
      const warning = name && origin === "draft" ? timezoneWarning(name) : undefined;
      return (
        warning && {
          path: ["settings", "timezone"],
          message: warning,
          remedy: "Use a listed name if Woodpecker refuses it.",
        }
      );
    },
  },
  {
    // docs/woodpecker-api.md, Campaigns: settings: the account's own sending limit is the bound, which no route shows.
    name: "daily_enroll_unusual",
    severity: "warning",
    find: ({ settings, origin }) => {
      const many = asNumber(settings.daily_enroll) ?? 0;
      return (
        origin === "draft" &&
        many > USUAL_LIMIT && {
          path: ["settings", "daily_enroll"],
          message: `Woodpecker refuses more than the account's own sending limit, which is ${USUAL_LIMIT} a day for most accounts; ${many} is asked for.`,
          remedy: `Give at most ${USUAL_LIMIT} unless Woodpecker raised the limit of this account.`,
        }
      );
    },
  },
  {
    // docs/woodpecker-api.md, Contradictions: row 19.
    name: "same_domain_statuses",
    severity: "warning",
    find: ({ settings, origin }) =>
      origin === "draft" &&
      isUndocumentedForm(settings) && {
        path: ["settings", "auto_pause_prospect_from_domain_statuses"],
        message: UNDOCUMENTED_FORM,
        remedy: "If it is refused, ask for REPLIED only.",
      },
  },
  {
    // docs/woodpecker-api.md, Contradictions: row 11: the older pages know DAY and HOUR only.
    name: "wait_in_minutes",
    severity: "warning",
    find: ({ steps, origin }) =>
      steps
        .filter(({ wait }) => wait?.range === "MINUTE" && origin === "draft")
        .map(({ index }) => ({
          path: ["steps", index, "wait"],
          message: "Some of Woodpecker's pages name only DAY and HOUR; MINUTE may be refused.",
          remedy: "Give the wait in hours or days.",
        })),
  },
];

export const modelRules: readonly Rule[] = [
  {
    // docs/woodpecker-api.md, Contradictions, for where the pages disagree.
    name: "model",
    severity: "error",
    find: (dossier) => {
      if (dossier.parts.content) return [];
      const faults = modelFaults(dossier).filter(({ damaged }) => !damaged);
      // One for each place: five days that overlap are one mistake.
      const places = faults.map(({ path }) => path.join());
      return faults.filter(({ path }, at) => places.indexOf(path.join()) === at).map(issueOf);
    },
  },
  {
    // docs/woodpecker-api.md, Campaigns: what the API cannot handle.
    name: "content",
    severity: "could_not_check",
    needs: ["content"],
    find: () => [],
  },
  ...doubtfulRules,
];
