/** What the tool says, for somebody who typed a command: a command and its options, no tools and no arguments. */
import { anyTool, reworded, type Wording } from "../words.ts";

const words: Wording = [
  [
    /\bdo not call save_prospects again yet; look first: search_prospects shows who is there/g,
    "do not import the file again yet; look first in the Woodpecker app who is there",
  ],
  [/\bcorrect (this|these) and call save_prospects again/g, "correct $1 in the file and import it again"],
  [/\b(?:it is safe to )?call save_prospects again\b/g, "import the file again"],
  [
    /\blook with search_prospects who is there, then call again with the rest/g,
    "look in the Woodpecker app who is there; importing the file again leaves those as they are",
  ],
  [
    /\blook at it with get_campaign, then call again with the rest; a person is asked/g,
    "look at it in the Woodpecker app, then import the file again; you are asked",
  ],
  [/\bfind the people with search_prospects\b/g, "find the people in the Woodpecker app"],
  [
    /\bdelete_prospects with added_by (\S+) takes back whom it added/g,
    "This import is $1; under this name an assistant can take back whom it added",
  ],
  [/\bcall again without all_or_nothing\b/g, "import it without that"],
  [/\bit is not changed without update_existing\b/g, "an import does not change it"],
  [/\b(?:To choose others, name them|say so|say) in columns\b/g, "say with --columns"],
  [/\bcolumns, (\{.*?\})/g, "--columns"],
  [/\bgive campaign_id\b/g, "give --campaign"],
  [/\bcall again\b/g, "import the file again"],
  [/^Save prospects\b/gm, "The import"],
  [/\bsave_prospects\b/g, "the import"],
  // Whatever else is named can be looked at in the app.
  [new RegExp(`\\b${anyTool}\\b`, "g"), "the Woodpecker app"],
];

export function asCommand(text: string, file: string): string {
  return reworded(text, words)
    .replace(/^- csv /gm, `- ${file}: `)
    .replace(/^- columns\.(\S+)/gm, "- --columns $1")
    .replace(/(?<![.\w])csv\b/g, "the file");
}
