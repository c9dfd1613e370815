/** `approve`: shows what waits for a person's word, with the facts that an assistant was shown, and takes yes or no. */

import { createInterface } from "node:readline/promises";
import { type Approvals, openApprovals } from "../memory/approvals.ts";
import { keepConfirmations } from "../memory/kept-confirmations.ts";
import { openStateFolder } from "../memory/state-folder.ts";
import type { Settings } from "../settings/index.ts";
import { stateFolder } from "../settings/places.ts";
import { sayTime } from "../values/moment.ts";
import { type Print, titleOf } from "./terminal.ts";

/** @returns the exit code: 0 when something was decided, 1 when there was nothing to decide or no place to look */
export async function approve(settings: Settings, print: Print): Promise<number> {
  const path = stateFolder(settings);
  if (path === undefined) {
    print("Nothing can wait here: the state folder is off (WOODPECKER_STATE_DIR), or this is the sandbox.");
    return 1;
  }
  if (!process.stdin.isTTY) {
    print("approve wants a person at a terminal, and this is none. Run it in a terminal of your own.");
    return 1;
  }
  let isUsable = true;
  const folder = openStateFolder(path);
  const confirmations = keepConfirmations(folder, () => {
    isUsable = false;
  });
  const approvals = openApprovals(folder, confirmations);
  const waiting = approvals.waiting(Date.now());
  if (waiting.length === 0) {
    print(`Nothing waits for your word (${path}).`);
    return 1;
  }
  const decided = await ask(approvals, waiting, print);
  if (!isUsable) print(`${path} cannot be written, so no word was kept.`);
  return decided > 0 && isUsable ? 0 : 1;
}

async function ask(approvals: Approvals, waiting: ReturnType<Approvals["waiting"]>, print: Print) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answers = terminal[Symbol.asyncIterator]();
  let decided = 0;
  for (const one of waiting) {
    print("");
    const title = titleOf(one.tool);
    for (const line of one.lines) print(line);
    print(`${title}, until ${sayTime(one.expiry)}`);
    process.stdout.write("Do it? yes or no: ");
    const { value, done } = await answers.next();
    if (done) break;
    const word = String(value).trim().toLowerCase();
    if (word !== "yes" && word !== "no") {
      print("Neither yes nor no: it goes on waiting.");
      continue;
    }
    await approvals.decide(one, word === "yes");
    print(
      word === "yes" ? `Agreed, once: ${title}. The assistant can go on now.` : "Declined. Nothing happens.",
    );
    decided += 1;
  }
  terminal.close();
  return decided;
}
