/** What tools and the check say, for somebody who typed a command: commands and the app, no tools and no arguments. */
import { operations } from "../operations/index.ts";

const program = "woodpecker-campaigns-mcp";

export const anyTool = `(?:${operations.map(({ name }) => name).join("|")})`;

const words: Wording = [
  [new RegExp(`\\b(?:it is safe to )?call ${anyTool}(?: \\d+)? again\\b`, "g"), "apply the file again"],
  [/\b(?:it is safe to )?call again\b/g, "apply the file again"],
  [/\blist_campaigns(?: with [^,;.)]*)?/g, `"${program} list"`],
  [/\bget_campaign(?: (?:\d+|shows))?/g, `"${program} export"`],
  [/\blist_recent_changes(?: with campaign_id \d+)?/g, `"${program} ledger show"`],
  [/\blist_mailboxes\b/g, `"${program} doctor"`],
  [/\bcall make_campaign_editable(?: \d+)?/g, "apply it with --make-editable"],
  [/\bmake_campaign_editable(?: \d+)?/g, "--make-editable"],
  [/\bcheck_campaign(?: \d+)?/g, "the check"],
  [/\brun_campaign(?: \d+)?/g, "a run (in the Woodpecker app, or by an assistant)"],
  [/\b(?:pause|stop)_campaign(?: \d+)?/g, "a pause in the Woodpecker app"],
  [/\bcreate_campaign\b/g, "a new campaign (the file without its id)"],
  [/\bduplicate_campaign\b/g, "a copy (the file without its id)"],
  [/\bdry_run\b/g, "--dry-run"],
  [new RegExp(`\\b${anyTool}\\b(?: \\d+)?`, "g"), "the Woodpecker app"],
];

export type Wording = readonly (readonly [RegExp, string])[];

export const reworded = (text: string, wording: Wording): string =>
  wording.reduce((said, [form, instead]) => said.replace(form, instead), text);

export const inCommands = (text: string): string => reworded(text, words);
