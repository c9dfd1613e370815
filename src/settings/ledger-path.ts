/** The place of the ledger file. */
import { join } from "node:path";
import envPaths from "env-paths";
import type { Settings } from "./index.ts";

/** Where the ledger is: as set, else in the state folder of the system; the sandbox has none, since nothing real happens. */
export function ledgerPath({ ledger, sandbox }: Pick<Settings, "ledger" | "sandbox">): string | undefined {
  if (ledger === "off") return undefined;
  if (ledger !== undefined) return ledger;
  return sandbox ? undefined : join(envPaths("woodpecker-campaigns-mcp", { suffix: "" }).log, "ledger.jsonl");
}
