/** `apply <file>…`: makes campaigns as their files say, through the same tools as an assistant, or new ones of files without id. */
import { readFileSync } from "node:fs";
import { canonical } from "../../values/canonical.ts";
import { quoted } from "../../values/foreign.ts";
import { type Loose, present } from "../../values/loose.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";
import { inCommands } from "../words.ts";
import { type Rest, type Session, tried } from "./carry-out.ts";
import type { Difference, Plan, PlannedCall } from "./changes.ts";
import { createFrom } from "./create.ts";
import { plain, showChanges } from "./diff.ts";
import { type CampaignFile, fileOf, knownSettings } from "./format.ts";
import { findMailboxes, readLive, readWhole, sayFailure } from "./live.ts";
import { newlyWrong, type ReadFile, readFile } from "./parse.ts";
import { type Live, planFor, type Wanted } from "./plan.ts";
import { check, refuse, wantedOf } from "./wanted.ts";

/** @returns the exit code: 0 done, or nothing to do; 1 not done, or not all of it; 2 the file cannot be used */
export async function applyFile(path: string, session: Session): Promise<number> {
  const rest = await planOf(path, session);
  const code = typeof rest === "number" ? rest : await rest();
  if (session.flags.dryRun && code === 0) session.print("Dry run: nothing was changed.");
  return code;
}

/** Shows what would change. @returns the rest to do, or the exit code where there is none */
export async function planOf(path: string, session: Session): Promise<Rest | number> {
  const read = readFile(readFileSync(path, "utf8"), path);
  const { id } = read.file;
  for (const note of read.notes) session.say(`note: ${plain(inCommands(read.say(note)))}`);
  return id === undefined ? createFrom(read, path, session) : change(read, id, session);
}

async function change(read: ReadFile, id: number, session: Session): Promise<Rest | number> {
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
  const opening: PlannedCall = {
    tool: "make_campaign_editable",
    args: { campaign_id: id },
    what: `put the campaign into EDITED${campaign.status === "RUNNING" ? ", which stops its sending" : ""}`,
  };
  const calls = editable ? plan.calls : [opening, ...plan.calls];
  const rest = await tried(calls, id, session);
  if (typeof rest === "number") return rest;
  return async () => {
    if (session.isOneOfSeveral && !(await isUnchanged(campaign, session))) return 1;
    const code = await rest();
    return code === 0 ? confirm(id, file, wanted, session) : code;
  };
}

/** Between a plan and its turn others may have been asked about for minutes. */
async function isUnchanged(shown: Campaign, session: Session): Promise<boolean> {
  const now = await readWhole(session.api(), shown.id, session);
  if (now && canonical(now) === canonical(shown)) return true;
  session.say("The campaign has changed since this was shown. Nothing was changed; apply the file again.");
  return false;
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

/** What Woodpecker shows now, against the file. */
async function confirm(id: number, file: CampaignFile, wanted: Wanted, session: Session): Promise<number> {
  const { api, print, say } = session;
  let campaign: Campaign | undefined;
  let changes: Difference[];
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
