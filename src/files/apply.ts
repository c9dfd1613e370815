/** `apply <file>`: makes a campaign as its file says, through the same tools as an assistant, or a new one of a file without id. */
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { canonical } from "../canonical.ts";
import { factLines } from "../consent.ts";
import { permitted } from "../effects.ts";
import { quoted } from "../model/foreign.ts";
import { asNumber, asObject, asString, type Loose, present } from "../model/loose.ts";
import type { Step } from "../model/steps.ts";
import { operations } from "../operations/index.ts";
import { findProblems } from "../preflight/index.ts";
import { draftSubject } from "../preflight/read.ts";
import { createRepeats } from "../repeats.ts";
import type { Settings } from "../settings.ts";
import { inProcess } from "../shared.ts";
import { type Caller, createToolbox, type ToolboxOptions } from "../toolbox.ts";
import type { Campaign } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { findMailboxes, readLive, readWhole, sayFailure, type Terminal } from "./account.ts";
import { type CampaignFile, fileOf, knownSettings } from "./format.ts";
import { type Call, type Change, type Live, type Plan, planFor, type Wanted } from "./plan.ts";
import { FileFailure, newlyWrong, type ReadFile, readFile } from "./read.ts";
import { rehearsal } from "./rehearse.ts";
import { plain, showChanges, showFindings } from "./show.ts";
import { withId } from "./write.ts";

type Flags = Pick<
  Settings,
  "access" | "toolsets" | "dryRun" | "yes" | "makeEditable" | "noWrite" | "sandbox"
>;

export interface Session extends Terminal {
  flags: Flags;
  options: ToolboxOptions;
  /** For a few reads: each has its own time. */
  api: () => Api;
}

/** @returns the exit code: 0 done, or nothing to do; 1 not done, or not all of it; 2 the file cannot be used */
export async function applyFile(path: string, session: Session): Promise<number> {
  const read = readFile(readFileSync(path, "utf8"), path);
  const { id } = read.file;
  const code = id === undefined ? await create(read, path, session) : await change(read, id, session);
  if (session.flags.dryRun && code === 0) session.print("Dry run: nothing was changed.");
  return code;
}

// A campaign that exists

async function change(read: ReadFile, id: number, session: Session): Promise<number> {
  const { flags, print, say } = session;
  const { file } = read;
  const live = await liveOf(read, id, session);
  if (!live) return 1;
  const { campaign } = live;
  const found = findMailboxes(file, live.mailboxes);
  refuse(read, [
    ...newlyWrong(read.faults, file, fileOf(campaign, live.mailboxes, live.bounceShield)),
    ...found.faults,
  ]);

  const wanted = wantedOf(file, found.ids);
  const plan = planFor(live, wanted);
  print(`Campaign ${id} ${quoted(campaign.name)} (${campaign.status})`);
  if (plan.changes.length === 0) {
    print("It is as the file says; nothing to change.");
    return 0;
  }
  print(`\n${showChanges(plan.changes)}\n`);
  if (plan.impossible.length > 0) return sayImpossible(plan, session);
  await check(draftOf(live, wanted), ["mailboxes", "linkedin"], session);

  const editable = campaign.status === "DRAFT" || campaign.status === "EDITED";
  if (!editable && !flags.makeEditable) {
    say(needsEditing(campaign.status));
    if (!flags.dryRun) return 1;
  }
  const opening: Call = {
    tool: "make_campaign_editable",
    args: { campaign_id: id },
    what: `put the campaign into EDITED${campaign.status === "RUNNING" ? ", which stops its sending" : ""}`,
  };
  const calls = editable ? plan.calls : [opening, ...plan.calls];
  const code = await carryOut(calls, id, session);
  return code === 0 && !flags.dryRun ? confirm(id, file, wanted, session) : code;
}

/** Without the campaign, what is certainly wrong with the file is still worth saying. */
async function liveOf(read: ReadFile, id: number, session: Session): Promise<Live | undefined> {
  try {
    const campaign = await readWhole(session.api(), id, session);
    return campaign && (await readLive(session.api(), campaign, read.file));
  } catch (error) {
    if (read.faults.length > 0) {
      sayFailure(error, "Apply", session);
      refuse(read, read.faults);
    }
    throw error;
  }
}

function refuse(read: ReadFile, faults: ReadFile["faults"]): void {
  if (faults.length > 0) throw new FileFailure([...faults.map(read.say), "Nothing was changed."]);
}

const wantedOf = ({ mailboxes, delivery_times, steps, ...rest }: CampaignFile, ids: number[]): Wanted => ({
  ...rest,
  ...(mailboxes && { mailbox_ids: ids }),
  ...(steps && { steps: steps.map((step) => withTimes(step, delivery_times)) }),
});

const withTimes = (step: Step, times: CampaignFile["delivery_times"]): Step =>
  step.type === "EMAIL" && !step.delivery_times && times
    ? ({ ...step, delivery_times: times } as Step)
    : step;

