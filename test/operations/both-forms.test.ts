/**
 * Hosts show the model the text of an answer or its structured form, seldom both: of every tool, the facts of one are in the
 * other. Calls are those of test/operations/cases, once as they are and once in an account of long and odd values.
 */
import { describe, expect, it } from "vitest";
import { operations } from "../../src/operations/index.ts";
import type { Answer, Data } from "../support/answer.ts";
import type { Case } from "../support/case.ts";
import { type Fact, factsIn, factsOf, isHeld, isTold } from "../support/facts.ts";
import { openSession, type Session } from "../support/session.ts";

/** What stands in the structured form only, and why. */
const structuredOnly: [path: RegExp, why: string][] = [
  [/^outcome$|^campaigns\.outcome$/, "each outcome has a sentence of its own, see below"],
  [
    /^(steps\.)?(versions\.)?id$|^steps\.(versions\.)?id$|^versions\.id$/,
    "tools take numbers of steps and letters of versions",
  ],
  [/delivery_times\.days$/, "told as Mon-Fri"],
  [
    /^findings\.(rule|severity|path|places|step|version)$/,
    "told as a place in words, such as step 2 B, subject",
  ],
  [/^emails\.html$/, "told as what people read"],
  [/^(campaigns\.)?request\.body/, "a longer one is the arguments once more; what it would change is told"],
  [/^rows\.result$/, "of a row with a reason: it is rejected"],
  [/^cleaned\./, "the first ones are notes"],
  [/^rates\.value$|^comparisons\./, "told as percentages"],
];

/** Sentences that stand for an outcome. */
const outcomes: Record<string, RegExp> = {
  already: /already|No campaign was running|Nobody had to be stopped/i,
  confirmation_required: /Nothing was changed yet|Nobody was blocked|is stopped|are stopped/,
  dry_run: /Dry run: nothing was sent|would go/,
  accepted: /accepted it/,
  partial: /may still|Not blocked|of \d+ campaigns|not changed/,
};

/** What stands in the text only: words of ours, and what is reckoned from the structured form. */
const textOnly = [
  /^(UTC|HTTP|POST|GET|PUT|PATCH|DELETE|HTML|API|EMAIL|SPF|DKIM|DMARC|TXT)$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/,
  /^\d+(?:\.\d+)?$/,
  /^\d\d:\d\d-\d\d:\d\d$/,
];

const isCounted = (fact: string) => textOnly.some((form) => form.test(fact));

function compare(answer: Answer, how: string): void {
  const { data, text } = answer;
  if (data === undefined) return;
  const isAsked = data.outcome === "confirmation_required";
  const untold = factsIn(data).filter(
    (fact: Fact) =>
      fact.value !== 0 &&
      // A question shows 80 characters of a name.
      !(isAsked && /(^|\.)name$/.test(fact.path)) &&
      !structuredOnly.some(([path]) => path.test(fact.path)) &&
      !isTold(fact, text),
  );
  expect.soft([how, untold]).toEqual([how, []]);
  const told = outcomes[data.outcome];
  if (told) expect.soft([how, text]).toEqual([how, expect.stringMatching(told)]);
  const unheld = factsOf(text).filter((fact) => !isCounted(fact) && !isHeld(fact, data));
  expect.soft([how, unheld]).toEqual([how, []]);
}

const casesOf = async (tool: string): Promise<Case[]> =>
  (await import(`./cases/${tool.replaceAll("_", "-")}.ts`)).cases;

async function answersTo(session: Session, tool: string, { arguments: args, agrees }: Case) {
  const first = await session.call(tool, args);
  const confirmation = first.data?.confirmation;
  if (!agrees || confirmation === undefined) return [first];
  return [first, await session.call(tool, { ...args, confirmation })];
}

const all = await Promise.all(operations.map(async ({ name }) => [name, await casesOf(name)] as const));

describe.each(all)("%s", (tool, cases) => {
  it("tells the same in both forms", async () => {
    for (const one of cases) {
      const session = await openSession({ ...(one.sandbox && { sandbox: one.sandbox }) });
      for (const answer of await answersTo(session, tool, one)) compare(answer, one.says);
    }
  });

  it("tells the same in both forms where names, subjects and fields are long", async () => {
    for (const one of cases.slice(0, 6)) {
      const session = await openSession({
        ...(one.sandbox && { sandbox: one.sandbox }),
        gate: { after: (json) => lengthened(json) },
      });
      for (const answer of await answersTo(session, tool, one)) compare(answer, `long: ${one.says}`);
    }
  });
});

/** Names of 230 characters and more, a subject of 500, with quotes, blanks and an emoji in them. */
function lengthened(json: unknown, key = ""): unknown {
  if (Array.isArray(json)) return json.map((one) => lengthened(one, key));
  if (json !== null && typeof json === "object")
    return Object.fromEntries(
      Object.entries(json as Data).map(([name, one]) => [name, lengthened(one, name)]),
    );
  if (typeof json !== "string" || json === "" || json.includes("long ")) return json;
  if (/^(name|folder_name|from_name|company|campaign_name)$/.test(key))
    return `${json} ${'long "name" 👩‍💻 '.repeat(11)}x`;
  if (key === "subject") return `${json} ${"and more of it ".repeat(20)}end`;
  return json;
}
