/** E-mails as one person gets them. */
import { describe, expect, it } from "vitest";
import { draw, emailsTo, readable } from "../../src/forecast/emails.ts";
import { type Standing, underway } from "../../src/forecast/plan.ts";
import { subject } from "../preflight/account.ts";

type Letter = Awaited<ReturnType<typeof readable>>;

const anna = {
  email: "anna@bakery.example",
  first_name: "Anna",
  last_name: "Roy",
  company: "Le Four",
  snippet3: "rye",
};

type Version = { subject?: string; message: string; signature?: string };
const stepsOf = (...steps: Version[][]) =>
  subject({ steps: steps.map((versions) => ({ type: "EMAIL", versions })) }).steps;
const read = (...args: Parameters<typeof emailsTo>) => Promise.all(emailsTo(...args).map(readable));
const one = async (version: Version, person: { email: string } = anna): Promise<Letter> =>
  (await read(person, stepsOf([{ subject: "Hi", ...version }]), { seed: 1, all: false }))[0] as Letter;

describe("filling", () => {
  it.each([
    ["{{FIRST_NAME}}", "Anna"],
    ["{{FULL_NAME}}", "Anna Roy"],
    ['{{FIRST_NAME | "there"}}', "Anna"],
    ['{{CITY | "your town"}}', "your town"],
    ['{{CITY | ""}}', ""],
    ["{{SNIPPET_3}}", "rye"],
    ["{{EMAIL}}", "anna@bakery.example"],
    ['{{SNIPPET_1 | "say "hello" twice"}}', 'say "hello" twice'],
  ])("%s is %s", async (message, text) => {
    expect(await one({ message: `<p>x${message}</p>` })).toMatchObject({ text: `x${text}`, holes: [] });
  });

  it("a hole names the address and the place, and the snippet stays", async () => {
    const letter = await one(
      { subject: "For {{COMPANY}}", message: "<p>{{CITY}} and {{FIRSTNAME}}</p>" },
      { email: "info@x.example" },
    );
    expect(letter.holes).toEqual([
      '"info@x.example" has no company for {{COMPANY}} in the subject: set aside, not written to.',
      '"info@x.example" has no city for {{CITY}} in the message: set aside, not written to.',
      '"{{FIRSTNAME}}" in the message is not a Woodpecker snippet; "info@x.example" would read it.',
    ]);
    expect(letter.text).toBe("{{CITY}} and {{FIRSTNAME}}");
  });

  it("links show where they lead, the opt-out stands for Woodpecker's own", async () => {
    const message =
      '<div><a href="{{CLICK=https://a.example/x}}">here</a></div><div><a href="{{UNSUBSCRIBE}}">unsubscribe</a></div>';
    const { text, html } = await one({ message });
    expect(text).toBe("here (https://a.example/x)\nunsubscribe (opt-out link)");
    expect(html).toContain('<a href="https://a.example/x">');
    expect(html).not.toContain("{{");
  });

  it("what a field hides is not shown", async () => {
    const letter = await one({ message: "<p>Hi {{FIRST_NAME}}</p>" }, {
      email: "a@x.example",
      first_name: "A\u202en\u200bna",
    } as never);
    expect(letter.text).toBe("Hi Anna");
  });
});

describe("threads", () => {
  it("a follow-up without a subject goes on under the one before, with one Re:", async () => {
    const steps = stepsOf(
      [{ subject: "{{COMPANY}}", message: "a" }],
      [{ message: "b" }],
      [{ subject: "New", message: "c" }],
      [{ subject: " ", message: "d" }],
      [{ message: "e" }],
    );
    const letters = await read(anna, steps, { seed: 1, all: false });
    expect(letters.map(({ subject: line, thread }) => `${line}${thread ? " +" : ""}`)).toEqual([
      "Le Four",
      "Re: Le Four +",
      "New",
      "Re: New +",
      "Re: New +",
    ]);
  });

  it("says whose signature comes below", async () => {
    expect((await one({ message: "a" })).signature).toBe("of the sending mailbox");
    expect((await one({ message: "a", signature: "NO_SIGNATURE" })).signature).toBe("none");
  });
});

describe("choosing", () => {
  const spun = { subject: '{{SPINTAX | "a" | "b" | "c"}}', message: '<p>{{SPINTAX | "1" | "2"}}</p>' };

  it("is the same for the same seed, and covers all over many", async () => {
    const steps = stepsOf([spun, { subject: "B", message: "b" }]);
    const seen = new Set<string>();
    for (let seed = 0; seed < 80; seed += 1) {
      const [first] = await read(anna, steps, { seed, all: false });
      expect(await read(anna, steps, { seed, all: false })).toEqual([first]);
      seen.add(`${first?.subject}${first?.text}`);
    }
    expect([...seen].sort()).toEqual(["Bb", "a1", "a2", "b1", "b2", "c1", "c2"]);
  });

  it("all variants: every version, every combination, numbered", async () => {
    const letters = await read(anna, stepsOf([spun, { subject: "B", message: "b" }]), {
      seed: 1,
      all: true,
    });
    expect(
      letters.map(({ version, subject: line, text, variant }) => `${version}${variant ?? ""} ${line}${text}`),
    ).toEqual(["A1 a1", "A2 b1", "A3 c1", "A4 a2", "A5 b2", "A6 c2", "B Bb"]);
  });

  it("stops at a dozen variants of one version", async () => {
    const many = { subject: "x", message: '{{SPINTAX | "1" | "2"}}'.repeat(9) };
    expect(await read(anna, stepsOf([many]), { seed: 1, all: true })).toHaveLength(12);
  });

  it("draws evenly", () => {
    const drawn = Array.from({ length: 3_000 }, (_, n) => draw(7, `p${n}@x.example`) % 3);
    const counts = [0, 1, 2].map((one) => drawn.filter((other) => other === one).length);
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(120);
  });
});

describe("where people stand in a campaign that has begun", () => {
  const steps = stepsOf([{ message: "a" }], [{ message: "b" }], [{ message: "c" }]);
  /** Sent by step 1, 2, … */
  const sent = (...counts: number[]) => counts.map((count, index) => ({ step: index + 1, sent: count }));
  it.each<[string, Standing, [number, number][]]>([
    ["nobody was written to", { queue: 10, prospects: 10, steps: [] }, [[0, 10]]],
    [
      "some have had step 1",
      { queue: 10, prospects: 10, steps: sent(4) },
      [
        [0, 6],
        [1, 4],
      ],
    ],
    [
      "some have left",
      { queue: 8, prospects: 10, steps: sent(4, 0) },
      [
        [0, 6],
        [1, 2],
      ],
    ],
    [
      "spread over steps",
      { queue: 6, prospects: 10, steps: sent(10, 4, 2) },
      [
        [1, 5],
        [2, 1],
      ],
    ],
    ["parked before step 1", { queue: 4, prospects: 10, check: 2, steps: sent(4) }, [[0, 4]]],
    ["nothing is left", { queue: 0, prospects: 10, steps: sent(10, 8, 8) }, []],
    ["no counters", { steps: [] }, []],
  ])("%s", (_name, standing, expected) => {
    expect(underway(standing, steps).map(({ next, count }) => [next, count])).toEqual(expected);
  });
});
