/**
 * A tool that is called by a name it does not have, or that is switched off. Suggested is what the name means, then what is
 * spelled alike; never the opposite, and something that deletes only to whoever wrote of deleting.
 */
import { distance } from "fastest-levenshtein";
import { accessLevels, effects, toolsets } from "../../calls/effects.ts";
import { cut } from "../../values/foreign.ts";
import type { Setup } from "../instructions.ts";
import { invalid } from "../protocol-error.ts";
import { type Published, published } from "./published.ts";

const verbs = {
  undo: "undo revert restore rollback undelete recover",
  start:
    "start launch run resume send begin activate enable unpause unfreeze unhold unstop restart continue execute go",
  pause: "pause hold suspend freeze halt disable deactivate",
  stop: "stop end finish cancel terminate abort close archive",
  import: "import enrol enroll upload",
  create: "create new make draft build add append insert save upsert put push import enrol enroll upload",
  edit: "edit update change modify set rename adjust rewrite replace patch",
  remove: "delete remove destroy erase purge drop",
  copy: "copy clone duplicate fork",
  check: "check validate verify lint preflight review test audit inspect diagnose why",
  preview: "preview render forecast simulate calendar",
  answer: "reply answer respond",
  block: "unsubscribe blacklist block optout opt suppress exclude ban dnc blocklist",
  find: "search find lookup query",
  read: "get list show read fetch view describe retrieve",
} as const;

const things = {
  campaign: "campaign campaigns sequence sequences draft drafts",
  step: "step steps followup followups touch",
  window: "window windows schedule hours delivery timing",
  text: "version versions variant subject message body text template email content",
  person:
    "prospect prospects people person persons contact contacts lead leads recipient recipients subscriber",
  replies: "replies reply responses response inbox conversations conversation messages threads answers",
  numbers: "statistics statistic stats stat report reports analytics metrics performance results kpis",
  mailbox: "mailbox mailboxes sender senders account accounts inboxes",
  linkedin: "linkedin",
  company: "company companies client clients agency workspace workspaces tenants",
  changes: "changes history journal log logs activity",
  task: "task tasks todo todos",
  all: "all everything every",
  from: "from",
  editable: "editable unlock reopen",
} as const;

type Word = keyof typeof verbs | keyof typeof things;

/**
 * The first row all of whose words are in the name is what it means: what stops comes before what starts. After a bar stands
 * what does as long as the tool before it does not exist.
 */
const meanings: [words: Word[], tools: string][] = [
  [["undo"], "list_recent_changes"],
  [["block"], "stop_prospects | save_prospects"],
  [["editable"], "make_campaign_editable"],
  [["pause", "all"], "pause_all_campaigns"],
  [["stop", "all"], "pause_all_campaigns"],
  [["pause", "person"], "stop_prospects | save_prospects"],
  [["stop", "person"], "stop_prospects | save_prospects"],
  [["pause"], "pause_campaign"],
  [["stop"], "stop_campaign pause_campaign"],
  [["remove", "step"], "delete_campaign_step"],
  [["remove", "person"], "delete_prospects"],
  [["remove", "from"], "delete_prospects"],
  [["remove", "campaign"], "delete_campaign"],
  [["copy"], "duplicate_campaign"],
  [["start", "check"], "preview_campaign"],
  [["answer", "person"], "reply_to_prospect list_replies"],
  [["start", "replies"], "reply_to_prospect list_replies"],
  [["start", "text", "person"], "reply_to_prospect list_replies"],
  [["numbers"], "get_account_report get_campaign_statistics"],
  [["preview"], "preview_campaign"],
  [["linkedin"], "list_linkedin_accounts"],
  [["start", "person"], "save_prospects"],
  [["create", "person"], "save_prospects"],
  [["edit", "person"], "save_prospects"],
  [["find", "person"], "search_prospects"],
  [["read", "person"], "search_prospects"],
  [["create", "step"], "add_campaign_step"],
  [["edit", "window"], "update_campaign_step"],
  [["edit", "step"], "update_campaign_step update_step_version"],
  [["edit", "text"], "update_step_version"],
  [["edit", "campaign"], "update_campaign"],
  [["edit", "mailbox"], "update_campaign"],
  [["read", "replies"], "list_replies"],
  [["find", "replies"], "list_replies"],
  [["answer"], "reply_to_prospect list_replies"],
  [["check", "mailbox"], "list_mailboxes"],
  [["check"], "check_campaign"],
  [["start"], "run_campaign"],
  [["read", "changes"], "list_recent_changes"],
  [["find", "campaign"], "list_campaigns"],
  [["read", "campaign"], "get_campaign list_campaigns"],
  [["read", "step"], "get_campaign"],
  [["create", "campaign"], "create_campaign"],
  [["import"], "save_prospects"],
  [["replies"], "list_replies"],
  [["changes"], "list_recent_changes"],
  [["task"], "list_tasks"],
  [["mailbox"], "list_mailboxes"],
  [["company"], "list_companies"],
  [["person"], "search_prospects"],
  [["campaign"], "list_campaigns get_campaign"],
];

