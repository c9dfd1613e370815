/**
 * What somebody may mean who is still typing: the values that an argument of a prompt or a part of an address can have.
 * At most one request to Woodpecker, never a write, and nothing is kept from one keystroke to the next. A prompt or a
 * resource says which tools it needs, and nothing is offered for one that does not exist.
 */

import { statuses } from "../../model/statuses.ts";
import { timezones } from "../../model/timezones.ts";
import type { CallResult } from "../../values/call-result.ts";
import { asArray, asNumber, asObject } from "../../values/loose.ts";
import type { Look } from "../resources/resource.ts";

export interface Choices {
  values: string[];
  total: number;
}

/** @param chosen the arguments or parts that have a value already */
type Source = (typed: string, look: Look, chosen: Record<string, string>) => Choices | Promise<Choices>;

/** Most values of a completion, by the protocol. */
const MAX_VALUES = 100;

const sources = {
  campaign: async (typed, look) => choicesIn(await look("campaigns", { part: typed }), "label"),
  campaignId: async (typed, look) => choicesIn(await look("campaigns", { part: typed }), "id"),
  mailbox: async (typed, look) => choicesIn(await look("mailboxes", { part: typed }), "label"),
  async step(typed, look, chosen) {
    const steps = await stepsOf(look, chosen);
    return among(
      steps.map(({ step }) => step),
      typed,
    );
  },
  async version(typed, look, chosen) {
    const steps = (await stepsOf(look, chosen)).filter(({ step }) => !chosen.n || step === chosen.n);
    return among([...new Set(steps.flatMap(({ versions }) => versions))].sort(), typed);
  },
  timezone: (typed) => among(timezones, typed.replaceAll(" ", "_")),
  status: (typed) => among(statuses, typed),
} satisfies Record<string, Source>;

export type ChoiceName = keyof typeof sources;

export const none: Choices = { values: [], total: 0 };

/** A failure gives no choices: somebody who types should not be told about it, and the call itself will explain it. */
export async function choicesFor(
  name: ChoiceName,
  typed: string,
  chosen: Record<string, string>,
  look: Look,
): Promise<Choices> {
  const source: Source = sources[name];
  try {
    return await source(typed, look, chosen);
  } catch {
    return none;
  }
}

/** Values that begin with what was typed, then values that contain it. */
function among(known: readonly string[], typed: string): Choices {
  const wanted = typed.toLowerCase();
  const matching = known.filter((value) => value.toLowerCase().includes(wanted));
  const begins = (value: string) => value.toLowerCase().startsWith(wanted);
  const values = [...matching.filter(begins), ...matching.filter((value) => !begins(value))];
  return { values: values.slice(0, MAX_VALUES), total: values.length };
}

function choicesIn({ structuredContent }: CallResult, shown: "id" | "label"): Choices {
  const { choices, total } = asObject(structuredContent);
  const rows = asArray(choices).map(asObject);
  return { values: rows.map((row) => String(row[shown] ?? "")), total: asNumber(total) ?? 0 };
}

async function stepsOf(
  look: Look,
  { id }: Record<string, string>,
): Promise<{ step: string; versions: string[] }[]> {
  if (id === undefined || !/^\d{1,12}$/.test(id)) return [];
  const { structuredContent } = await look("versions", { campaign_id: Number(id) });
  return asArray(asObject(structuredContent).steps)
    .map(asObject)
    .map(({ step, versions }) => ({ step: String(step), versions: asArray(versions).map(String) }));
}
