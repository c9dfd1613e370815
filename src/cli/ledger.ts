/** `ledger verify`: says whether the ledger is whole; the exit code is 0 only when nothing was changed and nothing is missing. */
import { verifyLedger } from "../memory/ledger-lines.ts";
import type { Settings } from "../settings/index.ts";
import { ledgerPath } from "../settings/ledger-path.ts";

const MAX_SHOWN = 20;

export function verify(settings: Settings, print: (line: string) => void): number {
  const path = ledgerPath(settings);
  if (path === undefined) {
    print("There is no ledger: it is off (WOODPECKER_LEDGER), or this is the sandbox.");
    return 1;
  }
  const { lines, faults, notes } = verifyLedger(path);
  const intact = faults.length === 0;
  print(intact ? `${path}: whole and unchanged, ${lines} lines.` : `${path}: NOT intact, ${lines} lines:`);
  show(faults, print);
  show(notes, print);
  return intact ? 0 : 1;
}

function show(found: readonly string[], print: (line: string) => void): void {
  for (const what of found.slice(0, MAX_SHOWN)) print(`  ${what}`);
  if (found.length > MAX_SHOWN) print(`  and ${found.length - MAX_SHOWN} more like these`);
}
