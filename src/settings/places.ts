/** The places of the ledger file and of the folder for what outlives a process. */
import { join } from "node:path";
import envPaths from "env-paths";
import type { Settings } from "./index.ts";

const usual = (name: string) => join(envPaths("woodpecker-campaigns-mcp", { suffix: "" }).log, name);

/** As set, else in the state folder of the system; the sandbox has none, since nothing real happens. */
export function ledgerPath({ ledger, sandbox }: Pick<Settings, "ledger" | "sandbox">): string | undefined {
  if (ledger === "off") return undefined;
  return ledger ?? (sandbox ? undefined : usual("ledger.jsonl"));
}

/** As set, else in the state folder of the system; none for the sandbox, of which each process has one of its own. */
export function stateFolder({
  stateDir,
  sandbox,
}: Pick<Settings, "stateDir" | "sandbox">): string | undefined {
  return stateDir === "off" || sandbox ? undefined : (stateDir ?? usual("state"));
}
