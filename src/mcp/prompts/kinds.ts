/** The kinds of values that arguments of prompts have: what is wrong with one, and how a text speaks of it. */

import { statuses } from "../../model/statuses.ts";
import { timezoneFault } from "../../model/timezones.ts";
import { closest } from "../../values/closest.ts";
import { oneLine, quoted, visibleLines } from "../../values/foreign.ts";
import type { ChoiceName } from "../completions/choices.ts";

interface KindOf {
  /** How the value may be completed while it is typed. */
  completes?: ChoiceName;
  most: number;
  fault?: (value: string) => string | undefined;
  say: (value: string) => string;
}

export const kinds = {
  /** An id, an id with the name as completions give it, or a name. */
  campaign: {
    completes: "campaign",
    most: 300,
    say(value) {
      const [, id, name] = /^(\d{1,12})(?: (".*"))?$/.exec(oneLine(value, 300)) ?? [];
      if (id === undefined) return `the campaign called ${quoted(value, 255)} (list_campaigns finds its id)`;
      return name ? `campaign ${id} (${name})` : `campaign ${id}`;
    },
  },
  /** An id, an id with the address as completions give it, or an address. */
  mailbox: { completes: "mailbox", most: 300, say: (value) => oneLine(value, 300) },
  timezone: { completes: "timezone", most: 60, fault: timezoneFault, say: (value) => value },
  status: {
    completes: "status",
    most: 20,
    fault: (value) => notAmong(value.toUpperCase(), statuses),
    say: (value) => value.toUpperCase(),
  },
  /** A text of the person, in as many lines as they like. */
  text: {
    most: 20_000,
    say: visibleLines,
  },
} satisfies Record<string, KindOf>;

export type Kind = keyof typeof kinds;

function notAmong(value: string, allowed: readonly string[]): string | undefined {
  if (allowed.includes(value)) return undefined;
  const [near] = closest(value, allowed, 1);
  return `must be one of ${allowed.join(", ")}${near ? `; did you mean ${near}?` : ""}`;
}

export const kindOf = (kind: Kind): KindOf => kinds[kind];
