/** `list`, `export` and `apply`: campaigns as files that people keep, review and change like code; and `import`. */
import { openAccounts } from "../../accounts/pool.ts";
import { createLog, say } from "../../log.ts";
import type { Settings } from "../../settings/index.ts";
import { importFile } from "../import/index.ts";
import { type Print, withTerminal } from "../terminal.ts";
import { applyFiles } from "./apply-many.ts";
import type { Session } from "./carry-out.ts";
import { exportCampaign } from "./export.ts";
import { exportMany } from "./export-many.ts";
import { printList } from "./list.ts";
import { codeFor } from "./trouble.ts";

/** @returns the exit code */
export async function run(settings: Settings, print: Print): Promise<number> {
  const accounts = openAccounts(settings, createLog(settings.logLevel));
  const options = accounts.parts();
  try {
    return await withTerminal(print, say, (terminal) => {
      const api = () => options.client.forCall({ signal: terminal.signal });
      return work(settings, { ...terminal, flags: settings, options, api });
    });
  } finally {
    await accounts.close();
  }
}

async function work(settings: Settings, session: Session): Promise<number> {
  const { command, operands, output, all, dir } = settings;
  try {
    if (command === "list") return await printList(session.api(), session.print);
    if (command === "apply") return await applyFiles(operands, session);
    if (command === "import") return await importFile(operands[0] ?? "", settings, session.options, session);
    const ids = operands.map(Number);
    const one = !all && dir === undefined && ids.length === 1;
    if (one) return await exportCampaign(session.api(), ids[0] as number, output, session);
    if (output !== undefined) {
      session.say(
        "Several campaigns do not go into one file: give a folder with --dir in place of --output.",
      );
      return 2;
    }
    return await exportMany(all ? "all" : ids, dir ?? "campaigns", session);
  } catch (error) {
    const file = output ?? dir ?? operands[0] ?? "";
    return codeFor(error, titles[command] ?? command, file, session);
  }
}

const titles: Record<string, string> = { list: "List", export: "Export", apply: "Apply", import: "Import" };
