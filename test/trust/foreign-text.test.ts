/** Whatever others wrote into names, fields and replies stays a text of others wherever a tool shows it. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../support/answer.ts";
import { attempted } from "../support/sandbox.ts";
import { every, openPlace, ours, type Place, places, type Tool, textsIn, worst } from "./hostile-places.ts";
import { invisible } from "./hostile-texts.ts";

/** As the tool answers; each in a session of its own where the call changes something. */
async function shower(place: Place, tool: Tool): Promise<(text: string) => Promise<Answer>> {
  const first = await openPlace(place);
  const plain = await first.show("Spring", tool);
  const changes = attempted(first.sandbox).length > 0;
  return async (text) => {
    if (text === "Spring") return plain;
    return (changes ? await openPlace(place) : first).show(text, tool);
  };
}

/** Replies are others' own lines: they stand between fences whose name nobody can know before. */
function outsideFences(text: string): string[] {
  const lines = text.split("\n");
  const fence = /^<([a-z]+-[0-9a-f]{12,})/m.exec(text)?.[1];
  if (!fence) return lines;
  const kept: string[] = [];
  let inside = false;
  for (const line of lines) {
    if (line === `</${fence}>`) inside = false;
    if (!inside) kept.push(line);
    if (line.startsWith(`<${fence} `)) inside = true;
  }
  return kept;
}

/** The words of a campaign are read to be written back: they come as they are. */
const asTheyAre = (tool: string, path: string) =>
  tool === "get_campaign" && /\.steps\.\d+\.versions\./.test(path);

/** The forms of our lines: a finding, a fact, a step, a sentence that begins as only ours do. */
const ourForm =
  /^(- |\d+\. |[a-z][a-z -]*: |LinkedIn account: |Campaign \d|Created: |People enrolled: |Folder: |Bcc: |Cc: |Bounce shield: |Mailboxes: |Settings: |Step \d| {2}[A-E]: |… and|Why nothing|The check found|Start this|Resume this|Go on with|Delete this step|Nothing was changed|Show this|Next: |A step added|Note: )/;

/** A list that would be longer than a client can take says so instead. */
const tooLong = /more than a client can take/;

describe.each(places.map((place) => [place.place, place] as const))("%s", (_place, place) => {
  const cases = place.tools.map(
    (tool) => [`${tool[0]} ${JSON.stringify(tool[1]).slice(0, 60)}`, tool] as const,
  );

  it.each(cases)("%s: adds no line, speaks not with our voice, hides nothing", async (_name, tool) => {
    const show = await shower(place, tool);
    const plain = await show("Spring");
    const expected = outsideFences(plain.text);
    const isFirst = tool === place.tools[0];
    const asLetters = tool[0] === "preview_campaign";
    for (const [how, text] of isFirst ? every : worst) {
      const answer = await show(text);
      if (how === "ten thousand characters" && tooLong.test(answer.text)) continue;
      const lines = outsideFences(answer.text);
      const hidden = textsIn(answer.data).filter(
        ([path, one]) => invisible.test(one) && !asTheyAre(tool[0], path),
      );
      if (asLetters) {
        // E-mails have lines of their own; none of them may begin as ours do.
        const voice = lines.filter((line) => /^(Next:|Nothing was|APPROVED|Show this)/.test(line));
        expect.soft([how, answer.failed, voice]).toEqual([how, plain.failed, []]);
      } else if (place.judged) {
        const asked = lines.filter((line) => /^\W*(Next:|Show this)/.test(line));
        expect.soft([how, lines.filter((line) => !ourForm.test(line))]).toEqual([how, []]);
        expect.soft([how, asked.length <= 1]).toEqual([how, true]);
      } else {
        // A cursor that is not a word is left out, and its line with it.
        const count = Math.max(lines.length, expected.length);
        expect
          .soft([how, answer.failed, count, ours(lines)])
          .toEqual([how, plain.failed, expected.length, ours(expected)]);
      }
      expect.soft([how, invisible.exec(answer.text)?.[0]]).toEqual([how, undefined]);
      expect.soft([how, hidden.map(([path]) => path)]).toEqual([how, []]);
    }
  });
});
