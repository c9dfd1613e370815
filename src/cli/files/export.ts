/** `export <id> [-o file]`: the campaign as a file, on stdout or over the file that is there. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { canonical } from "../../values/canonical.ts";
import type { Api } from "../../woodpecker/client.ts";
import { readMailboxes } from "../../woodpecker/mailboxes.ts";
import { type CampaignFile, fileOf } from "./format.ts";
import { readWhole, shieldIfAny, type Terminal } from "./live.ts";
import { FileFailure, newlyWrong, readFile } from "./parse.ts";
import { render, renderOver } from "./render.ts";

/** @returns the exit code */
export async function exportCampaign(
  api: Api,
  id: number,
  output: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const campaign = await readWhole(api, id, terminal);
  if (!campaign) return 1;
  const file = fileOf(campaign, await readMailboxes(api), await shieldIfAny(api, id, terminal));
  const old = output !== undefined && existsSync(output) ? readFileSync(output, "utf8") : undefined;
  const text = old?.trim() ? over(old, output as string, file) : render(file);
  if (!arrivesWhole(text, file)) {
    terminal.say(
      "Some text of this campaign holds damaged characters that no file can hold; fix it in Woodpecker, or apply will change it.",
    );
  }
  if (output === undefined) terminal.print(text.replace(/\n$/, ""));
  else if (text === old) terminal.say(`${output}: is up to date, nothing was written.`);
  else {
    writeFileSync(output, text);
    terminal.say(`${output}: written.`);
  }
  return 0;
}

/** Only over a file of the same campaign, or of none so far. */
function over(old: string, name: string, file: CampaignFile): string {
  const read = readFile(old, name);
  if (read.file.id !== undefined && read.file.id !== file.id)
    throw new FileFailure([
      `${name}: is the file of campaign ${read.file.id}, not of ${file.id}; it was not overwritten`,
    ]);
  const wrong = newlyWrong(read.faults, read.file, file);
  if (wrong.length > 0)
    throw new FileFailure([...wrong.map(read.say), "It was not overwritten: fix it, or move it away."]);
  return renderOver(read, file);
}

const arrivesWhole = (text: string, file: CampaignFile) =>
  canonical(readFile(Buffer.from(text).toString(), "").file) === canonical(file);
