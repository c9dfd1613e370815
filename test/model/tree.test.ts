/** The sequence as a list and as the tree of the API. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveryTimesFrom, windowsByDay } from "../../src/model/delivery.ts";
import { type Step, steps } from "../../src/model/steps.ts";
import { listFromTree, treeFromList, withoutServerFields } from "../../src/model/tree.ts";
import { sequence } from "../support/arbitrary.ts";

/** What a step says when everything it left out is written out. */
function inFull(step: Step, index: number): object {
  const email = step.type === "EMAIL";
  const versions = step.versions.map(({ subject, ...rest }, place) => ({
    version: "ABCDE"[place],
    ...(email && { signature: "SENDER", track_opens: false }),
    ...rest,
    ...(subject !== undefined && { subject }),
  }));
  const times = step.delivery_times && deliveryTimesFrom(windowsByDay(step.delivery_times));
  return { step: index + 1, ...step, ...(times && { delivery_times: times }), versions };
}

/** The nodes of a chain, START first. */
function chainOf(tree: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let at = tree; at; at = (at as { followup?: unknown }).followup)
    chain.push(at as Record<string, unknown>);
  return chain;
}

describe("a list of steps and the API's chain", () => {
  it("say the same: list → chain → list", () => {
    const property = fc.property(sequence, (list) => {
      const { steps: back, truncated } = listFromTree(treeFromList(list));
      expect(back).toEqual(list.map(inFull));
      expect(truncated).toBe(false);
    });
    fc.assert(property);
  });

  it("say the same: chain → list → chain", () => {
    const property = fc.property(sequence, (list) => {
      const tree = treeFromList(list);
      const again = withoutServerFields(listFromTree(tree).steps) as Step[];
      expect(treeFromList(again)).toEqual(tree);
    });
    fc.assert(property);
  });

  it("keep every rule on the way: what is read can be written", () => {
    const property = fc.property(sequence, (list) => {
      expect(steps.safeParse(list).success).toBe(true);
      const again = steps.safeParse(withoutServerFields(listFromTree(treeFromList(list)).steps));
      expect(again.success).toBe(true);
    });
    fc.assert(property);
  });

  it("have the wait of a step on the node before it, and none on the last", () => {
    const property = fc.property(sequence, (list) => {
      const [start, ...nodes] = chainOf(treeFromList(list));
      expect(start).toEqual({ type: "START", followup: nodes[0] });
      expect(nodes).toHaveLength(list.length);
      expect(nodes.map((node) => node.type)).toEqual(list.map((step) => step.type));
      expect(nodes.slice(0, -1).map((node) => node.followup_after)).toEqual(
        list.slice(1).map((step) => step.wait),
      );
      expect(nodes.at(-1)).not.toHaveProperty("followup_after");
      expect(nodes.at(-1)).not.toHaveProperty("followup");
    });
    fc.assert(property);
  });

  it("let the windows of the whole draft stand for the e-mails that have none of their own", () => {
    const fallback = [{ days: ["TUESDAY"], from: "09:00", to: "10:00" }];
    const list: Step[] = [
      { type: "EMAIL", versions: [{ subject: "a", message: "b" }] },
      {
        type: "EMAIL",
        delivery_times: [{ days: ["SUNDAY"], from: "01:00", to: "02:00" }],
        versions: [{ message: "c" }],
      },
      {
        type: "LINKEDIN",
        linkedin: { action: "VISIT_PROFILE", account_id: 77 },
        versions: [{ message: "" }],
      },
    ];
    expect(chainOf(treeFromList(list, fallback)).map((node) => node.delivery_time)).toEqual([
      undefined,
      { TUESDAY: [{ from: "09:00", to: "10:00" }] },
      { SUNDAY: [{ from: "01:00", to: "02:00" }] },
      undefined,
    ]);
  });

  it("say one day where a wait was left out", () => {
    const list: Step[] = Array.from({ length: 2 }, () => ({
      type: "EMAIL",
      versions: [{ subject: "a", message: "b" }],
    }));
    expect(chainOf(treeFromList(list))[1]?.followup_after).toEqual({ range: "DAY", value: 1 });
  });
});

describe("a chain as the API returns it", () => {
  const node = (more: object = {}) => ({
    id: "uuid-1",
    type: "EMAIL",
    delivery_time: {},
    body: {
      versions: [
        { id: "hash-1", version: "A", subject: "s", message: "m", signature: "SENDER", track_opens: true },
      ],
    },
    followup_after: { range: "DAY", value: 1 },
    followup: null,
    ...more,
  });
  const read = (followup: unknown) => listFromTree({ id: "uuid-0", type: "START", followup }).steps;

  it("keeps fields of steps, bodies and versions that nobody knows yet", () => {
    const future = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }));
    const property = fc.property(future, future, future, (ofNode, ofBody, ofVersion) => {
      const versions = [{ id: "hash-1", version: "A", message: "m", ...ofVersion }];
      const [step] = read(node({ ...ofNode, body: { versions, ...ofBody } }));
      expect(step).toMatchObject({ ...ofNode, ...ofBody });
      expect(step?.versions[0]).toMatchObject(ofVersion);
    });
    fc.assert(property);
  });

  it("keeps the wait of a step that is still to be appended apart", () => {
    const [one, two] = read(
      node({ followup_after: { range: "HOUR", value: 5 }, followup: node({ id: "uuid-2" }) }),
    );
    expect(one).not.toHaveProperty("wait");
    expect(two).toMatchObject({
      id: "uuid-2",
      wait: { value: 5, range: "HOUR" },
      next_wait: { value: 1, range: "DAY" },
    });
  });

  it.each([null, "", undefined])("reads the subject %j as none of its own", (subject) => {
    const [step] = read(node({ body: { versions: [{ message: "m", subject }] } }));
    expect(step?.versions).toEqual([{ version: "A", message: "m" }]);
  });

  it.each([undefined, null, {}, { type: "START" }, { type: "START", followup: null }, 5, "x", []])(
    "that is %j has no steps",
    (tree) => expect(listFromTree(tree)).toEqual({ steps: [], truncated: false }),
  );

  it("of unknown kinds of nodes is shown with their names", () => {
    expect(read(node({ type: "SMS" }))).toMatchObject([{ step: 1, type: "SMS" }]);
  });

  it("that never ends is read to a bound, and said to be cut", () => {
    let endless: object = node();
    for (let depth = 0; depth < 1000; depth++) endless = node({ followup: endless });
    const { steps: list, truncated } = listFromTree({ type: "START", followup: endless });
    expect(list.length).toBeLessThanOrEqual(100);
    expect(truncated).toBe(true);
  });

  it("of any shape at all is read without an error", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (tree) => {
        expect(listFromTree(tree).steps).toBeInstanceOf(Array);
      }),
    );
  });
});