function sayImpossible({ impossible }: Plan, { say }: Session): number {
  say("Not possible through Woodpecker's API:");
  for (const { what, why } of impossible) say(`- ${what}: ${why}.`);
  say("Nothing was changed. For a new campaign of the file take its id out.");
  return 1;
}

const needsEditing = (status: string) =>
  `The campaign is ${status}, and Woodpecker changes campaigns only in DRAFT or EDITED. Apply it with --make-editable to put it into EDITED first; ${status === "RUNNING" ? "that stops its sending until it is run again" : "to send, it has to be run again then"}. Nothing was changed.`;

/** As the campaign will be: what create_campaign would be given. */
function draftOf({ campaign, mailboxes }: Live, { name, mailbox_ids, settings, steps }: Wanted): Loose {
  const now = fileOf(campaign, mailboxes, undefined);
  return present({
    name: name ?? campaign.name,
    mailbox_ids: mailbox_ids ?? campaign.mailbox_ids,
    settings: { ...knownSettings(campaign.settings), ...settings },
    delivery_times: steps ? undefined : now.delivery_times,
    steps: steps ?? now.steps,
  });
}

/** Findings stop nothing: nothing is sent before the campaign is run, and then they are found again. */
async function check(
  draft: Loose,
  only: Parameters<typeof draftSubject>[3],
  { api, print }: Session,
): Promise<void> {
  const findings = findProblems(await draftSubject(api(), draft, Date.now(), only)).filter(
    ({ severity }) => severity !== "info",
  );
  if (findings.length > 0)
    print(["The check of the campaign as it will be finds:", ...showFindings(findings), ""].join("\n"));
}

/** What Woodpecker shows now, against the file. */
async function confirm(id: number, file: CampaignFile, wanted: Wanted, session: Session): Promise<number> {
  const { api, print, say } = session;
  let campaign: Campaign | undefined;
  let changes: Change[];
  try {
    campaign = await readWhole(api(), id, session);
    if (!campaign) return 1;
    ({ changes } = planFor(await readLive(api(), campaign, file), wanted));
  } catch (error) {
    say("All calls were done. Only reading the campaign back did not work:");
    sayFailure(error, "Apply", session);
    return 0;
  }
  if (changes.length > 0) {
    say("All calls were done, but Woodpecker still shows a difference:");
    say(showChanges(changes));
    return 1;
  }
  const edited = campaign.status === "EDITED" ? " It sends nothing until it is run again." : "";
  print(`Campaign ${id} is ${campaign.status}, and as the file says.${edited}`);
  return 0;
}

// A new campaign

async function create(read: ReadFile, path: string, session: Session): Promise<number> {
  const { api, flags, print } = session;
  const { file } = read;
  refuse(read, read.faults);
  const { mailboxes } = await readLive(api(), NEW, { ...file, bounce_shield: undefined });
  const found = findMailboxes(file, mailboxes);
  refuse(read, found.faults);
  const keepsId = !flags.noWrite && !flags.sandbox && !flags.dryRun;
  if (keepsId) checkWritable(path);

  const { bounce_shield, ...wanted } = wantedOf(file, found.ids);
  const { length } = wanted.steps ?? [];
  print(
    `The file has no id: it becomes a new campaign ${quoted(file.name ?? "")}, a DRAFT of ${length} ${length === 1 ? "step" : "steps"}.\n`,
  );
  await check(wanted as Loose, undefined, session);
  const first: Call = { tool: "create_campaign", args: wanted as Loose, what: "create the campaign" };
  const done: Loose = {};
  const code = await carryOut([first], undefined, session, done);
  if (flags.dryRun && bounce_shield)
    print(`Then the bounce shield of the new campaign is set to ${bounce_shield} %.`);
  if (code !== 0 || flags.dryRun) return code;
  return keepId(asNumber(done.campaign_id), keepsId ? path : undefined, read, bounce_shield, session);
}

/** Only to say that there is nothing to be read of it yet. */
const NEW = { id: 0, name: "", status: "", mailbox_ids: [], settings: {}, steps: [] };

function checkWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch {
    throw new FileFailure([
      `${path}: cannot be written to. The new campaign's id belongs into it, or the next apply would make a second one; allow it, or use --no-write.`,
    ]);
  }
}

async function keepId(
  id: number | undefined,
  path: string | undefined,
  read: ReadFile,
  shield: number | null | undefined,
  session: Session,
): Promise<number> {
  const { print, say, flags } = session;
  if (id === undefined) {
    say(
      "Woodpecker did not say the new campaign's id: look it up and put it into the file as id: before you apply it again.",
    );
    return 1;
  }
  const again = `put "id: ${id}" into the file, or the next apply makes another campaign`;
  print(`The new campaign is ${id}.`);
  try {
    if (path !== undefined) {
      writeFileSync(path, withId(read, id));
      print(`${path}: id: ${id} was written into it.`);
    } else if (!flags.sandbox) print(`Not written into the file: ${again}.`);
  } catch {
    say(`${path} could not be written: ${again}.`);
    return 1;
  }
  if (!shield) return 0;
  const args = { campaign_id: id, bounce_shield: shield };
  return carryOut([{ tool: "update_campaign", args, what: "set the bounce shield" }], id, session);
}

