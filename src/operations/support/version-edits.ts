/** What update_step_version is asked to change, version by version, and whether it may be. */
import { z } from "zod/v3";
import { textToHtml } from "../../model/plain-text.ts";
import { type Replacement, replaceIn, standings } from "../../model/replace.ts";
import type { StepView } from "../../model/tree.ts";
import { versionFaults } from "../../model/versions.ts";
import { type Fault, faultIf, InputFailure, type Path, unfit } from "../../values/fault.ts";
import { isSound, line, standing, text } from "../../values/fields.ts";
import { firstOf } from "../../values/foreign.ts";
import { type Loose, present } from "../../values/loose.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";
import { firstEmail, stepOf, versionOf } from "./editing.ts";
import { type Edit, sayPlace, valuesAt } from "./one-by-one.ts";

export const replacements = z
  .array(
    z
      .object({
        find: standing(10_000)
          .refine((find) => find !== "", { message: "must not be empty" })
          .describe("Stands there exactly once."),
        with: text(100_000).describe("Takes its place."),
      })
      .strict(),
  )
  .min(1)
  .max(20)
  .describe("In place of message and subject.");

interface Given {
  step?: number | undefined;
  version?: string | undefined;
  all_versions?: boolean | undefined;
  subject?: string | undefined;
  message?: string | undefined;
  text?: string | undefined;
  replace?: Replacement[] | undefined;
  signature?: string | undefined;
  track_opens?: boolean | undefined;
}

const texts = ["subject", "message", "text", "replace"] as const;

export function versionRules(given: Given): Fault[] {
  const { step, version, all_versions, message, text: plain, replace, signature, track_opens } = given;
  const written = texts.filter((field) => given[field] !== undefined);
  const isNothing = written.length === 0 && signature === undefined && track_opens === undefined;
  if (all_versions === true)
    return [
      ...faultIf(version !== undefined, ["all_versions"], "does not go with version; give one of the two"),
      ...written.map((field) => ({
        path: [field],
        message:
          "does not go with all_versions, which changes signature and track_opens only; call once for each version, with step and version (get_campaign with include: content shows where a text stands)",
      })),
      ...faultIf(isNothing, [], "need signature or track_opens with all_versions"),
    ];
  const whole = written.filter((field) => field !== "replace");
  const faults: [boolean, Path, string][] = [
    [step === undefined, ["step"], "is missing; give step and version"],
    [
      version === undefined,
      ["version"],
      "is missing; give it, or all_versions: true for signature or track_opens",
    ],
    [message !== undefined && plain !== undefined, ["text"], "and message exclude each other; give one"],
    [
      replace !== undefined && whole.length > 0,
      ["replace"],
      `comes in place of ${whole.join(" and ")}; give one of them`,
    ],
    [isNothing, [], "need at least one of subject, message, text, replace, signature, track_opens"],
  ];
  return faults.flatMap((fault) => faultIf(...fault));
}

/** @throws InputFailure where the campaign has no place for it, or a text would not do */
export function versionEdits(campaign: Campaign, given: Given): { edits: Edit[]; notes: string[] } {
  if (given.all_versions === true) return { edits: ofAll(campaign, given), notes: [] };
  const step = stepOf(campaign, given.step as number);
  const version = versionOf(step, given.version as string);
  const place = { step: step.step, version: version.version };
  const isLinkedin = step.type === "LINKEDIN";
  if (given.text?.trim() === "") throw unfit(["text"], "must not be empty");
  const { signature, track_opens, replace = [] } = given;
  const replaced = replaceIn(version, replace, sayPlace(place), !isLinkedin);
  if (replaced.faults.length > 0)
    throw new InputFailure(replaced.faults.map((fault) => elsewhere(fault, campaign, replace)));
  const message =
    given.text !== undefined && !isLinkedin ? textToHtml(given.text) : (given.text ?? given.message);
  const change = present({ subject: given.subject, message, ...replaced.change, signature, track_opens });
  const faults = textFaults(campaign, step, { ...version, ...change }, change);
  const ofReplace = (fault: Fault): Fault => ({
    path: ["replace"],
    message: `: the ${String(fault.path[0])} it makes ${fault.message}`,
  });
  if (faults.length > 0) throw new InputFailure(given.replace ? faults.map(ofReplace) : faults);
  return { edits: [{ ...place, before: valuesAt(step, place), change }], notes: replaced.notes };
}

/** What is said of a changed text, as of a new one. */
function textFaults(campaign: Campaign, step: StepView, after: Loose, change: Loose): Fault[] {
  const { subject = "", message = "" } = change as { subject?: string; message?: string };
  const faults = [
    ...versionFaults(after, step.type === "LINKEDIN" ? step.linkedin?.action : undefined),
    ...faultIf(
      step === firstEmail(campaign.steps) && subject.trim() === "",
      ["subject"],
      "must not be empty: this is the first EMAIL step",
    ),
    ...faultIf(
      !line(998).safeParse(subject).success,
      ["subject"],
      "must be one line of at most 998 characters",
    ),
    ...faultIf(
      !isSound(message) || message.length > 100_000,
      ["message"],
      "must be sound text of at most 100000 characters",
    ),
  ];
  return faults.filter(({ path }) => path[0] !== undefined && String(path[0]) in change);
}

/** Where else in the campaign stands what is not in the version. */
function elsewhere(fault: Fault, { steps }: Campaign, replace: readonly Replacement[]): Fault {
  const { find = "" } = replace[Number(fault.path[1])] ?? {};
  if (!fault.message.includes(" is not in ") || fault.message.endsWith("give it so")) return fault;
  const places = steps.flatMap(({ step, type, versions }) =>
    versions
      .filter((version) => standings(find, version, type !== "LINKEDIN").length > 0)
      .map(({ version }) => sayPlace({ step, version })),
  );
  const found =
    places.length > 0
      ? `; it stands in ${firstOf(places, 10)}`
      : ", nor in any other version; get_campaign with include: content shows the texts as they are";
  return { ...fault, message: `${fault.message}${found}` };
}

function ofAll(campaign: Campaign, { step: number, signature, track_opens }: Given): Edit[] {
  const chosen = number === undefined ? campaign.steps : [stepOf(campaign, number)];
  const emails = chosen.filter(({ type }) => type === "EMAIL");
  if (emails.length === 0) {
    const message =
      number === undefined
        ? ": the campaign has no EMAIL step"
        : `: step ${number} is ${chosen[0]?.type}; signature and open tracking belong to EMAIL steps`;
    throw unfit([number === undefined ? "all_versions" : "step"], message);
  }
  const change = present({ signature, track_opens });
  return emails.flatMap((step) =>
    step.versions.map(({ version }) => {
      const place = { step: step.step, version };
      return { ...place, before: valuesAt(step, place), change };
    }),
  );
}
