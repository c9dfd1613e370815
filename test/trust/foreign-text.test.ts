/** Whatever others wrote into names, fields, replies and errors stays a text of others wherever a tool shows it. */
import { describe, expect, it } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/index.ts";
import type { Answer, Data, Elicit } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { Gate, Passing } from "../support/gate.ts";
import { attempted, openSandbox } from "../support/sandbox.ts";
import { type Environment, openSession } from "../support/session.ts";
import { hostileTexts, invisible, ourWords } from "./hostile-texts.ts";

/** The first tool of a place, and the first form of an error, get every text; the others one of each kind of harm. */
const every = Object.entries(hostileTexts);
const worst = every.filter(([how]) =>
  [
    "line separators",
    "tag characters",
    "ten thousand characters",
    "HTML",
    "the rest of our own answer",
  ].includes(how),
);

/** Somewhere in Woodpecker's answers, and the tools that show what stands there. */
interface Place {
  place: string;
  /** Of the requests whose answers hold it. */
  url: RegExp;
  /** Fields that get the text, at any depth. */
  fields: string[];
  tools: [string, object][];
  env?: Environment;
  sandbox?: SandboxOptions;
  /** The check finds other things in other texts: then every line has to be of one of our forms. */
  judged?: true;
}

const one = (campaign_id: number, more: object = {}) => ({ campaign_id, ...more });
const anna = [{ email: "anna@example.com" }];
const addOne = { type: "EMAIL", versions: [{ message: "<p>One more</p>" }] };

