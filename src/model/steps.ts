/** The sequence of a campaign as people and models write it: an ordered list of steps, and the rules it must keep. */
import { z } from "zod/v3";
import { publishedAs } from "../schema.ts";
import { type DeliveryTime, deliveryTimes } from "./delivery.ts";
import { id, line, text, whole } from "./fields.ts";

export const MAX_STEPS = 16;
export const MAX_VERSIONS = 5;
export const letters = ["A", "B", "C", "D", "E"];

export const linkedinActions = [
  "VISIT_PROFILE",
  "CONNECTION_REQUEST",
  "DIRECT_MESSAGE",
  "INMAIL_MESSAGE",
] as const;

const wait = z
  .object({
    value: whole(1, 9999).describe("Amount."),
    range: z.enum(["DAY", "HOUR", "MINUTE"]).describe("Unit."),
  })
  .strict();

const version = z
  .object({
    subject: line(998).optional().describe("Required in the first EMAIL; later none = same thread."),
    message: text(100_000).describe(
      'HTML with {{FIRST_NAME | "there"}}, {{SNIPPET_1}}; opt-out <a href="{{UNSUBSCRIBE}}">. LinkedIn: text, "" for a visit.',
    ),
    signature: z.enum(["SENDER", "NO_SIGNATURE"]).optional().describe("Default SENDER."),
    track_opens: z.boolean().optional().describe("Default false; tracking hurts deliverability."),
  })
  .strict();

const linkedin = z
  .object({
    action: z.enum(linkedinActions).describe("Action."),
    account_id: id().describe("LinkedIn account."),
  })
  .strict();

/** Published in full once, at the top level of a draft. */
const ownTimes = publishedAs(deliveryTimes.describe(""), {
  type: "array",
  items: { type: "object" },
  description: "EMAIL: its own windows.",
});

const step = z
  .object({
    type: z.enum(["EMAIL", "LINKEDIN"]).describe("Kind."),
    wait: wait.optional().describe("After the step before; default 1 DAY."),
    delivery_times: ownTimes.optional(),
    linkedin: linkedin.optional().describe("LINKEDIN only."),
    versions: z.array(version).min(1).max(MAX_VERSIONS).describe("1 to 5; several are an A/B test."),
  })
  .strict()
  .superRefine((given, context) => {
    for (const { path, message } of stepFaults(given)) context.addIssue({ code: "custom", path, message });
  });

export const steps = z
  .array(step)
  .min(1)
  .max(MAX_STEPS)
  .superRefine((list, context) => {
    for (const { path, message } of sequenceFaults(list)) context.addIssue({ code: "custom", path, message });
  });

export type Version = z.infer<typeof version>;
export type Step = z.infer<typeof step>;

/** What is wrong, and where in the list view. */
export interface Fault {
  path: (string | number)[];
  message: string;
}

/** Most characters per LinkedIn text. InMail as the vendor's MCP server and users report; the note is LinkedIn's own. */
const linkedinLimits = {
  CONNECTION_REQUEST: 300,
  DIRECT_MESSAGE: 8000,
  INMAIL_MESSAGE: 1900,
  INMAIL_SUBJECT: 200,
};

function stepFaults(given: Step): Fault[] {
  return given.type === "EMAIL" ? emailFaults(given) : linkedinFaults(given);
}

function emailFaults(given: Step): Fault[] {
  const faults: Fault[] = [];
  if (given.linkedin)
    faults.push({ path: ["linkedin"], message: "belongs to LINKEDIN steps; this one is EMAIL" });
  given.versions.forEach((one, index) => {
    if (one.message.trim() === "")
      faults.push({ path: ["versions", index, "message"], message: "must not be empty" });
  });
  return faults;
}

function linkedinFaults(given: Step): Fault[] {
  const action = given.linkedin?.action;
  if (!action)
    return [{ path: ["linkedin"], message: "is required on a LINKEDIN step: {action, account_id}" }];
  const faults: Fault[] = [];
  if (given.delivery_times) {
    faults.push({
      path: ["delivery_times"],
      message: "belongs to EMAIL steps; LinkedIn steps have no windows",
    });
  }
  given.versions.forEach((one, index) => {
    const at = (field: string, message: string) => faults.push({ path: ["versions", index, field], message });
    for (const field of ["signature", "track_opens"] as const) {
      if (one[field] !== undefined) at(field, "belongs to EMAIL steps");
    }
    if (action === "VISIT_PROFILE") {
      if (one.message !== "") at("message", 'must be "" for VISIT_PROFILE: a visit carries no text');
    } else if (one.message.length > linkedinLimits[action]) {
      at("message", `has ${one.message.length} characters; at most ${linkedinLimits[action]} for ${action}`);
    } else if (one.message.trim() === "" && action !== "CONNECTION_REQUEST") {
      at("message", `must not be empty for ${action}`);
    }
    if (one.subject === undefined) return;
    if (action !== "INMAIL_MESSAGE") at("subject", "only INMAIL_MESSAGE has a subject");
    else if (one.subject.length > linkedinLimits.INMAIL_SUBJECT) {
      at(
        "subject",
        `has ${one.subject.length} characters; at most ${linkedinLimits.INMAIL_SUBJECT} for InMail`,
      );
    } else if (one.subject.includes("{{")) at("subject", "cannot hold snippets in an InMail");
  });
  return faults;
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
    const message = `is required on every version of the first EMAIL step (step ${first + 1}, version ${letters[index]})`;
    faults.push({ path: [first, "versions", index, "subject"], message });
  });
  return faults;
}

/** Each EMAIL step needs windows of its own or the default ones. */
export function windowFaults(list: readonly Step[], fallback: readonly DeliveryTime[] | undefined): Fault[] {
  return list.flatMap((one, index) =>
    one.type === "LINKEDIN" || one.delivery_times || fallback
      ? []
      : [
          {
            path: ["steps", index, "delivery_times"],
            message:
              "is required: give delivery_times for all steps at the top level, or for this EMAIL step",
          },
        ],
  );
}
