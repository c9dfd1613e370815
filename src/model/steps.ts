/** The sequence of a campaign as people and models write it: an ordered list of steps, and the rules it must keep. */
import { z } from "zod/v3";
import type { Fault } from "../values/fault.ts";
import { id, whole } from "../values/fields.ts";
import { hidden, publishedAs } from "../values/json-schema.ts";
import { type DeliveryTime, deliveryTimes } from "./delivery.ts";
import { linkedinActions, MAX_VERSIONS, version, versionFaults, versionLetters } from "./versions.ts";

export const MAX_STEPS = 16;

export const wait = z
  .object({
    value: whole(1, 9999).default(1).describe("So many."),
    range: z.enum(["DAY", "HOUR", "MINUTE"]).default("DAY").describe("Its unit."),
  })
  .strict();

const linkedin = z
  .object({
    action: z.enum(linkedinActions).describe("What it does."),
    account_id: id().describe("Of list_linkedin_accounts."),
  })
  .strict();

const stepShape = z
  .object({
    type: z.enum(["EMAIL", "LINKEDIN"]).describe("What kind of step."),
    wait: wait.optional().describe("Default 1 DAY."),
    delivery_times: deliveryTimes.optional().describe("Its windows."),
    linkedin: linkedin.optional().describe("For LINKEDIN steps."),
    versions: z.array(version).min(1).max(MAX_VERSIONS).describe("1 to 5: A/B test."),
    // Of the last step as it was read: what a step that is added later would wait.
    followup_after: publishedAs(wait, hidden).optional(),
  })
  .strict();

export const stepSchema = stepShape.superRefine((given, context) => {
  for (const { path, message } of stepFaults(given))
    context.addIssue({ code: "custom", path: [...path], message });
});

/** A step at the end of a sequence, whose wait stands on the step before. */
export const appendedStep = publishedAs(
  stepSchema,
  stepShape.omit({ wait: true, followup_after: true }).describe("The step, without wait."),
);

export const steps = z
  .array(stepSchema)
  .min(1)
  .max(MAX_STEPS)
  .superRefine((list, context) => {
    for (const { path, message } of sequenceFaults(list))
      context.addIssue({ code: "custom", path: [...path], message });
  });

export type Step = z.infer<typeof stepSchema>;

function stepFaults(given: Step): Fault[] {
  const ofVersions = given.versions.flatMap((version, index) =>
    versionFaults(version, given.linkedin?.action).map((fault) => ({
      ...fault,
      path: ["versions", index, ...fault.path],
    })),
  );
  if (given.type === "EMAIL") {
    if (!given.linkedin) return ofVersions;
    return [{ path: ["linkedin"], message: "belongs to LINKEDIN steps; this one is EMAIL" }];
  }
  if (!given.linkedin) {
    return [{ path: ["linkedin"], message: "is required on a LINKEDIN step: {action, account_id}" }];
  }
  if (!given.delivery_times) return ofVersions;
  const message = "belongs to EMAIL steps; LinkedIn steps have no windows";
  return [{ path: ["delivery_times"], message }, ...ofVersions];
}

function sequenceFaults(list: readonly Step[]): Fault[] {
  const faults: Fault[] = [];
  if (list[0]?.wait) {
    faults.push({
      path: [0, "wait"],
      message: "the first step starts at once; a wait belongs to the step after it",
    });
  }
  const first = list.findIndex((one) => one.type === "EMAIL");
  list[first]?.versions.forEach((one, index) => {
    if (one.subject?.trim()) return;
    const message = `is required on every version of the first EMAIL step (step ${first + 1}, version ${versionLetters[index]})`;
    faults.push({ path: [first, "versions", index, "subject"], message });
  });
  return faults;
}

/** Each EMAIL step needs windows of its own or the default ones. */
export function windowFaults(list: readonly Step[], fallback: readonly DeliveryTime[] | undefined): Fault[] {
  const message = "is required: give delivery_times for all steps at the top level, or for this EMAIL step";
  return list.flatMap((one, index) =>
    one.type === "LINKEDIN" || one.delivery_times || fallback
      ? []
      : [{ path: ["steps", index, "delivery_times"], message }],
  );
}