const forms = (table: Record<string, string>) =>
  Object.entries(table).map(([word, text]) => [word as Word, new Set(text.split(" "))] as const);
const vocabulary = [...forms(verbs), ...forms(things)];

/** @param names of the tools that exist for the caller */
export function unknownTool(name: string, names: readonly string[], scope: Setup) {
  const absent = published.find(({ definition }) => definition.name === name);
  if (absent) return invalid(`${name} is switched off here: ${howToHave(absent, scope)}`);
  const shown = `Unknown tool ${JSON.stringify(cut(name, 80))}`;
  const meant = meantBy(name, names);
  const here = meant.filter((tool) => names.includes(tool));
  if (here.length > 0) return invalid(`${shown}; did you mean ${here.join(", ")}?`);
  const off = published.find(({ definition }) => meant.includes(definition.name));
  if (off) return invalid(`${shown}; what it seems to mean is switched off here: ${howToHave(off, scope)}`);
  return invalid(`${shown}; tools: ${names.join(", ")}`);
}

/** By its verb; then by a slip of the hand; then by what it is about. */
function meantBy(name: string, names: readonly string[]): string[] {
  const words = wordsIn(name);
  const found = meanings.find(([wanted]) => wanted.every((word) => words.has(word)));
  const meant = found ? standing(found[1]) : [];
  if (meant.length > 0 && found?.[0].some((word) => word in verbs)) return meant;
  const alike = spelledAlike(name, names);
  return alike.length > 0 ? alike : meant;
}

/** What is left of a row once tools that do not exist, whoever calls, are taken out. */
function standing(row: string): string[] {
  const choices = row
    .split(" | ")
    .map((tools) =>
      tools.split(" ").filter((tool) => published.some(({ definition }) => definition.name === tool)),
    );
  return choices.find((tools) => tools.length > 0) ?? [];
}

/** startCampaign, START-CAMPAIGN and start_campaign are the same words; un_pause is one. */
function wordsIn(name: string): Set<Word> {
  const parts = name
    .slice(0, 80)
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/\b(un|re)[_-]|_(un|re)[_-]/g, "_$1$2")
    .split(/[^a-z]+/);
  return new Set(
    vocabulary.flatMap(([word, written]) => (parts.some((part) => written.has(part)) ? [word] : [])),
  );
}

/** A slip of the hand, no more: the verb is the same but for one letter or their order. */
function spelledAlike(name: string, names: readonly string[]): string[] {
  const wanted = name.slice(0, 80).toLowerCase();
  const sorted = (word: string) => [...word].sort().join("");
  return names.filter((tool) => {
    const [verb = "", given = ""] = [tool.split("_")[0], wanted.split(/[_-]/)[0]];
    const same = distance(verb, given) <= 1 || sorted(verb) === sorted(given);
    return same && distance(tool, wanted) <= 3;
  });
}

/** Which of the two is missing, and how a person raises it. */
function howToHave({ effect, toolset }: Published, scope: Setup): string {
  const needed = effects[effect].access;
  const parts: string[] = [];
  if (accessLevels.indexOf(needed) > accessLevels.indexOf(scope.access))
    parts.push(
      scope.accessInFile
        ? `it needs access ${needed}, and this account has access ${scope.access}. A person who wants it asks the operator to change the account's access in the file of accounts.`
        : `it needs access ${needed}, and this server runs with access ${scope.access}. A person who wants it starts the server with --access ${needed} (WOODPECKER_ACCESS=${needed}).`,
    );
  if (!scope.toolsets.includes(toolset)) {
    const wanted = toolsets.filter((one) => one === toolset || scope.toolsets.includes(one)).join(",");
    parts.push(
      `it belongs to the toolset ${toolset}, which is off. A person who wants it starts the server with --toolsets ${wanted} (WOODPECKER_TOOLSETS=${wanted}).`,
    );
  }
  return parts.join(" And ");
}
