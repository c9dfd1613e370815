/** A new campaign from a file without an id; its id is written into the file, so that the file makes no second one. */
import { accessSync, constants, writeFileSync } from "node:fs";
import { campaignsNamed } from "../../operations/support/created.ts";
import { quoted } from "../../values/foreign.ts";
import { asNumber, type Loose } from "../../values/loose.ts";
import { readMailboxes } from "../../woodpecker/mailboxes.ts";
import { type Agreement, agreed, carryOut, type Rest, type Session, tried } from "./carry-out.ts";
import type { PlannedCall } from "./changes.ts";
import { findMailboxes } from "./live.ts";
import { FileFailure, type ReadFile } from "./parse.ts";
import { withId } from "./render.ts";
import { check, refuse, wantedOf } from "./wanted.ts";

/** @returns the rest to do after what was shown, or the exit code where there is none */
export async function createFrom(read: ReadFile, path: string, session: Session): Promise<Rest | number> {
  const { api, flags, print } = session;
  const { file } = read;
  refuse(read, read.faults);
  const found = findMailboxes(file, file.mailboxes ? await readMailboxes(api()) : []);
  refuse(read, found.faults);
  const keepsId = !flags.noWrite && !flags.sandbox && !flags.dryRun;
  if (keepsId) checkWritable(path);

  const { bounce_shield, ...wanted } = wantedOf(file, found.ids);
  const { length } = wanted.steps ?? [];
  print(
    `The file has no id: it becomes a new campaign ${quoted(file.name ?? "")}, a DRAFT of ${length} ${length === 1 ? "step" : "steps"}.\n`,
  );
  await check(wanted as Loose, undefined, session);
  const first: PlannedCall = { tool: "create_campaign", args: wanted as Loose, what: "create the campaign" };
  const done: Loose = {};
  const rest = await tried([first], undefined, session, done);
  if (flags.dryRun && bounce_shield)
    print(`Then the bounce shield of the new campaign is set to ${bounce_shield} %.`);
  if (typeof rest === "number") return rest;
  return async () => {
    const again = await questionsFor(file.name ?? "", session);
    if (!(await agreed(again, session))) return 1;
    const code = await rest();
    if (code !== 0) return code;
    return keepId(asNumber(done.campaign_id), keepsId ? path : undefined, read, bounce_shield, session);
  };
}

/** Applied where the id of the first time got lost, a file would make the same campaign again. */
async function questionsFor(name: string, { api }: Session): Promise<Agreement[]> {
  const same = (await campaignsNamed(api(), name)) ?? [];
  if (same.length === 0) return [];
  const sentence = "There is a campaign of this name already. Make another one?";
  return [{ sentence, facts: { name: quoted(name), "there already": same.join(", ") } }];
}

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
