/** `export <id> [-o file]`: the campaign as a file, on stdout or over the file that is there. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { canonical } from "../../values/canonical.ts";
import type { Api } from "../../woodpecker/client.ts";
import { readMailboxes } from "../../woodpecker/mailboxes.ts";
import type { Terminal } from "../terminal.ts";
import { type CampaignFile, fileOf } from "./format.ts";
import { readWhole, shieldIfAny } from "./live.ts";
import { FileFailure, newlyWrong, readFile } from "./parse.ts";
import { render, renderOver } from "./render.ts";
import { schemaFor } from "./schema.ts";

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
  if (output === undefined) {
    const text = textOf(file, undefined, undefined);
    warnOfDamage(text, file, terminal);
    terminal.print(text.replace(/\n$/, ""));
  } else if (writeInto(output, file, terminal)) terminal.say(`${output}: written.`);
  else terminal.say(`${output}: is up to date, nothing was written.`);
  return 0;
}

/** @returns whether anything had to be written @throws FileFailure where another file is there */
export function writeInto(output: string, file: CampaignFile, terminal: Terminal): boolean {
  const old = existsSync(output) ? readFileSync(output, "utf8") : undefined;
  const text = textOf(file, old, output);
  warnOfDamage(text, file, terminal);
  if (text !== old) writeFileSync(output, text);
  return text !== old;
}

function textOf(file: CampaignFile, old: string | undefined, output: string | undefined): string {
  return old?.trim() ? over(old, output as string, file) : render(file, schemaFor(output));
}

function warnOfDamage(text: string, file: CampaignFile, terminal: Terminal): void {
  if (canonical(readFile(Buffer.from(text).toString(), "").file) === canonical(file)) return;
  terminal.say(
    `Some text of campaign ${file.id} holds damaged characters that no file can hold; fix it in Woodpecker, or apply will change it.`,
  );
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
