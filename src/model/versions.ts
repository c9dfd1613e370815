/** One version of a step: an e-mail, or the text of a LinkedIn touch. Versions of a step are lettered in order. */
import { z } from "zod/v3";
import type { Fault } from "../values/fault.ts";
import { line, text } from "../values/fields.ts";
import { asWritten } from "../values/lenient.ts";

export const MAX_VERSIONS = 5;
export const versionLetters = ["A", "B", "C", "D", "E"];
export const letterOf = (index: number): string => versionLetters[index] ?? String(index + 1);

export const linkedinActions = [
  "VISIT_PROFILE",
  "CONNECTION_REQUEST",
  "DIRECT_MESSAGE",
  "INMAIL_MESSAGE",
] as const;
type LinkedinAction = (typeof linkedinActions)[number];

export const version = z
  .object({
    subject: asWritten(line(998)).optional().describe("First EMAIL needs it; later none: same thread."),
    message: text(100_000).describe(
      'HTML with {{FIRST_NAME | "there"}}, {{SNIPPET_1}}; opt-out <a href="{{UNSUBSCRIBE}}">. LinkedIn: text.',
    ),
    signature: z.enum(["SENDER", "NO_SIGNATURE"]).optional().describe("SENDER by default."),
    track_opens: z.boolean().optional().describe("Hurts deliverability."),
  })
  .strict();

export type Version = z.infer<typeof version>;

/** Most characters of a LinkedIn text: InMail as users and the vendor's own MCP server report, the note as LinkedIn has it. */
export const linkedinLimits = {
  CONNECTION_REQUEST: 300,
  DIRECT_MESSAGE: 8000,
  INMAIL_MESSAGE: 1900,
  INMAIL_SUBJECT: 200,
};

export interface Texts {
  subject?: string | undefined;
  message?: string | undefined;
}

/** @param action of the LinkedIn step; none for an e-mail */
export function versionFaults(
  given: Texts & { signature?: unknown; track_opens?: unknown },
  action: string | undefined,
): Fault[] {
  const { subject, message = "" } = given;
  if (action === undefined) return saying("message", message.trim() === "" && "must not be empty");
  return [
    ...(["signature", "track_opens"] as const).flatMap((field) =>
      saying(field, given[field] !== undefined && "belongs to EMAIL steps"),
    ),
    ...saying("message", linkedinMessageFault(message, action as LinkedinAction)),
    ...saying("subject", subject !== undefined && linkedinSubjectFault(subject, action)),
  ];
}

const saying = (field: string, message: string | false | undefined): Fault[] =>
  message ? [{ path: [field], message }] : [];

function linkedinMessageFault(message: string, action: LinkedinAction): string | false {
  if (action === "VISIT_PROFILE")
    return message !== "" && 'must be "" for VISIT_PROFILE: a visit carries no text';
  if (message.length > linkedinLimits[action])
    return `has ${message.length} characters; at most ${linkedinLimits[action]} for ${action}`;
  return message.trim() === "" && action !== "CONNECTION_REQUEST" && `must not be empty for ${action}`;
}

function linkedinSubjectFault(subject: string, action: string): string | false {
  if (action !== "INMAIL_MESSAGE") return "only INMAIL_MESSAGE has a subject";
  if (subject.length > linkedinLimits.INMAIL_SUBJECT)
    return `has ${subject.length} characters; at most ${linkedinLimits.INMAIL_SUBJECT} for InMail`;
  return subject.includes("{{") && "cannot hold snippets in an InMail";
}
