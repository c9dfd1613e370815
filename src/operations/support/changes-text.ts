/** Recent changes as people read them. */
import { plain, quoted } from "../../values/foreign.ts";
import { shownJson } from "../../values/unseen.ts";
import type { ShownChange } from "./shown-change.ts";

export function changesText(changes: readonly ShownChange[], total: number): string {
  if (total === 0) return "No change is known.";
  return [`${changes.length} of ${total}, times in UTC`, ...changes.flatMap(linesOf)].join("\n");
}

function linesOf(change: ShownChange): string[] {
  const {
    time,
    tool,
    campaign_id,
    campaign,
    campaigns = [],
    people,
    outcome,
    consent,
    by,
    change_id,
  } = change;
  const head = [
    time,
    tool,
    campaign_id,
    campaign?.name && quoted(campaign.name),
    people && `${people} people`,
    outcome,
    consent && `agreed by ${consent}`,
    by.client && `by ${quoted(by.client)}`,
    by.person && `for ${quoted(by.person)}`,
    `(${change_id})`,
  ];
  return [
    head.filter(Boolean).join(" "),
    ...campaigns.map(({ campaign_id: id, name }) => `  ${id}${name ? ` ${quoted(name)}` : ""}`),
    ...change.changes.map(
      ({ what, before, after }) =>
        `  ${plain(what)}${before === undefined ? "" : `: ${said(before)} → ${said(after)}`}`,
    ),
    ...change.undo.map(({ tool: name, arguments: args }) => `  undo: ${name} ${shownJson(args)}`),
    ...(change.note ? [`  ${plain(change.note, 1_000)}`] : []),
  ];
}

const said = (value: unknown) => (value === null ? "none" : shownJson(value));