// Doing it

/** First all as dry runs, then the person's word where one is needed, then one after the other; the first failure ends it. */
async function carryOut(
  calls: readonly Call[],
  id: number | undefined,
  session: Session,
  done: Loose = {},
): Promise<number> {
  const { flags, print, say } = session;
  const questions = await rehearse(calls, id, session);
  if (!questions) {
    say("Nothing was changed.");
    return 1;
  }
  if (flags.dryRun) return 0;
  if (!(await agreed([...questions.values()], session))) return 1;
  for (const [place, call] of calls.entries()) {
    const failure = session.signal.aborted
      ? "Stopped."
      : await perform(call, questions.get(call), session, done);
    if (failure === undefined) {
      print(`done: ${call.what}`);
      continue;
    }
    say(`NOT done: ${call.what}\n  ${failure.replaceAll("\n", "\n  ")}`);
    for (const before of calls.slice(0, place)) say(`Done before it: ${before.what}`);
    for (const left of calls.slice(place + 1)) say(`Not begun: ${left.what}`);
    if (place > 0 && calls[0]?.tool === "make_campaign_editable")
      say("The campaign is EDITED now and sends nothing until it is run again.");
    if (id !== undefined) say("Apply the file again when this is mended: it does only what is left.");
    return 1;
  }
  return 0;
}

interface Question {
  sentence: string;
  facts: Loose;
}

/** The question that each call asks a person, if any; nothing where a call would not be taken. */
async function rehearse(
  calls: readonly Call[],
  id: number | undefined,
  session: Session,
): Promise<Map<Call, Question> | undefined> {
  const { flags, options, print, say } = session;
  const available = permitted(operations, flags.access, flags.toolsets).map(({ name }) => name);
  const missing = calls.find(({ tool }) => !available.includes(tool));
  if (missing) {
    say(
      `To ${missing.what} is not allowed here: ${missing.tool} does not exist with --access ${flags.access} and --toolsets ${flags.toolsets.join(",")}.`,
    );
    return undefined;
  }
  const { client, assume } = rehearsal(options.client, id);
  const questions = new Map<Call, Question>();
  if (flags.dryRun) print("It would send:");
  for (const call of calls) {
    const toolbox = createToolbox({ ...options, client, dryRun: true });
    const {
      isError,
      content,
      structuredContent = {},
    } = await toolbox.call(call.tool, call.args, caller(session));
    if (isError) {
      say(content.map(({ text }) => text).join("\n"));
      return undefined;
    }
    assume(call);
    const { request, question, facts } = structuredContent;
    if (flags.dryRun) print(requestText(asObject(request)));
    if (question) questions.set(call, { sentence: String(question), facts: asObject(facts) });
  }
  return questions;
}

const requestText = ({ method, path, body }: Loose) =>
  plain(`${method} ${path}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`);

async function agreed(questions: readonly Question[], { flags, ask, say }: Session): Promise<boolean> {
  for (const { sentence, facts } of questions) {
    say(sentence);
    for (const line of factLines(facts as Record<string, string>)) say(`  ${line}`);
    if (flags.yes) say("  Agreed to by --yes.");
    else if (!ask) {
      say(
        "Nobody can be asked here: run it in a terminal, or agree beforehand with --yes. Nothing was changed.",
      );
      return false;
    } else if ((await ask('Type "yes" to agree: ')).trim().toLowerCase() !== "yes") {
      say("Nothing was changed.");
      return false;
    }
  }
  return true;
}

/** @returns why it was not done, or nothing */
async function perform(
  call: Call,
  question: Question | undefined,
  session: Session,
  done: Loose,
): Promise<string | undefined> {
  const { options } = session;
  // A memory for each call: a plan may well hold the same call twice, and both are meant.
  const shared = { ...(options.shared ?? inProcess()), repeats: createRepeats() };
  const toolbox = createToolbox({ ...options, shared });
  const run = (more: Loose = {}) => toolbox.call(call.tool, { ...call.args, ...more }, caller(session));
  let result = await run();
  const { outcome, confirmation, facts } = result.structuredContent ?? {};
  if (outcome === "confirmation_required") {
    if (!question || canonical(facts) !== canonical(question.facts))
      return "Something that was shown changed meanwhile. Nothing was changed by this call.";
    result = await run({ confirmation });
  }
  const text = result.content.map((block) => block.text).join("\n");
  const ended = asString(result.structuredContent?.outcome) ?? "";
  if (result.isError || !["done", "already"].includes(ended)) return text;
  Object.assign(done, result.structuredContent);
  return undefined;
}

const caller = ({ signal }: Session): Caller => ({ signal, caller: "apply" });
