/** `verify`: holds what docs/assumptions.md says against an account. Reads, or with drafts that are deleted again. */
import { writeFileSync } from "node:fs";
import { openAccounts } from "../../accounts/pool.ts";
import { createLog, say } from "../../log.ts";
import { inProcess } from "../../memory/index.ts";
import type { Settings } from "../../settings/index.ts";
import { Refusal } from "../../values/refusal.ts";
import { version } from "../../version.ts";
import { createProber, createTape } from "../../woodpecker/probing.ts";
import { atTerminal, type Print } from "../terminal.ts";
import assumptions from "./assumptions.json" with { type: "json" };
import { draftName, liveDraft, type Person, whyNotBegun } from "./draft.ts";
import { draftProbes } from "./draft-probes.ts";
import { usualPauses } from "./keeper.ts";
import { outOfReach } from "./out-of-reach.ts";
import { type LookedAt, unseen, type Verdict } from "./probe.ts";
import { reads } from "./reads.ts";
import { type Recorded, recordOf, recordText } from "./record.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Each question for itself: longer than the slowest page that somebody saw. */
const QUESTION_MS = 60_000;

/** @returns the exit code: 0 where nothing differs, 1 where something does, is left or was stopped, 2 where it did not begin */
export async function verify(settings: Settings, print: Print, person: Person = { ask: atTerminal() }) {
  const { signal, release } = untilStopped(person);
  const tape = createTape();
  const accounts = openAccounts(settings, createLog(settings.logLevel), () => ({
    exchanged: tape.exchanged,
  }));
  try {
    const name = draftName();
    const refused = settings.withDraft ? await whyNotBegun(settings, name, person, signal) : undefined;
    if (refused === undefined) return await lookAtAll(name);
    say(refused);
    return 2;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(`${error.parts.what} Next: ${error.parts.next}`);
    return 2;
  } finally {
    release();
    await accounts.close();
  }

  async function lookAtAll(name: string): Promise<number> {
    const { withDraft, sandbox, apiUrl, limits, record } = settings;
    const { client, journal, memory = inProcess() } = accounts.parts();
    print(`woodpecker-campaigns-mcp ${version} against ${sandbox ? "the built-in sandbox" : apiUrl}`);
    const apiFor = (until?: AbortSignal) => () =>
      client.forCall({ budgetMs: QUESTION_MS, ...(until && { signal: until }) });
    const reader = createProber(tape, apiFor(signal), (work) => work());
    // Ctrl-C ends reading, and never the deleting.
    const writer = createProber(tape, apiFor(), (work) => memory.writeLock.hold(work));
    const opens = new Map(assumptions.map(({ id, open }) => [id, open]));
    const findings = new Map<string, LookedAt>();
    const told = (id: string, finding: LookedAt) => {
      findings.set(id, finding);
      print(`${finding.verdict.padEnd(14)}  ${id}  ${opens.get(id)}: ${finding.saw}`);
    };
    for (const { id, look } of reads) {
      const finding = signal.aborted ? undefined : await look(reader);
      if (tape.seen[0]?.status === 401) {
        say("Woodpecker refuses the key: run doctor, which says what to fix.");
        return 2;
      }
      told(id, finding === undefined || signal.aborted ? unseen("stopped") : finding);
    }
    const pauses = person.pauses ?? usualPauses;
    const begins = withDraft && !signal.aborted;
    const left = begins
      ? await liveDraft({ prober: writer, journal, limits, signal, pauses, name, told })
      : [];
    for (const { id } of assumptions) {
      if (!findings.has(id)) told(id, unseen(outOfReach[id] ?? whyNot(id)));
    }
    function whyNot(id: string): string {
      if (!draftProbes.some((probe) => probe.id === id)) return "no look at it is written yet";
      return withDraft ? "stopped" : "needs --with-draft";
    }
    const about = { version, date: new Date().toISOString().slice(0, 10), sandbox };
    const isKept = record === undefined || keep(record, recordOf(tape.seen, findings, about), print);
    for (const one of left) print(`LEFT OVER, please look at it in Woodpecker: ${one}`);
    const all = [...findings.values()];
    const count = (verdict: Verdict) => all.filter((one) => one.verdict === verdict).length;
    print(
      `${count("agrees")} agree, ${count("differs")} differ, ${count("could not look")} could not be looked at.`,
    );
    return count("differs") > 0 || left.length > 0 || !isKept || signal.aborted ? 1 : 0;
  }
}

/** Ctrl-C once or often: it ends in order, since what was made has to be deleted. */
function untilStopped({ stop }: Person) {
  const ending = new AbortController();
  const end = () => {
    say(
      ending.signal.aborted
        ? "Still ending; what was made is being deleted."
        : "Ending; what was made is deleted first.",
    );
    ending.abort();
  };
  for (const name of signals) process.on(name, end);
  stop?.addEventListener("abort", end);
  return {
    signal: ending.signal,
    release() {
      for (const name of signals) process.off(name, end);
      stop?.removeEventListener("abort", end);
    },
  };
}

function keep(file: string, record: Recorded, print: Print): boolean {
  try {
    writeFileSync(file, recordText(record));
  } catch (error) {
    print(`The record was not kept: the file cannot be written (${(error as NodeJS.ErrnoException).code}).`);
    return false;
  }
  print(`Recorded in ${file}: shapes, statuses and times; look through it before you pass it on.`);
  return true;
}
