/** `ledger verify`: is the ledger whole? The exit code is 0 only when nothing was changed or is missing. `ledger show`: what was changed. */

import { accountOf } from "../accounts/source.ts";
import { createChanges, keepChanges } from "../memory/changes.ts";
import { createJournal } from "../memory/journal.ts";
import { openLedger } from "../memory/ledger.ts";
import { verifyLedger } from "../memory/ledger-lines.ts";
import { openStateFolder } from "../memory/state-folder.ts";
import { datesIn } from "../model/dates.ts";
import type { Settings } from "../settings/index.ts";
import { ledgerPath, stateFolder } from "../settings/places.ts";
import { plain, quoted } from "../values/foreign.ts";
import { momentFaults, momentOf } from "../values/moment.ts";
import { type Print, titleOf } from "./terminal.ts";

const MAX_SHOWN = 20;

export function verify(settings: Settings, print: Print): number {
  const path = ledgerPath(settings);
  if (path === undefined) {
    print("There is no ledger: it is off (WOODPECKER_LEDGER), or this is the sandbox.");
    return 1;
  }
  const { lines, faults, notes } = verifyLedger(path);
  const intact = faults.length === 0;
  print(intact ? `${path}: whole and unchanged, ${lines} lines.` : `${path}: NOT intact, ${lines} lines:`);
  list(faults, print);
  list(notes, print);
  return intact ? 0 : 1;
}

function list(found: readonly string[], print: Print): void {
  for (const what of found.slice(0, MAX_SHOWN)) print(`  ${what}`);
  if (found.length > MAX_SHOWN) print(`  and ${found.length - MAX_SHOWN} more like these`);
}

/** Of the account whose key is set; values where the state folder has them. */
export async function show(settings: Settings, print: Print): Promise<number> {
  const { campaign, since } = settings;
  const path = ledgerPath(settings);
  const [day = since, another] = since === undefined ? [] : datesIn(since);
  const isClear = day === undefined || (another === undefined && momentFaults("since", day).length === 0);
  const from = day === undefined ? 0 : momentOf(day);
  if (path === undefined || !isClear) {
    print(
      path === undefined
        ? "There is no ledger: it is off (WOODPECKER_LEDGER), or this is the sandbox."
        : `--since must be a day as YYYY-MM-DD or a time as 2026-11-20T08:00Z; got ${quoted(String(since))}.`,
    );
    return 1;
  }
  const { tenant } = accountOf(settings);
  const all = await createJournal({ ledger: openLedger(path), tenant }).list();
  const wanted = all.filter(
    ({ time, campaign_id, campaigns = [] }) =>
      Date.parse(time) >= from &&
      (campaign === undefined || campaign_id === campaign || campaigns.includes(campaign)),
  );
  const folder = stateFolder(settings);
  const values = folder === undefined ? createChanges() : keepChanges(openStateFolder(folder), tenant);
  const kept = await values.find(wanted.map(({ change_id }) => change_id));
  if (wanted.length === 0) print("No change is known of the account whose key is set.");
  for (const change of wanted) {
    const { time, tool, campaign_id, campaigns = [], people, outcome, consent, client, person } = change;
    const known = kept.get(change.change_id);
    const who = [client && `by ${quoted(client)}`, person && `for ${quoted(person)}`];
    const name = known?.campaign?.name;
    const about = [campaign_id, name && quoted(name), campaigns.length > 0 && campaigns.join(", ")];
    const how = [people && `${people} people`, outcome, consent && `agreed by ${consent}`];
    print([time, titleOf(tool), ...about, ...how, ...who, `(${change.change_id})`].filter(Boolean).join(" "));
    const edits = known?.edits ?? [];
    for (const { what, before, after } of edits) print(`  ${plain(what)}: ${said(before)} → ${said(after)}`);
    if (edits.length === 0 && change.fields) print(`  ${plain(change.fields.join(", "), 400)}`);
  }
  return 0;
}

const MAX_VALUE = 200;

const said = (value: unknown) => (value === null ? "none" : plain(JSON.stringify(value), MAX_VALUE));
