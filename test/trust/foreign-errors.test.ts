/** Whatever stands in an error, in a prompt or in a reply stays a text of others. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { Gate } from "../support/gate.ts";
import { openSession } from "../support/session.ts";
import { anna, every, one, openPlace, ours, type Place, places, textsIn, worst } from "./hostile-places.ts";
import { hostileTexts, invisible } from "./hostile-texts.ts";

/** Every form in which Woodpecker says what went wrong, with a text of somebody's in each part. */
const errorForms: Record<string, (text: string) => { status: number; body: unknown }> = {
  "a message of v2": (text) => ({
    status: 409,
    body: { code: "VALIDATION_FAILURE", message: text, details: text },
  }),
  "a code of v2": (text) => ({ status: 403, body: { code: text, message: "no", details: null } }),
  "a type": (text) => ({ status: 400, body: { type: text, message: text } }),
  "a code that nobody knows": (text) => ({ status: 418, body: { code: "SOMETHING_NEW", message: text } }),
  "a problem": (text) => ({ status: 400, body: { title: text, status: 400, detail: text, timestamp: text } }),
  "an error of v1": (text) => ({ status: 400, body: { status: { status: "ERROR", code: text, msg: text } } }),
  "an error in a 200": (text) => ({
    status: 200,
    body: { status: { status: "ERROR", code: "E_X", msg: text } },
  }),
  "details alone": (text) => ({ status: 422, body: { details: { [text]: [text] } } }),
};

const failing: [string, object, RegExp][] = [
  ["list_campaigns", {}, /^GET/],
  ["get_campaign", one(2102), /^GET/],
  ["list_replies", {}, /^GET/],
  ["search_prospects", {}, /^GET/],
  ["check_campaign", one(2102), /^GET \/rest\/(v2\/mailboxes|v1)/],
  ["preview_campaign", one(2102), /^GET \/rest\/(v2\/mailboxes|v1)/],
  ["create_campaign", draft, /^POST/],
  ["run_campaign", one(2102), /^POST/],
  ["pause_campaign", one(2101), /^POST/],
  ["pause_all_campaigns", {}, /^POST/],
  ["delete_campaign", one(2104), /^DELETE/],
  ["update_campaign", one(2104, { name: "Another" }), /^PATCH/],
  ["update_campaign", one(2104, { name: "Another", bounce_shield: 5 }), /^PUT/],
  ["save_prospects", { prospects: anna }, /^POST/],
];

/** One of each way in which a failure is told; the first form is tried with all tools. */
const cheap = [
  "list_campaigns",
  "create_campaign",
  "pause_all_campaigns",
  "update_campaign",
  "save_prospects",
];

describe.each(Object.entries(errorForms))("%s", (form, bodyOf) => {
  const isFirst = form === "a message of v2";
  const cases = (isFirst ? failing : failing.filter(([tool]) => cheap.includes(tool))).map(
    (one) => [`${one[0]} ${one[2].source}`, one] as const,
  );

  it.each(cases)("%s: the failure keeps its form", async (_name, [tool, args, which]) => {
    let said = "";
    const instead: Gate["instead"] = ({ method, url }) =>
      which.test(`${method} ${url}`) ? bodyOf(said) : undefined;
    const changes = tool === "update_campaign";
    const open = () => openSession({ gate: { instead }, hurry: true });
    const first = await open();
    const fail = async (text: string) => {
      said = text;
      return (changes ? await open() : first).agree(tool, args);
    };
    const plain = await fail("Spring");
    const expected = plain.text.split("\n");
    for (const [how, text] of isFirst ? every : worst) {
      const answer = await fail(text);
      const lines = answer.text.split("\n");
      expect
        .soft([how, answer.failed, lines.length, ours(lines)])
        .toEqual([how, plain.failed, expected.length, ours(expected)]);
      expect
        .soft([how, invisible.test(answer.text), answer.text.length <= 12_000])
        .toEqual([how, false, true]);
      expect.soft([how, textsIn(answer.data).filter(([, one]) => invisible.test(one))]).toEqual([how, []]);
    }
  });
});

describe("the name in a prompt", () => {
  const asking: [string, object][] = [
    ["run_campaign", one(2102)],
    ["delete_campaign", one(2104)],
    ["delete_campaign_step", one(2104, { step: 2 })],
    ["save_prospects", one(2101, { prospects: anna })],
    ["delete_prospects", one(2104, { prospect_ids: [90_037], scope: "campaign" })],
  ];
  const names = places[0] as Place;

  it.each(asking)("of %s stands on one quoted line of at most 80 characters", async (tool, args) => {
    const prompts: string[] = [];
    const withForms = await openPlace(names, ({ message }) => {
      prompts.push(message);
      return { action: "decline" };
    });
    const without = await openPlace(names);
    for (const [how, text] of every) {
      prompts.splice(0);
      await withForms.show(text, [tool, args]);
      const { data, text: said } = await without.show(text, [tool, args]);
      expect(prompts).toHaveLength(1);
      for (const lines of [prompts[0]?.split("\n") ?? [], said.split("\n")]) {
        const [line = "", ...more] = lines.filter((line) => line.startsWith("name: "));
        expect([how, more]).toEqual([how, []]);
        const name: unknown = JSON.parse(line.slice("name: ".length));
        expect([how, typeof name, (name as string).length <= 80]).toEqual([how, "string", true]);
      }
      const shown = JSON.parse(data.facts.name) as string;
      expect([how, shown.length <= 80, invisible.test(shown)]).toEqual([how, true, false]);
    }
  });
});

describe("a reply", () => {
  const place = places.find(({ place }) => place === "the text of a reply") as Place;

  it("cannot close the fence that it stands in, whose name is another each time", async () => {
    const session = await openPlace(place);
    const fences = new Set<string>();
    for (let time = 0; time < 3; time += 1) {
      const { text, data } = await session.show(hostileTexts["a closed fence"] as string, [
        "list_replies",
        {},
      ]);
      const opened = [...text.matchAll(/^<(reply-[0-9a-f]{12}) /gm)].map(([, name]) => name as string);
      const [fence = ""] = opened;
      expect(new Set(opened).size).toBe(1);
      expect(opened).toHaveLength(data.replies.length);
      expect(text.split("\n").filter((line) => line === `</${fence}>`)).toHaveLength(data.replies.length);
      fences.add(fence);
    }
    expect(fences.size).toBe(3);
  });

  it("says how many characters were hidden in it", async () => {
    const session = await openPlace(place);
    const { data } = await session.show(hostileTexts["tag characters"] as string, ["list_replies", {}]);
    for (const reply of data.replies as Data[]) expect(reply.hidden_characters).toBe(28);
  });
});
