/** What an operation is: one plain object, from which everything else about a tool is derived. */
import { z } from "zod/v3";
import type { Changes } from "../memory/changes.ts";
import type { Imports } from "../memory/imports.ts";
import type { Change } from "../memory/journal.ts";
import type { Finding } from "../preflight/finding.ts";
import type { About } from "../preflight/index.ts";
import { type Fault, faultIf } from "../values/fault.ts";
import { campaignId, id } from "../values/fields.ts";
import type { Ear } from "../values/lenient.ts";
import type { Loose } from "../values/loose.ts";
import type { Campaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import type { Effect, Toolset } from "./effects.ts";

/** What a person is asked before something is sent or deleted. Facts are shown as labelled lines, in this order. */
export interface Question {
  /** A fixed sentence of ours; no text of others in it. */
  sentence: string;
  /** Of the campaign, as it is; facts quote it. */
  name?: string | undefined;
  facts: Record<string, string | number>;
  /** Of the preflight, shown with the facts. */
  findings?: readonly Finding[];
  /** Said of what is asked, where more was done already. */
  unchanged?: string;
  /** Labels of facts that counters and the clock move: shown, but no reason to ask again. */
  derived?: readonly string[];
  /** What else must be the same when the answer comes, although it is not shown. */
  state?: unknown;
  /** Of a question about several: what becomes of each. */
  campaigns?: readonly Loose[];
}

/** What a call that takes its time can do meanwhile. */
export interface CallTools {
  /** Tells the client how far it is, if the client wants to know. */
  progress: (done: number, total: number | undefined, message: string) => void;
  pause: (ms: number) => Promise<void>;
  /** What this server changed in the account, newest first. */
  recent: () => Promise<readonly Change[]>;
  /** Whom earlier imports brought in. */
  imports: Imports;
  /** The values before and after of earlier changes. */
  changes: Changes;
  /** Names this call for those that are about it later; nothing before its first write. */
  changeId: () => string | undefined;
  /** Whose account it is, where the operator said so. */
  account: { companyId?: string | undefined; name?: string | undefined };
}

/** What reading back shows: the operation's output where it was carried out, else what is there, in a sentence. */
export type Seen<O> =
  | { output: O }
  | {
      seen: string;
      /** Of the campaign. */
      status?: string;
      /** It is not as it was before either: Woodpecker, or somebody else, wrote it in another way. */
      other?: boolean;
    };

/** What is known of a campaign before a write. */
export type Before = Pick<Campaign, "id" | "name" | "status"> &
  Partial<Campaign> & { bounce_shield?: number | null };

type Shape = z.ZodRawShape;
type In<I extends Shape> = z.infer<z.ZodObject<I>>;
type Out<O extends Shape> = z.input<z.ZodObject<O>>;

/** Its input and output are those that its schemas stand for; P is what it prepares. */
interface Spec<Input, Output, P> {
  name: string;
  title: string;
  effect: Effect;
  toolset: Toolset;
  /** At most 600 characters; carries the safety facts, since some clients show the model nothing else. */
  description: string;
  /** Other forms of the arguments that are understood, turned into the published one. Gets unchecked input. */
  accept?: (args: Loose, ear: Ear) => Loose;
  /** The brake: an argument that it does not know is left aside, not refused. */
  ignoresUnknown?: true;
  /** Rules between arguments. */
  rules?: (input: Input) => Fault[];
  /**
   * The arguments as everything after them has them, where that takes more than checking.
   *
   * @throws InputFailure
   */
  unfold?: (input: Input) => Promise<{ input: Loose; notes: readonly Fault[] }>;
  /** The campaign as it was before, for the way back. */
  before?: (prepared: P) => Before | undefined;
  /** Reads what the question and the run both need. */
  prepare?: (input: Input, api: Api, call: CallTools) => Promise<P>;
  /** Of a halt: the argument that a person is asked about, after everything else was done. */
  asksFor?: string;
  /** What is allowed and seldom meant; a dry run says it too. */
  warnings?: (input: Input, prepared: P) => string[];
  /** What a dry run can tell of the outcome, besides the request. */
  foresee?: (input: Input, prepared: P) => { output: Loose; lines: string[] };
  /** Asked before `run`; nothing to ask, nothing asked. `recent`: what this server changed lately, newest first. */
  question?: (
    input: Input,
    prepared: P,
    recent: CallTools["recent"],
  ) => Question | undefined | Promise<Question>;
  /**
   * What a person agrees to, read again with as few requests as that takes and the campaign itself last: the last look
   * before the write. `before`: what this call has prepared; nothing, where it brings the person's word along. Without this
   * everything is prepared again.
   */
  lookNow?: (input: Input, api: Api, before: P | undefined) => Promise<P>;
  /** The state of the question, of what was looked at. */
  agreed?: (prepared: P) => unknown;
  /** Next step for a code of Woodpecker, where this operation knows better than the catalogue. */
  hints?: Record<string, string | ((input: Input) => string)>;
  run: (input: Input, api: Api, prepared: P, call: CallTools) => Promise<Output>;
  /** After an unclear end: was it carried out? Reads only. */
  verify?: (input: Input, api: Api, prepared: P) => Promise<Seen<Output>>;
  /** Woodpecker's yes is not taken for the deed: `verify` looks, too. */
  readBack?: true;
  /** What to check when Woodpecker refuses without saying why. */
  diagnose?: (input: Input, prepared: P) => About;
  /** Where a person sees what became of a write whose end is unclear; every write has it but one that halts, which is repeated. */
  look?: string;
  /** For ten minutes an identical call is answered with the first result: a second one would make a second thing. */
  once?: true;
  /** The arguments in one form, whatever is left to defaults: two calls of the same form are the same write. */
  same?: (input: Input) => unknown;
  /** Takes up to twenty campaigns at once, too; where a person is asked, with this sentence about so many of them. */
  several?: true | ((count: number) => string);
  /** Hosts that can show pages show the launch card with its result. */
  card?: true;
  /** The result as a person reads it: the same facts, short. */
  text: (output: Output) => string;
}

/** An operation with its types forgotten, as the list of all of them holds it. */
export interface Operation extends Spec<Loose, Loose, unknown> {
  input: z.ZodObject<Shape>;
  output: z.ZodObject<Shape>;
}

const dryRun = z.boolean().optional().describe("Show, do not send.");
const confirmation = z.string().max(400).optional().describe("Token after a yes.");

const allowDuplicate = z.boolean().optional().describe("Repeat it on purpose.");

const MAX_CAMPAIGNS = 20;

/** What a call for several campaigns takes in place of the one. */
const severalInput = {
  campaign_id: campaignId.optional(),
  campaign_ids: z.array(id()).min(1).max(MAX_CAMPAIGNS).optional().describe("Up to 20 at once."),
};

const severalOutput = (outcome: z.ZodTypeAny | undefined) => ({
  outcome: z.enum([...(outcome as z.ZodEnum<[string]>).options, "partial"]).describe("How it went."),
  campaigns: z
    .array(
      z.object({
        campaign_id: z.number(),
        name: z.string().optional(),
        status: z.string().optional(),
        outcome: z.string(),
        reason: z.string().optional(),
        next: z.string().optional(),
        undo: z.string().optional(),
        request: z.unknown(),
      }),
    )
    .optional()
    .describe("How each went."),
});

function oneOrSeveral({ campaign_id: one, campaign_ids: many }: Loose): Fault[] {
  const [hasOne, hasMany] = [one !== undefined, many !== undefined];
  return [
    ...faultIf(!hasOne && !hasMany, ["campaign_id"], "is missing; give it, or campaign_ids for several"),
    ...faultIf(hasOne && hasMany, ["campaign_ids"], "does not go with campaign_id; give one of the two"),
  ];
}

/** Adds what follows from the effect: `dry_run` on writes, `confirmation` where a person is asked. */
export function operation<I extends Shape, O extends Shape, P = undefined>(
  spec: Spec<In<I>, Out<O>, P> & { input: I; output: O },
): Operation {
  const input = z
    .object({
      ...spec.input,
      ...(spec.several && severalInput),
      ...(spec.once && {
        confirmation,
        allow_duplicate: allowDuplicate,
      }),
      ...(spec.question && { confirmation }),
      ...(spec.effect !== "read" && { dry_run: dryRun }),
    })
    .strict();
  const output = z.object({ ...spec.output, ...(spec.several && severalOutput(spec.output.outcome)) });
  const { rules } = spec;
  const both = (given: In<I>) => [...oneOrSeveral(given), ...(rules?.(given) ?? [])];
  return { ...spec, input, output, ...(spec.several && { rules: both }) } as unknown as Operation;
}
