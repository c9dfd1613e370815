/** `export --all --dir campaigns`: one file a campaign, found again by its id, and untouched where nothing differs. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../memory/make-folder.ts";
import { quoted } from "../../values/foreign.ts";
import { listCampaignRows, readCampaign } from "../../woodpecker/campaigns.ts";
import { type Mailbox, readMailboxes } from "../../woodpecker/mailboxes.ts";
import type { Session } from "./carry-out.ts";
import { writeInto } from "./export.ts";
import { fileOf } from "./format.ts";
import { shieldIfAny } from "./live.ts";
import { FileFailure, idIn } from "./parse.ts";
import { keepSchema } from "./schema.ts";
import { codeFor } from "./trouble.ts";

/** For people who may share the folder. */
const FOLDER_MODE = 0o777;

type Ending = "written" | "up to date" | "skipped" | "failed";

/** @returns the exit code: 1 where a campaign that was named could not be shown, or one could not be read or written */
export async function exportMany(
  wanted: readonly number[] | "all",
  folder: string,
  session: Session,
): Promise<number> {
  const { api, print, say } = session;
  const isAll = wanted === "all";
  const ids = isAll ? (await listCampaignRows(api())).map(({ id }) => id) : [...new Set(wanted)];
  const mailboxes = ids.length > 0 ? await readMailboxes(api()) : [];
  makeFolder(folder, FOLDER_MODE);
  const files = filesIn(folder);
  keepSchema(folder);
  const said = new Set<string>();
  // The same remark on each of forty campaigns is one.
  const remark = (text: string) => {
    if (!said.has(text)) say(text);
    said.add(text);
  };
  const endings: Ending[] = [];
  for (const id of ids) {
    if (session.signal.aborted) {
      say(`Stopped; ${ids.length - endings.length} campaigns were not looked at.`);
      return 1;
    }
    endings.push(await exportOne(id, files.get(id) ?? [], folder, mailboxes, { ...session, remark }));
  }
  if (isAll)
    for (const [id, paths] of files)
      if (!ids.includes(id))
        say(`${paths.join(", ")}: campaign ${id} is not in this account; left as it is.`);
  const count = (ending: Ending) => endings.filter((one) => one === ending).length;
  const counts = (["written", "up to date", "skipped", "failed"] as const)
    .filter((ending) => count(ending) > 0)
    .map((ending) => `${count(ending)} ${ending}`);
  print(`${folder}: ${counts.join(", ") || "there is no campaign in this account"}.`);
  return count("failed") > 0 || (!isAll && count("skipped") > 0) ? 1 : 0;
}

async function exportOne(
  id: number,
  paths: readonly string[],
  folder: string,
  mailboxes: readonly Mailbox[],
  session: Session & { remark: Session["say"] },
): Promise<Ending> {
  const { api, print, say, remark } = session;
  let path = paths[0] ?? "";
  try {
    if (paths.length > 1)
      throw new FileFailure([
        `${paths.join(" and ")} are files of the same campaign, ${id}; remove all but one.`,
      ]);
    const campaign = await readCampaign(api(), id);
    if (campaign.partial) {
      say(
        `Campaign ${id} ${quoted(campaign.name)} is skipped. ${campaign.reason ?? "It cannot be read in full."}`,
      );
      return "skipped";
    }
    path ||= join(folder, nameFor(id, campaign.name));
    const isWritten = writeInto(
      path,
      fileOf(campaign, mailboxes, await shieldIfAny(api(), id, { ...session, say: remark })),
      session,
    );
    if (isWritten) print(`${path}: written.`);
    return isWritten ? "written" : "up to date";
  } catch (error) {
    // A fault of a file names it.
    if (!(error instanceof FileFailure)) say(`Campaign ${id}:`);
    codeFor(error, "Export", path, session);
    return "failed";
  }
}

/** With the id first, so that two campaigns of one name are two files, whatever language the name is in. */
function nameFor(id: number, name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return `${[id, words].filter(Boolean).join("-")}.yaml`;
}

/** Campaign → its files, by what stands in them: people rename files, and campaigns are renamed. */
function filesIn(folder: string): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const id = /\.ya?ml$/i.test(name) ? idIn(path) : undefined;
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), path]);
  }
  return found;
}
