/** `ledger verify`: says whether the ledger is whole; the exit code is 0 only when it is. */
import { verifyLedger } from "../memory/ledger.ts";
import type { Settings } from "../settings/index.ts";
import { ledgerPath } from "../settings/ledger-path.ts";

export function verify(settings: Settings, print: (line: string) => void): number {
  const path = ledgerPath(settings);
  if (path === undefined) {
    print("There is no ledger: it is off (WOODPECKER_LEDGER), or this is the sandbox.");
    return 1;
  }
  const { intact, lines, fault } = verifyLedger(path);
  print(intact ? `${path}: whole and unchanged, ${lines} lines.` : `${path}: NOT intact: ${fault}.`);
  return intact ? 0 : 1;
}
