/** The place of the folder for what outlives a process. */
import { join } from "node:path";
import envPaths from "env-paths";
import type { Settings } from "./index.ts";

/** As set, else in the state folder of the system; none for the sandbox, of which each process has one of its own. */
export function stateFolder({
  stateDir,
  sandbox,
}: Pick<Settings, "stateDir" | "sandbox">): string | undefined {
  if (stateDir === "off" || sandbox) return undefined;
  return stateDir ?? join(envPaths("woodpecker-campaigns-mcp", { suffix: "" }).log, "state");
}
