/**
 * The people of a live campaign. Source: docs/woodpecker-api.md, Prospects: reading and Texts: snippets: anyone without
 * a value is set aside as TO-CHECK; a prospect may be in several campaigns at once.
 */
import { firstOf, quoted } from "../../values/foreign.ts";
import type { EnrolledRow, Enrolment } from "../../woodpecker/prospects.ts";
import { type Dossier, known, type People } from "../dossier.ts";
import { needing } from "../finding.ts";
import { openRows } from "../people.ts";

const path = ["prospects"];
export const peopleOf = ({ parts }: Dossier): People => known(parts.prospects) ?? { total: 0, rows: [] };
export const seen = ({ total, rows }: People) =>
  total > rows.length
    ? `the first ${rows.length} of ${total} prospects`
    : `the ${total === 1 ? "1 prospect" : `${total} prospects`}`;

export const prospectRules = needing("prospects", [
  {
    name: "no_prospects",
    severity: "warning",
    find: (dossier) =>
      peopleOf(dossier).total === 0 && {
        path,
        message: "Nobody is enrolled; there is nobody to write to.",
        remedy: "Enrol people.",
      },
  },
  {
    // docs/woodpecker-api.md, Campaigns: statuses: COMPLETED can hide people who were set aside and not written to.
    name: "prospects_set_aside",
    severity: "warning",
    find: (dossier) => {
      const people = peopleOf(dossier);
      const parked = people.rows.filter(({ status }) => status === "TO-CHECK").length;
      return (
        parked > 0 && {
          path,
          message: `Of ${seen(people)}, ${parked} ${parked === 1 ? "is" : "are"} set aside under TO-CHECK and not written to, mostly for a missing snippet value.`,
          remedy: "Complete their data, or add fallbacks to the texts.",
        }
      );
    },
  },
  {
    name: "prospects_cannot_be_reached",
    severity: "info",
    find: (dossier) => {
      const people = peopleOf(dossier);
      const gone = people.rows.filter(({ status }) =>
        ["BOUNCED", "BLACKLIST", "INVALID"].includes(String(status)),
      ).length;
      return (
        gone > 0 && {
          path,
          message: `Of ${seen(people)}, ${gone} will not be written to any more: the address bounced, is invalid, or opted out.`,
          remedy: "Nothing to do; do not enrol them again.",
        }
      );
    },
  },
  {
    // Two campaigns that write to one person at once look like spam to the person and to the provider.
    name: "prospects_in_other_campaigns",
    severity: "warning",
    find: (dossier) => {
      const people = peopleOf(dossier);
      const others = new Map<number, { name: string; count: number }>();
      let shared = 0;
      for (const row of openRows(people.rows)) {
        const running = elsewhere(row, dossier.id);
        if (running.length > 0) shared += 1;
        for (const { id, name } of running) others.set(id, { name, count: (others.get(id)?.count ?? 0) + 1 });
      }
      const named = firstOf([...others], 3, ([id, { name, count }]) => `${id} ${quoted(name)} (${count})`);
      return (
        shared > 0 && {
          path,
          message: `Of ${seen(people)}, ${shared} ${shared === 1 ? "is" : "are"} active in other running campaigns too: ${named}.`,
          remedy: "Take them out of one of the campaigns, or wait until the other is done.",
        }
      );
    },
  },
  {
    // Nothing is documented for a prospect without a profile; a visit needs one.
    name: "linkedin_url_missing",
    severity: "warning",
    find: (dossier) => {
      const people = peopleOf(dossier);
      const step = dossier.steps.find(({ type }) => type === "LINKEDIN");
      const without = openRows(people.rows).filter(({ linkedin_url }) => !linkedin_url).length;
      return (
        step &&
        without > 0 && {
          path: ["steps", step.index],
          message: `Of ${seen(people)}, ${without} ${without === 1 ? "has" : "have"} no linkedin_url; the LinkedIn step cannot reach them.`,
          remedy: "Add their LinkedIn addresses, or expect them to stop before this step.",
        }
      );
    },
  },
]);

const elsewhere = ({ campaigns }: EnrolledRow, own: number | undefined): Enrolment[] =>
  campaigns.filter(
    ({ id, status, personStatus }) =>
      id !== own && status === "RUNNING" && (personStatus === undefined || personStatus === "ACTIVE"),
  );
