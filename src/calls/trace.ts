/** What the writes of a call changed, from what was sent and answered: for the journal, the way back, and the answer. */

import type { Kept, KeptEdit } from "../memory/changes.ts";
import type { Change } from "../memory/journal.ts";
import { sameValue } from "../model/tree.ts";
import { asArray, asObject, asString, type Loose } from "../values/loose.ts";
import { shownJson } from "../values/unseen.ts";
import type { Edit, WriteRequest } from "../woodpecker/requests.ts";
import type { Call } from "./context.ts";
import type { Before } from "./operation.ts";

interface Trace {
  /** Without values. */
  facts: Partial<Change>;
  kept: Kept;
}

/** @param done the requests that were carried out */
export function traceOf(call: Call, prepared: unknown, done: readonly WriteRequest[], output: Loose): Trace {
  const { operation, input } = call;
  const before = operation.before?.(prepared);
  const edits = done.flatMap(({ edit }) => (edit ? editsOf(edit, before) : []));
  const id = before?.id ?? output.campaign_id ?? input.campaign_id;
  const name = before?.name ?? asString(output.name);
  const isAll = operation.effect === "halt" && id === undefined;
  const paused = isAll
    ? [...new Set(done.flatMap(({ kind, campaign }) => (kind === "halt" && campaign ? [campaign] : [])))]
    : [];
  const names = new Map(
    asArray(output.paused).map((row) => [asObject(row).campaign_id, asString(asObject(row).name)]),
  );
  return {
    facts: {
      ...(edits.length > 0 && { fields: edits.map(({ what }) => what) }),
      ...(paused.length > 0 && { campaigns: paused }),
      ...(before && { was: before.status }),
    },
    kept: {
      ...(typeof id === "number" && { campaign: { id, name } }),
      edits,
      ...(paused.length > 0 && {
        campaigns: paused.map((one) => ({ campaign_id: one, name: names.get(one) ?? "" })),
      }),
    },
  };
}

function editsOf({ step, version, fields }: Edit, before: Before | undefined): KeptEdit[] {
  const stepWas = before?.steps?.find(({ id }) => id === step);
  const firstEmail = before?.steps?.find(({ type }) => type === "EMAIL");
  const versionWas = stepWas?.versions.find(({ id }) => id === version);
  const place = [stepWas && `step ${stepWas.step}`, versionWas && `version ${versionWas.version}`];
  const was: Loose | undefined =
    step === undefined ? campaignWas(before) : version === undefined ? stepWas : versionWas;
  return Object.entries(fields)
    .map(([field, after]): KeptEdit => {
      const isKnown = was !== undefined && (field !== "bounce_shield" || field in was);
      const what = [...place, field].filter(Boolean).join(" ");
      return {
        what,
        field,
        step,
        version,
        letter: versionWas?.version,
        before: was?.[field] ?? null,
        after: after ?? null,
        ...(!isKnown && { unread: true }),
        ...(field === "subject" && stepWas === firstEmail && !versionWas?.subject && { needed: true }),
      };
    })
    .filter((edit) => edit.unread || !sameValue(edit.before, edit.after));
}

const campaignWas = (before: Before | undefined): Loose | undefined =>
  before && {
    name: before.name,
    mailbox_ids: before.mailbox_ids,
    ...("bounce_shield" in before && { bounce_shield: before.bounce_shield }),
    ...Object.fromEntries(
      Object.entries(before.settings ?? {}).map(([field, value]) => [`settings.${field}`, value]),
    ),
  };

/** Longer ones are in list_recent_changes. */
const MAX_VALUE = 80;
const MAX_EDITS = 3;

/** The way back of an edit, in words for the answer. */
export function undoWords(tool: string, { campaign, edits }: Kept): string | undefined {
  const [first] = edits;
  if (!campaign || !first || edits.every(({ needed }) => needed)) return undefined;
  // A subject is taken away by an empty one; null would be no argument at all.
  const values = edits.map(
    ({ what, field, before }) => `${what} ${shownJson(field === "subject" ? (before ?? "") : before)}`,
  );
  const isShort = values.length <= MAX_EDITS && values.every(({ length }) => length <= MAX_VALUE);
  if (isShort && edits.every(({ unread, needed }) => !unread && !needed))
    return `${tool} ${campaign.id} with ${values.join(", ")}`;
  return `list_recent_changes with campaign_id ${campaign.id} has the call for it`;
}
