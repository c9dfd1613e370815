/** Which halts end which calls, and what becomes of a start that one of them overtook on the wire. */
import { standsStill } from "../model/statuses.ts";
import { oneLine } from "../values/foreign.ts";
import { asNumbers, type Loose } from "../values/loose.ts";
import { NOTHING_CHANGED, Refusal } from "../values/refusal.ts";
import { readCampaign } from "../woodpecker/campaigns.ts";
import { requests } from "../woodpecker/requests.ts";
import type { Call } from "./context.ts";
import type { Operation } from "./operation.ts";

const ALL = "all";
const peopleOf = (what: string) => `${what}-people`;

/** The campaigns that a call names; none, where it is about the whole account. */
export const campaignsIn = ({ campaign_id: one, campaign_ids: many }: Loose): number[] =>
  Array.isArray(many) ? [...new Set(asNumbers(many))] : asNumbers([one]);

/** What this call halts. Where it stops people, the campaigns themselves go on. */
export function haltedBy({ toolset }: Operation, input: Loose): string[] {
  const campaigns = campaignsIn(input).map(String);
  const whats = campaigns.length > 0 ? campaigns : [ALL];
  return toolset === "prospects" ? whats.map(peopleOf) : whats;
}

/** Changes when any campaign of the call, or people in it, are halted: a halt ends a whole batch. */
export async function haltMark({ operation, input, context }: Call): Promise<string> {
  if (operation.effect !== "send") return "";
  // What belongs to no campaign is ended by a halt of all.
  const campaigns = [...campaignsIn(input).map(String), ALL];
  return context.halts.mark([...campaigns, ...campaigns.map(peopleOf)]);
}

export const halted = (ids: readonly number[]) =>
  new Refusal(
    `${ids.length === 0 ? "Every campaign" : ids.length === 1 ? `Campaign ${ids[0]}` : `One of the campaigns ${ids.join(", ")}`} was paused, stopped or opened for editing, or people were stopped in it, while this was on its way, and a halt wins.`,
    "ask the person whether it is still wanted, then call again.",
    NOTHING_CHANGED,
  );

/** Change when the campaign of the call, or people in it, are halted. */
interface Marks {
  campaign: string;
  people: string;
}

/** Nothing where no campaign is started or added to. Lost memory is no reason to undo what was agreed to. */
export async function marksBefore({ operation, input, context }: Call): Promise<Marks | undefined> {
  const { campaign_id: id } = input;
  if (operation.effect !== "send" || typeof id !== "number") return undefined;
  const whats = [String(id), ALL];
  try {
    const { mark } = context.halts;
    return { campaign: await mark(whats), people: await mark(whats.map(peopleOf)) };
  } catch {
    return undefined;
  }
}

/**
 * Whoever halts a campaign in another process cannot see a start or an enrolment that is on the wire, and is told that nothing
 * runs. So the one whose it is looks once it was answered, and pauses what does not stand still.
 *
 * @throws Refusal where a start was halted meanwhile
 */
export async function heldToHalts(call: Call, output: Loose): Promise<Loose> {
  const { marks: before } = call;
  if (!before || output.outcome === "already") return output;
  const now = await marksBefore(call);
  if (!now) return output;
  const stopped = now.people !== before.people && output.status === undefined;
  const warned = stopped ? warning(output, stopAgain(Number(call.input.campaign_id))) : output;
  return now.campaign === before.campaign ? warned : braked(call, warned);
}

const warning = (output: Loose, words: string): Loose => ({
  ...output,
  warnings: [words, ...(Array.isArray(output.warnings) ? output.warnings : [])],
});

const stopAgain = (id: number) =>
  `People were stopped in campaign ${id} while these were on their way into it: call stop_prospects again for those of them who are among these.`;

async function braked(call: Call, output: Loose): Promise<Loose> {
  const id = Number(call.input.campaign_id);
  const status = await standStill(call, id);
  const stands = status !== undefined && standsStill(status);
  const what = `Campaign ${id} was paused, stopped or opened for editing while this was on its way, and a halt wins.`;
  const changed = stands
    ? `It was paused at once and is ${status}; single e-mails may have left in between.`
    : "Pausing it did not work; it may be RUNNING and sending.";
  const next = stands
    ? "ask the person whether it is still wanted, then call again."
    : `call pause_campaign ${id} now.`;
  if (output.status !== undefined) throw new Refusal(what, next, changed);
  return warning(output, `${what} ${changed}${stands ? "" : ` Next: ${next}`}`);
}

/** @returns how it reads in the end, where it could be read */
async function standStill({ context }: Call, id: number): Promise<string | undefined> {
  const api = context.client.forCall({ halt: true, budgetMs: BRAKE_MS });
  const read = () =>
    readCampaign(api, id).then(
      ({ status }) => oneLine(status),
      () => undefined,
    );
  const before = await read();
  if (before !== undefined && standsStill(before)) return before;
  const paused = await api.send(requests.pause(id)).then(
    () => true,
    () => false,
  );
  return paused ? "PAUSED" : read();
}

const BRAKE_MS = 10_000;
