/** `export` and `apply`: a campaign as a file that people keep, review and change like code; `import` is beside it. */
import { createInterface } from "node:readline/promises";
import { openAccounts } from "../../accounts/pool.ts";
import { isExplained } from "../../calls/explain.ts";
import { createLog, say } from "../../log.ts";
import type { Settings } from "../../settings/index.ts";
import { importPeople } from "../import/index.ts";
import { applyFile } from "./apply.ts";
import { exportCampaign } from "./export.ts";
import { sayFailure, type Terminal } from "./live.ts";
import { FileFailure } from "./parse.ts";

/** @returns the exit code */
export async function run(settings: Settings, print: (text: string) => void): Promise<number> {
  const { command, operands, output } = settings;
  if (command === "import") return importPeople(settings, print);
  const [operand = ""] = operands;
  const accounts = openAccounts(settings, createLog(settings.logLevel));
  const options = accounts.parts();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of signals) process.once(signal, onSignal);
  const { signal } = stop;
  const terminal: Terminal = {
    print,
    say,
    signal,
    ...(isTerminal() && { ask: (text) => ask(text, signal) }),
  };
  const api = () => options.client.forCall({ signal });
  try {
    if (command === "export") return await exportCampaign(api(), Number(operand), output, terminal);
    return await applyFile(operand, { ...terminal, flags: settings, options, api });
  } catch (error) {
    const [title, file] = command === "export" ? ["Export", output] : ["Apply", operand];
    return codeFor(error, title, file ?? "", terminal);
  } finally {
    for (const name of signals) process.off(name, onSignal);
    await accounts.close();
  }
}

const signals = ["SIGINT", "SIGTERM"] as const;

function codeFor(error: unknown, title: string, file: string, terminal: Terminal): number {
  if (error instanceof FileFailure) {
    terminal.say(error.message);
    return 2;
  }
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (!isExplained(error) && syscall !== undefined) {
    terminal.say(`${file}: ${fileTroubles[code] ?? `cannot be used (${code})`}.`);
    return 2;
  }
  if (isExplained(error)) sayFailure(error, title, terminal);
  else terminal.say(`${title} failed because of a defect in this program. What it named as done was done.`);
  return 1;
}

const fileTroubles: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EACCES: "may not be read or written",
  EISDIR: "is a folder",
};

const isTerminal = () => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** No answer does not count as a yes. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const gone = new Promise<string>((resolve) => line.once("close", () => resolve("")));
  try {
    return await Promise.race([line.question(question, { signal }), gone]);
  } catch {
    return "";
  } finally {
    line.close();
  }
}
