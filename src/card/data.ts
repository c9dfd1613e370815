/**
 * What the card knows comes from results of tools and from nowhere else; a result says by its own fields what it is, so
 * that the card does not depend on the host to name the tool.
 */

import type {
  Check,
  Ended,
  Finding,
  Known,
  Launch,
  Loose,
  Preview,
  Report,
  Sequence,
  SequenceStep,
  Statistics,
  ToolResult,
} from "./types.ts";

export const textOf = ({ content = [] }: ToolResult) => content.map(({ text = "" }) => text).join("\n");

/** The card with one more result; a failure is text. */
export function learn(known: Known, result: ToolResult): Known {
  const data = result.structuredContent;
  if (result.isError || !data) return { ...known, failure: textOf(result) };
  const id = data.campaign_id ?? data.id;
  const named: Known = {
    ...known,
    ...(typeof id === "number" && { campaign_id: id }),
    ...(typeof data.name === "string" && { name: data.name }),
    ...(typeof data.status === "string" && { status: data.status }),
    ...(typeof data.account === "string" && { account: data.account }),
  };
  if ("totals" in data) return { ...named, report: data as unknown as Report };
  if ("verdict" in data) return { ...named, check: data as unknown as Check };
  if ("assumptions" in data) return { ...named, preview: { emails: [], ...data } as unknown as Preview };
  if ("rates" in data) return { ...named, statistics: data as unknown as Statistics };
  if ("steps" in data) return { ...named, campaign: data as unknown as Sequence };
  if (data.outcome === "confirmation_required") {
    // Where only persons may agree, the token comes beside the result, where the model does not see it.
    const { "woodpecker/confirmation": hidden, "woodpecker/tool": asking } = record(result._meta);
    const tool = asking ?? /\bcall ([a-z_]+) again\b/.exec(String(data.next))?.[1];
    const launch = { confirmation: hidden, tool, findings: [], ...data } as unknown as Launch;
    const account = launch.facts.account ?? launch.facts["client company"];
    return {
      ...named,
      ...(launch.facts.status !== undefined && { status: String(launch.facts.status) }),
      ...(account !== undefined && { account: unquoted(String(account)) }),
      launch,
    };
  }
  if ("outcome" in data) return { ...named, ended: data as unknown as Ended };
  return { ...named, failure: textOf(result) };
}

/** What others wrote stands in quotes in a fact. */
export function unquoted(text: string): string {
  try {
    return text.startsWith('"') ? String(JSON.parse(text)) : text;
  } catch {
    return text;
  }
}

const record = (value: unknown): Loose =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Loose) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown) => (typeof value === "string" ? value : undefined);

const letters = "ABCDE";

/** A draft stands in the arguments, as a model wrote it: what does not look like a sequence is left out. */
export function campaignOfDraft(given: unknown): Sequence | undefined {
  const draft = record(given);
  const steps = list(draft.steps).map((entry, index) =>
    stepOfDraft(record(entry), index, draft.delivery_times),
  );
  const name = text(draft.name);
  if (steps.length === 0) return undefined;
  return { steps, ...(name && { name }) };
}

function stepOfDraft(step: Loose, index: number, times: unknown): SequenceStep {
  const wait = record(step.wait);
  const windows = list(step.delivery_times ?? times)
    .map(record)
    .flatMap(({ days, from, to }) => {
      const [start, end] = [text(from), text(to)];
      return start && end ? [{ days: list(days).map(String), from: start, to: end }] : [];
    });
  const value = Number(wait.value);
  return {
    step: index + 1,
    type: text(step.type) ?? "EMAIL",
    ...(Number.isFinite(value) && { wait: { value, range: text(wait.range) ?? "DAY" } }),
    ...(windows.length > 0 && { delivery_times: windows }),
    linkedin: { action: text(record(step.linkedin).action) ?? "" },
    versions: list(step.versions)
      .map(record)
      .map(({ subject, message }, place) => ({
        version: letters[place] ?? "?",
        ...(text(subject) && { subject: text(subject) as string }),
        ...(text(message) && { message: text(message) as string }),
      })),
  };
}

/** The sequence as far as it is known: read, drafted, or what the e-mails of a preview show of it. */
export function stepsOf({ campaign, preview }: Known): SequenceStep[] {
  if (campaign && campaign.steps.length > 0) return campaign.steps;
  const emails = preview?.emails ?? [];
  return [...new Set(emails.map(({ step }) => step))]
    .sort((a, b) => a - b)
    .map((step) => ({
      step,
      type: "EMAIL",
      versions: [...new Set(emails.filter((one) => one.step === step).map(({ version }) => version))]
        .sort()
        .map((version) => ({ version })),
    }));
}

/** The line of the card that a finding is about. */
export type Line = "campaign" | "step" | "wait" | "delivery_times" | "version" | "subject" | "message";

export interface Place {
  line: Line;
  step?: number;
  version?: string;
}

const lines: readonly string[] = ["wait", "delivery_times", "subject", "message"];

function placeAt(path: string, step?: number, version?: string): Place {
  const [, index, letter, field = ""] =
    /^steps\[(\d+)\](?:\.versions\[(\d+)\])?(?:\.(\w+))?/.exec(path) ?? [];
  if (index === undefined) return { line: "campaign" };
  const numbered = {
    step: step ?? Number(index) + 1,
    ...(letter !== undefined && { version: version ?? letters[Number(letter)] ?? "?" }),
  };
  const line = lines.includes(field) ? (field as Line) : letter === undefined ? "step" : "version";
  return { line, ...numbered };
}

/** All the lines that a finding is about. */
export const placesOf = ({ path, step, version, places = [] }: Finding): Place[] => [
  placeAt(path, step, version),
  ...places
    .map((place) => (typeof place === "string" ? place : text(record(place).path)))
    .filter((place) => place !== undefined && place !== path)
    .map((place) => placeAt(place as string)),
];

export const isAt = (finding: Finding, step: number, version?: string): boolean =>
  placesOf(finding).some(
    (place) => place.step === step && (version === undefined || place.version === version),
  );

/** The same finding at several places is one. */
function once(found: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of found) {
    const key = [finding.severity, finding.message, finding.remedy].join("\n");
    const first = merged.get(key);
    merged.set(key, first ? { ...first, places: [...(first.places ?? []), finding.path] } : finding);
  }
  return [...merged.values()];
}

export const findingsOf = ({ launch, check }: Known): Finding[] =>
  once(launch?.findings ?? check?.findings ?? []);

/** What is about the campaign as a whole, or about a line that the card does not have. */
export function findingsElsewhere(known: Known): Finding[] {
  const steps = stepsOf(known);
  return findingsOf(known).filter((finding) =>
    placesOf(finding).every(({ line, step, version }) => {
      const shown = steps.find((one) => one.step === step);
      const isKnown =
        shown && (version === undefined || shown.versions.some((one) => one.version === version));
      return line === "campaign" || !isKnown;
    }),
  );
}