const places: Place[] = [
  {
    place: "the name of a campaign",
    url: /campaign_list|\/v2\/campaigns(\/\d+)?$/,
    fields: ["name", "folder_name"],
    tools: [
      ["list_campaigns", {}],
      ["get_campaign", one(2102)],
      ["get_campaign", one(2102, { include: "content" })],
      ["get_campaign", one(2103)],
      ["create_campaign", draft],
      ["run_campaign", one(2102)],
      ["run_campaign", one(2105)],
      ["run_campaign", one(2101)],
      ["pause_campaign", one(2101)],
      ["pause_campaign", one(2102)],
      ["stop_campaign", one(2101)],
      ["make_campaign_editable", one(2101)],
      ["pause_all_campaigns", {}],
      ["delete_campaign", one(2104)],
      ["update_campaign", one(2101, { name: "Another" })],
      ["update_campaign", one(2104, { name: "Another" })],
      ["add_campaign_step", one(2104, { step: addOne })],
      ["update_step_version", one(2101, { step: 1, version: "A", subject: "Other" })],
      ["delete_campaign_step", one(2104, { step: 2 })],
      ["duplicate_campaign", one(2104)],
      ["check_campaign", one(2102)],
      ["check_campaign", { draft }],
      ["preview_campaign", one(2102)],
      ["get_campaign_statistics", one(2102)],
      ["save_prospects", one(2101, { prospects: anna })],
      ["delete_prospects", one(2104, { prospect_ids: [90_037], scope: "campaign" })],
    ],
  },
  {
    place: "the address of a sender in the list of campaigns",
    url: /campaign_list/,
    fields: ["from_email", "from_emails", "from_name", "from_names"],
    tools: [["list_campaigns", {}]],
  },
  {
    place: "a subject of a campaign",
    url: /\/v2\/campaigns\/\d+$/,
    fields: ["subject"],
    judged: true,
    tools: [
      ["get_campaign", one(2102)],
      ["check_campaign", one(2102)],
      ["delete_campaign_step", one(2104, { step: 2 })],
      ["preview_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the name of a mailbox",
    url: /mailboxes/,
    fields: ["from_name", "provider", "login", "server", "signature"],
    tools: [
      ["list_mailboxes", { type: "ALL" }],
      ["check_campaign", one(2102)],
      ["preview_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the address of a mailbox",
    url: /mailboxes/,
    fields: ["email"],
    tools: [
      ["list_mailboxes", { type: "ALL" }],
      ["check_campaign", one(2102)],
      ["check_campaign", one(2106)],
      ["preview_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the error of a mailbox",
    url: /mailboxes/,
    fields: ["error"],
    tools: [
      ["list_mailboxes", {}],
      ["check_campaign", one(2106)],
      ["run_campaign", one(2106)],
      ["run_campaign", one(2106, { despite_errors: true })],
      ["preview_campaign", one(2106)],
    ],
  },
  {
    place: "a field of a prospect",
    url: /\/v1\/prospects/,
    fields: [
      "first_name",
      "last_name",
      "company",
      "title",
      "tags",
      "city",
      "industry",
      "snipet1",
      "website",
      "phone",
    ],
    tools: [
      ["search_prospects", { limit: 3 }],
      ["search_prospects", one(2101, { limit: 3 })],
      ["check_campaign", one(2101)],
      ["preview_campaign", one(2101, { sample: 2 })],
      ["run_campaign", one(2102)],
      ["delete_prospects", { prospect_ids: [90_037], scope: "account" }],
    ],
  },
  {
    place: "the address of a prospect",
    url: /\/v1\/prospects/,
    fields: ["email"],
    tools: [
      ["search_prospects", { limit: 3 }],
      ["check_campaign", one(2101)],
      ["preview_campaign", one(2101, { sample: 2 })],
      ["run_campaign", one(2102)],
      ["delete_prospects", { prospect_ids: [90_037, 90_038], scope: "account" }],
      ["delete_prospects", one(2104, { prospect_ids: [90_037], scope: "campaign" })],
    ],
  },
  {
    place: "the name of a LinkedIn account",
    url: /linkedin_accounts/,
    fields: ["full_name", "username", "linkedin_url"],
    tools: [
      ["list_linkedin_accounts", {}],
      ["check_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the name of a client company",
    url: /agency\/companies/,
    fields: ["name"],
    env: { WOODPECKER_COMPANY_ID: "7001" },
    sandbox: { agency: true },
    tools: [
      ["list_companies", {}],
      ["run_campaign", one(2102)],
      ["delete_campaign", one(2104)],
      ["save_prospects", one(2101, { prospects: anna })],
    ],
  },
  {
    place: "the subject of a reply",
    url: /inbox\/messages|responses/,
    fields: ["subject"],
    tools: [
      ["list_replies", {}],
      ["list_replies", { prospect_id: 90_001 }],
    ],
  },
  {
    place: "the text of a reply",
    url: /inbox\/messages|responses/,
    fields: ["html", "message"],
    tools: [
      ["list_replies", {}],
      ["list_replies", { prospect_id: 90_001 }],
    ],
  },
  {
    place: "what names a reply",
    url: /inbox\/messages|responses/,
    fields: ["id", "response_id", "stamp", "delivered", "next_page_cursor"],
    tools: [
      ["list_replies", { limit: 2 }],
      ["list_replies", { prospect_id: 90_001 }],
    ],
  },
  {
    place: "the reason why a person was refused",
    url: /add_prospects/,
    fields: ["msg", "code"],
    tools: [
      [
        "save_prospects",
        one(2104, { prospects: [...anna, { email: "lena.brandt@quarrystone-logistik.example" }] }),
      ],
      ["save_prospects", one(2104, { prospects: [{ email: "lena.brandt@quarrystone-logistik.example" }] })],
    ],
  },
];

/** The same answer with this text in these fields. */
function withText(value: unknown, fields: readonly string[], text: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withText(inner, fields, text));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      if (!fields.includes(field) || (typeof inner === "object" && !Array.isArray(inner))) {
        return [field, withText(inner, fields, text)];
      }
      return [field, Array.isArray(inner) ? inner.map(() => text) : text];
    }),
  );
}

type Tool = [name: string, args: object];

/** A session in which these fields hold whatever was said last. */
async function openPlace({ url, fields, env, sandbox: options }: Place, elicit?: Elicit) {
  let text = "Spring";
  const sandbox = await openSandbox({ ...options, now: () => new Date("2026-10-07T09:00:00Z") });
  const after: Gate["after"] = (json, request: Passing) =>
    url.test(request.url) ? withText(json, fields, text) : json;
  const session = await openSession({ sandbox, env, gate: { after }, elicit });
  return {
    ...session,
    show(said: string, [tool, args]: Tool) {
      text = said;
      return session.call(tool, args);
    },
  };
}

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

/** Every text in a structured result, by its path. */
function textsIn(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([field, inner]) => textsIn(inner, `${path}.${field}`));
}

/** The words of a campaign are read to be written back: they come as they are. */
const asTheyAre = (tool: string, path: string) =>
  tool === "get_campaign" && /\.steps\.\d+\.versions\./.test(path);

/** The forms of our lines: a finding, a fact, a step, a sentence that begins as only ours do. */
const ourForm =
  /^(- |\d+\. |[a-z][a-z -]*: |Campaign \d|Mailboxes: |Settings: |Step \d| {2}[A-E]: |… and|Why nothing|The check found|Start this|Delete this step|Nothing was changed|Show this|Next: |A step added)/;

const ours = (lines: string[]) => lines.filter((line) => ourWords.test(line)).length;
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
