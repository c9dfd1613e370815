/**
 * Some of what was done lately, kept up to date from a ledger: its last hours are read once, then only what was added, by
 * whichever process. A write that asks what was done today does not read the day again.
 */
import { asArray, type Loose } from "../values/loose.ts";
import { parse, unread } from "./ledger-lines.ts";

export interface Watched {
  op: string;
  time: string;
  /** unknown where it was cut off, or is under way. */
  outcome: string;
  campaign_id?: number;
  people?: number;
  /** Equal for equal calls; with it the line is kept. */
  key?: string;
  line?: string;
}

export interface Wanted {
  account: string;
  tool?: string;
  /** Only calls that are told from others by a key. */
  keyed?: true;
  /** How far back, in ms. */
  since: number;
  now: () => Date;
}

/** @returns what is known now, in no order */
export function watchLedger(path: string, wanted: Wanted): () => Iterable<Watched> {
  const read = new Map<number, number>();
  const known = new Map<string, Watched>();
  const isWanted = (line: string) =>
    textIn(line, "account") === wanted.account &&
    (wanted.tool === undefined || textIn(line, "tool") === wanted.tool) &&
    (!wanted.keyed || textIn(line, "key") !== undefined);

  /** @param ends how things ended whose beginning stands further ahead; whatever ended has begun before */
  function take(line: string, ends: Map<string, string>): void {
    const op = textIn(line, "op");
    if (op === undefined || !line.endsWith("}")) return;
    if (textIn(line, "kind") === "outcome") {
      const outcome = textIn(line, "outcome") ?? "unknown";
      const begun = known.get(op);
      if (begun) begun.outcome = outcome;
      else ends.set(op, outcome);
      return;
    }
    const outcome = ends.get(op) ?? "unknown";
    ends.delete(op);
    const time = textIn(line, "time");
    if (time === undefined || !isWanted(line)) return;
    const [key, people] = [textIn(line, "key"), peopleIn(line)];
    const [, campaign] = /"campaign_id":(\d+)/.exec(line) ?? [];
    known.set(copied(op), {
      op: copied(op),
      time: copied(time),
      outcome: copied(outcome),
      ...(campaign !== undefined && { campaign_id: Number(campaign) }),
      ...(people !== undefined && { people }),
      ...(wanted.keyed && { key: copied(key ?? ""), line: copied(line) }),
    });
  }

  return () => {
    const first = new Date(wanted.now().getTime() - wanted.since).toISOString();
    const ends = new Map<string, string>();
    for (const lines of unread(path, read)) {
      for (const line of lines) take(line, ends);
      if (!lines.some((line) => (textIn(line, "time") ?? "") >= first)) break;
    }
    for (const [op, { time }] of known) if (time < first) known.delete(op);
    return known.values();
  };
}

/**
 * A field of a line, without parsing the rest of it, which takes ten times as long. Quotes within values are escaped, so that
 * nothing in them looks like a field.
 */
function textIn(line: string, field: string): string | undefined {
  const start = line.indexOf(`"${field}":"`);
  if (start < 0) return undefined;
  const from = start + field.length + 4;
  return line.slice(from, line.indexOf('"', from));
}

/** A part of a text keeps the whole block alive that it was cut from. */
const copied = (text: string) => Buffer.from(text).toString();

function peopleIn(line: string): number | undefined {
  const [, count] = /"people":(\d+)/.exec(line) ?? [];
  if (count !== undefined) return Number(count);
  const hashes = line.includes('"addresses":[') ? asArray((parse(line) as Loose | undefined)?.addresses) : [];
  return hashes.length || undefined;
}
