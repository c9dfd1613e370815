/** Decides what comes of an e-mail: whether it bounces, is opened, is answered, and when. */
import type { EmailVersion } from "../campaign.ts";
import type { Interest, Outcome, Prospect } from "../state.ts";
import { chance } from "./chance.ts";

const HOUR = 3_600_000;

/** How often each happens; bounces can only happen to the first e-mail. */
const ODDS = { bounce: 0.03, reply: 0.07, autoreply: 0.03, optout: 0.015, open: 0.5, click: 0.3 };
const INVALID = 0.02;
const RISKY = 0.1;

const QUESTION = { answer: 1, open: 2, click: 3, delay: 4, patience: 5, interest: 6, address: 7 };

interface DueEmail {
  seed: number;
  campaignId: number;
  prospect: Prospect;
  /** Counted from 0. */
  step: number;
  first: boolean;
  version: EmailVersion;
  tracked: boolean;
}

type Kind = Outcome["kind"];

/** anna+reply@…: a test can ask for an answer instead of waiting for chance. */
const wishIn = ({ email }: Prospect): string => /\+([a-z]+)@/.exec(email)?.[1] ?? "";

function answerOf({ prospect, first, version }: DueEmail, roll: number): Kind | undefined {
  const wish = wishIn(prospect);
  if (wish === "silent" || wish === "open") return undefined;
  if (wish === "bounce" || wish === "reply" || wish === "autoreply" || wish === "optout") return wish;
  let edge = 0;
  for (const kind of ["bounce", "reply", "autoreply", "optout"] as const) {
    edge += ODDS[kind];
    if (roll >= edge) continue;
    const possible =
      kind === "bounce" ? first : kind !== "optout" || version.message.includes("{{UNSUBSCRIBE}}");
    return possible ? kind : undefined;
  }
  return undefined;
}

/** What comes of an e-mail, and after how long, in the order in which it happens. */
export function fateOf(letter: DueEmail): { kind: Kind; after: number }[] {
  const { seed, campaignId, prospect, step, version, tracked } = letter;
  const roll = (question: number) => chance(seed, campaignId, prospect.id, step, question);
  const answer = answerOf(letter, roll(QUESTION.answer));
  if (answer === "bounce") return [{ kind: "bounce", after: HOUR / 30 }];
  const autoreply = answer === "autoreply" ? [{ kind: answer, after: HOUR / 20 }] : [];
  const read = roll(QUESTION.delay) ** 3 * 40 * HOUR + HOUR / 6;
  const answers = answer === "reply" || answer === "optout";
  const wish = wishIn(prospect);
  const opens = answers || wish === "open" || (wish !== "silent" && roll(QUESTION.open) < ODDS.open);
  if (!opens) return autoreply;
  const open = tracked ? [{ kind: "open" as const, after: read }] : [];
  const clicks = version.message.includes("{{CLICK=") && roll(QUESTION.click) < ODDS.click;
  const click = clicks ? [{ kind: "click" as const, after: read + HOUR / 20 }] : [];
  const last = answers
    ? [{ kind: answer, after: read + HOUR / 10 + roll(QUESTION.patience) * 6 * HOUR }]
    : [];
  return [...autoreply, ...open, ...click, ...last];
}

export function interestOf(seed: number, campaignId: number, prospectId: number): Interest {
  const roll = chance(seed, campaignId, prospectId, QUESTION.interest);
  if (roll < 0.3) return "INTERESTED";
  if (roll < 0.5) return "MAYBE-LATER";
  return roll < 0.75 ? "NOT-INTERESTED" : "NOT-MARKED";
}

/** An address is verified when it is to be written to for the first time, and not on import. */
export function verified(seed: number, prospect: Prospect): "deliverable" | "risky" | "invalid" {
  if (wishIn(prospect) === "invalid") return "invalid";
  if (wishIn(prospect) === "catchall") return "risky";
  if (wishIn(prospect) !== "") return "deliverable";
  const roll = chance(seed, prospect.id, QUESTION.address);
  if (roll < INVALID) return "invalid";
  return roll < RISKY ? "risky" : "deliverable";
}
