/** The calls of a plan: all as dry runs, then the person's word where one is needed, then one after the other. */

import { type AccountParts, createAccount, type Protocol } from "../../accounts/account.ts";
import { permitted } from "../../calls/effects.ts";
import { factLines } from "../../calls/question.ts";
import { inProcess } from "../../memory/index.ts";
import { createRepeats } from "../../memory/repeats.ts";
import { operations } from "../../operations/index.ts";
import type { Settings } from "../../settings/index.ts";
import { canonical } from "../../values/canonical.ts";
import { asArray, asObject, asString, type Loose } from "../../values/loose.ts";
import type { Api } from "../../woodpecker/client.ts";
import { type Pretence, pretending } from "../../woodpecker/pretence.ts";
import { agrees, type Terminal } from "../terminal.ts";
import { inCommands } from "../words.ts";
import type { PlannedCall } from "./changes.ts";
import { plain } from "./diff.ts";
import { after } from "./rehearse.ts";

type Flags = Pick<
  Settings,
  "access" | "toolsets" | "dryRun" | "yes" | "makeEditable" | "noWrite" | "sandbox"
>;

export interface Session extends Terminal {
  flags: Flags;
  options: AccountParts;
  /** Others are planned or done before it. */
  isOneOfSeveral?: boolean;
  /** For a few reads: each has its own time. */
  api: () => Api;
}

/** What is left to do of a plan once it was tried: asks, and does it. @returns the exit code */
export type Rest = () => Promise<number>;

/** Tried and then done. @returns the exit code */
export async function carryOut(
  calls: readonly PlannedCall[],
  id: number | undefined,
  session: Session,
): Promise<number> {
  const rest = await tried(calls, id, session);
  return typeof rest === "number" ? rest : rest();
}

/** @returns the rest, or the exit code where there is none: it would not be taken, or it is a dry run */
export async function tried(
  calls: readonly PlannedCall[],
  id: number | undefined,
  session: Session,
  done: Loose = {},
): Promise<Rest | number> {
  const questions = await rehearse(calls, id, session);
  if (!questions) {
    session.say("Nothing was changed.");
    return 1;
  }
  return session.flags.dryRun ? 0 : () => perform(calls, questions, id, session, done);
}

/** The first failure ends it. */
async function perform(
  calls: readonly PlannedCall[],
  questions: ReadonlyMap<PlannedCall, Agreement>,
  id: number | undefined,
  session: Session,
  done: Loose,
): Promise<number> {
  const { print, say } = session;
  if (!(await agreed([...questions.values()], session))) return 1;
  for (const [place, call] of calls.entries()) {
    const failure = session.signal.aborted
      ? "Stopped."
      : await performOne(call, questions.get(call), session, done);
    if (failure === undefined) {
      print(`done: ${call.what}`);
      continue;
    }
    say(`NOT done: ${call.what}\n  ${failure.replaceAll("\n", "\n  ")}`);
    for (const before of calls.slice(0, place)) say(`Done before it: ${before.what}`);
    for (const left of calls.slice(place + 1)) say(`Not begun: ${left.what}`);
    if (place > 0 && calls[0]?.tool === "make_campaign_editable")
      say("The campaign is EDITED now and sends nothing until it is run again.");
    if (id !== undefined) say("Apply the file again when this is fixed: it does only what is left.");
    return 1;
  }
  return 0;
}

export interface Agreement {
  sentence: string;
  facts: Loose;
}

/** The question that each call asks a person, if any; nothing where a call would not be taken. */
async function rehearse(
  calls: readonly PlannedCall[],
  id: number | undefined,
  session: Session,
): Promise<Map<PlannedCall, Agreement> | undefined> {
  const { flags, options, print, say } = session;
  const available = permitted(operations, flags.access, flags.toolsets).map(({ name }) => name);
  const missing = calls.find(({ tool }) => !available.includes(tool));
  if (missing) {
    say(
      `To ${missing.what} is not allowed here: not with --access ${flags.access} and --toolsets ${flags.toolsets.join(",")}.`,
    );
    return undefined;
  }
  // A new campaign has no id, and its one call needs no pretence.
  const pretences: Pretence[] = [];
  const client = id === undefined ? options.client : pretending(options.client, id, pretences);
  const questions = new Map<PlannedCall, Agreement>();
  const remarks = new Set<string>();
  if (flags.dryRun) print("It would send:");
  for (const call of calls) {
    const account = createAccount({ ...options, client, dryRun: true });
    const {
      isError,
      content,
      structuredContent = {},
    } = await account.call(call.tool, call.args, caller(session));
    if (isError) {
      say(inCommands(content.map(({ text }) => text).join("\n")));
      return undefined;
    }
    pretences.push(...after(call));
    const { request, question, facts, notes } = structuredContent;
    for (const note of asArray(notes)) remarks.add(inCommands(String(note)));
    if (flags.dryRun) print(requestText(asObject(request)));
    if (question) questions.set(call, { sentence: String(question), facts: asObject(facts) });
  }
  for (const remark of remarks) say(`note: ${plain(remark)}`);
  return questions;
}

const requestText = ({ method, path, body }: Loose) =>
  plain(`${method} ${path}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`);

/** Asked of the person, or agreed to beforehand. */
export async function agreed(
  questions: readonly Agreement[],
  { flags, ask, say }: Session,
): Promise<boolean> {
  for (const { sentence, facts } of questions) {
    say(inCommands(sentence));
    for (const line of factLines(facts as Record<string, string>)) say(`  ${line}`);
    if (flags.yes) say("  Agreed to by --yes.");
    else if (!ask) {
      say(
        "Nobody can be asked here: run it in a terminal, or agree beforehand with --yes. Nothing was changed.",
      );
      return false;
    } else if (!(await agrees(ask))) {
      say("Nothing was changed.");
      return false;
    }
  }
  return true;
}

/** @returns why it was not done, or nothing */
async function performOne(
  call: PlannedCall,
  question: Agreement | undefined,
  session: Session,
  done: Loose,
): Promise<string | undefined> {
  const { options } = session;
  // A memory for each call: a plan may well hold the same call twice, and both are meant.
  const memory = { ...(options.memory ?? inProcess()), repeats: createRepeats() };
  const account = createAccount({ ...options, memory });
  const run = (more: Loose = {}) => account.call(call.tool, { ...call.args, ...more }, caller(session));
  let result = await run();
  const { outcome, confirmation, facts } = result.structuredContent ?? {};
  if (outcome === "confirmation_required") {
    if (!question || canonical(facts) !== canonical(question.facts))
      return "Something that was shown has changed meanwhile. Nothing was changed by this call.";
    result = await run({ confirmation });
  }
  const text = inCommands(result.content.map((block) => block.text).join("\n"));
  const ended = asString(result.structuredContent?.outcome) ?? "";
  if (result.isError || !["done", "already"].includes(ended)) return text;
  Object.assign(done, result.structuredContent);
  return undefined;
}

const caller = ({ signal }: Session): Protocol => ({ signal, caller: "apply", person: "terminal" });
