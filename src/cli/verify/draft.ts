/** The looks that need a draft: what a person agrees to, and the drafts' whole life. They are never run. */
import { randomBytes } from "node:crypto";
import type { Journal } from "../../memory/journal.ts";
import type { Settings } from "../../settings/index.ts";
import type { Prober } from "../../woodpecker/probing.ts";
import type { Ask } from "../terminal.ts";
import { draftProbes } from "./draft-probes.ts";
import { createKeeper, mailboxFor } from "./keeper.ts";
import { type LookedAt, unseen } from "./probe.ts";

/** Who is asked before anything is made, and who may end it. */
export interface Person {
  /** Nothing where nobody can be asked. */
  ask: Ask | undefined;
  /** Besides Ctrl-C and the like. */
  stop?: AbortSignal;
  /** How long, in ms, an account may take to show what was made or deleted. */
  pauses?: readonly number[];
}

/** Tells who made it, and is nobody else's. */
export const draftName = () =>
  `Draft of verify ${new Date().toISOString().slice(0, 19)} ${randomBytes(4).toString("hex")}`;

/** What a person agrees to. */
const plan = (name: string): string[] => [
  "This makes two campaigns in your account and deletes them again:",
  `  1. a DRAFT named "${name}", from one of your mailboxes, with nobody in it`,
  "  2. steps are added to it, changed and removed, its settings and name are changed, and a copy of it is made",
  "  3. both are deleted, also after an error or Ctrl-C",
  "Nothing is run, nobody is added, and no e-mail can leave.",
];

/** @returns why it must not begin; nothing where a person said yes, or where the sandbox is asked */
export async function whyNotBegun(
  { access, dryRun, limits, sandbox }: Settings,
  name: string,
  { ask }: Person,
  signal: AbortSignal,
): Promise<string | undefined> {
  const not = (why: string) =>
    `verify --with-draft did not begin: ${why}. Without --with-draft it only reads.`;
  if (access !== "full") return not(`it deletes its drafts, which access ${access} does not allow`);
  if (dryRun) return not("it makes a draft, which a dry run does not allow");
  if (limits.campaigns) return not("WOODPECKER_CAMPAIGNS does not allow it to change a new campaign");
  if (sandbox) return undefined;
  if (!ask) return not("it needs a yes from a person at a terminal, and this is none");
  const answer = await ask([...plan(name), 'Type "yes" to go on: '].join("\n"), signal);
  return answer.trim().toLowerCase() === "yes" ? undefined : not("that was not a yes");
}

interface Life {
  prober: Prober;
  journal: Journal | undefined;
  limits: Settings["limits"];
  signal: AbortSignal;
  pauses: readonly number[];
  name: string;
  told: (id: string, finding: LookedAt) => void;
}

/** @returns what may be left */
export async function liveDraft(life: Life): Promise<string[]> {
  const { prober, journal, limits, signal, pauses, name, told } = life;
  const tellAll = (why: string): string[] => {
    for (const { id } of draftProbes) told(id, unseen(why));
    return [];
  };
  const mailbox = (await mailboxFor(prober, limits.mailboxes)) ?? 0;
  if (mailbox === 0) return tellAll("there is no mailbox to make a draft with");
  const recording = await journal?.begin({ tool: "verify" }).catch(() => undefined);
  if (journal && !recording) return tellAll("the ledger cannot be written");
  const keeper = createKeeper(prober, signal, pauses);
  let left: string[] = [];
  try {
    const id = await keeper.make(name, mailbox);
    if (typeof id === "string") tellAll(id);
    else await look(id);
  } finally {
    left = await keeper.clean();
    await recording?.end({ outcome: left.length === 0 ? "done" : "unknown" });
  }
  return left;

  async function look(id: number): Promise<void> {
    for (const probe of draftProbes) {
      const why = keeper.stopped();
      const finding =
        why === undefined ? await probe.look({ prober, keeper, id, name, mailbox, pauses }) : unseen(why);
      // What it saw after it had to stop says nothing.
      told(probe.id, keeper.stopped() === undefined ? finding : unseen(keeper.stopped() ?? ""));
    }
  }
}
