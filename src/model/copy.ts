/** What a copy of a campaign may have otherwise than the original: windows and waits by step, texts by version. */
import { z } from "zod/v3";
import type { Fault } from "../values/fault.ts";
import { line, text, whole } from "../values/fields.ts";
import { hidden, publishedAs } from "../values/json-schema.ts";
import { asWritten, type Ear, fromText } from "../values/lenient.ts";
import { isObject, type Loose, present } from "../values/loose.ts";
import { type DeliveryTime, deliveryTimes } from "./delivery.ts";
import { textToHtml } from "./plain-text.ts";
import { acceptTimes, acceptWait } from "./step-forms.ts";
import { wait } from "./steps.ts";
import type { StepView } from "./tree.ts";
import { type Texts, versionLetters } from "./versions.ts";

const number = whole(1, 16).describe("Number of the step.");

export const copyTexts = z
  .array(
    z
      .object({
        step: number,
        version: z.enum(versionLetters as [string, ...string[]]).describe("Version, A to E."),
        subject: asWritten(line(998)).optional().describe("Its subject."),
        message: text(100_000).optional().describe("Its whole message."),
        text: publishedAs(text(100_000), hidden).optional(),
      })
      .strict()
      .refine(({ message, text: plain }) => message === undefined || plain === undefined, {
        path: ["text"],
        message: "and message exclude each other; give one",
      }),
  )
  .max(80)
  .superRefine(once("versions", (one) => `${one.step} ${one.version}`, "version"))
  .describe("Texts that differ.");

export const copySteps = z
  .array(
    z
      .object({
        step: number,
        wait: wait.optional().describe("After the step before."),
        delivery_times: deliveryTimes.optional().describe("Its windows."),
      })
      .strict(),
  )
  .max(16)
  .superRefine(once("steps", ({ step }) => String(step), "step"))
  .describe("What differs by step.");

function once<T>(field: string, nameOf: (one: T) => string, thing: string) {
  return (list: readonly T[], context: z.RefinementCtx) => {
    for (const [index, one] of list.entries()) {
      const first = list.findIndex((other) => nameOf(other) === nameOf(one));
      if (first === index) continue;
      const message = `is the same ${thing} as ${field}[${first}]; give each once`;
      context.addIssue({ code: "custom", path: [index], message });
    }
  };
}

export interface CopyChanges {
  delivery_times?: DeliveryTime[] | undefined;
  steps?: z.infer<typeof copySteps> | undefined;
  versions?: z.infer<typeof copyTexts> | undefined;
}

/** Windows by day, waits in words. */
export function acceptCopy(args: Loose, ear: Ear): Loose {
  const list = fromText(args.steps, ["steps"]);
  const read = (step: unknown, index: number) => {
    if (!isObject(step)) return step;
    const at = ["steps", index];
    return present({
      ...step,
      wait: acceptWait(step.wait, [...at, "wait"], ear),
      delivery_times: acceptTimes(step.delivery_times, [...at, "delivery_times"], ear),
    });
  };
  const versions = fromText(args.versions, ["versions"]);
  for (const [index, one] of (Array.isArray(versions) ? versions : []).entries())
    if (isObject(one) && typeof one.text === "string")
      ear.note(["versions", index, "text"], "plain text is written as the step takes it");
  return present({
    ...args,
    delivery_times: acceptTimes(args.delivery_times, ["delivery_times"], ear),
    steps: Array.isArray(list) ? list.map(read) : args.steps,
  });
}

/** The steps of the original as the copy has them. */
export function copiedSteps(source: readonly StepView[], changes: CopyChanges): StepView[] {
  const { delivery_times: all, steps = [], versions = [] } = changes;
  return source.map((step) => {
    const own = steps.find((one) => one.step === step.step);
    const windows = step.type === "EMAIL" ? (own?.delivery_times ?? all) : undefined;
    return {
      ...step,
      ...(own?.wait && { wait: own.wait }),
      ...(windows && { delivery_times: windows }),
      versions: step.versions.map((version) => {
        const texts = versions.find((one) => one.step === step.step && one.version === version.version);
        return { ...version, ...textsOf(texts, step.type) };
      }),
    };
  });
}

/** Plain text becomes what the step takes. */
export function textsOf(
  { subject, message, text: plain }: Texts & { text?: string | undefined } = {},
  type: string,
) {
  const html = plain === undefined ? message : type === "LINKEDIN" ? plain : textToHtml(plain);
  return present({ subject, message: html }) as { subject?: string; message?: string };
}

/** Waits and windows where the original has no place for them. */
export function copyFaults(
  source: readonly StepView[],
  { delivery_times, steps = [] }: CopyChanges,
): Fault[] {
  const faults: Fault[] = [];
  if (delivery_times && !source.some(({ type }) => type === "EMAIL"))
    faults.push({ path: ["delivery_times"], message: ": the campaign has no EMAIL step" });
  for (const [index, own] of steps.entries()) {
    const step = source.find((one) => one.step === own.step);
    if (!step) {
      const message = `: the campaign has ${source.length} step${source.length === 1 ? "" : "s"}; got ${own.step}`;
      faults.push({ path: ["steps", index, "step"], message });
      continue;
    }
    if (own.wait && step === source[0])
      faults.push({
        path: ["steps", index, "wait"],
        message: "the first step starts at once; a wait belongs to the step after it",
      });
    if (own.delivery_times && step.type !== "EMAIL")
      faults.push({
        path: ["steps", index, "delivery_times"],
        message: `: step ${own.step} is ${step.type}; only EMAIL steps have windows`,
      });
  }
  return faults;
}
