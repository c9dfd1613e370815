/** Rows of arguments that do not fit, and what must come of each. */
import { describe, expect, it } from "vitest";
import type { Answer } from "./answer.ts";
import { draft } from "./draft.ts";
import { openSession, type Session } from "./session.ts";

export interface Row {
  name: string;
  tool: string;
  args: unknown;
  /** Stand in the answer: the path first, then what is wrong with it. */
  says: string[];
}

export const bad = (name: string, [tool, args]: readonly [string, unknown], ...says: string[]): Row => ({
  name,
  tool,
  args,
  says,
});

export const create = (more: object) => ["create_campaign", { ...draft, ...more }] as const;
export const hello = { subject: "Hello", message: "<p>Hello</p>" };
export const email = (more: object = {}) => ({ type: "EMAIL", versions: [hello], ...more });
/** A draft of this one step. */
export const step = (more: object) => create({ steps: [email(more)] });

/** A step as the API writes it. */
export const node = (more: object = {}) => ({
  type: "EMAIL",
  delivery_time: { MONDAY: [{ from: "08:00", to: "09:00" }] },
  body: { versions: [{ ...hello, track_opens: false }] },
  ...more,
});
export const tree = (followup: object) => create({ steps: { type: "START", followup } });

export function expectRefused({ failed, data, text }: Answer, says: readonly string[]): void {
  expect(failed).toBe(true);
  expect(data).toBeUndefined();
  for (const words of says) expect(text).toContain(words);
  expect(text).toContain("Nothing was sent and nothing was changed.");
  expect(text).toContain("\nNext: ");
  expect(text.length).toBeLessThanOrEqual(2_000);
}

/** The server answers the next call. */
export async function expectAlive(session: Session): Promise<void> {
  const before = session.sandbox.requests.length;
  const { failed, data } = await session.call("list_mailboxes", { type: "IMAP" });
  expect([failed, data.total, session.sandbox.requests.length - before]).toEqual([false, 4, 1]);
}

/** Rows that need no name: the arguments tell what is wrong. */
export const refuses = (tool: string, rows: [args: object, says: string][]) =>
  it.each(rows)("%j is refused before anything is sent", async (args, says) => {
    const session = await openSession();
    expectRefused(await session.call(tool, args), [says]);
    expect(session.traffic()).toEqual([]);
  });

export function refuseAll(table: Record<string, Row[]>): void {
  describe.each(Object.entries(table))("%s", (_kind, rows) => {
    const named = rows.map((row) => [row.name, row] as const);
    it.each(named)("%s is refused before anything is sent", async (_name, { tool, args, says }) => {
      const session = await openSession();
      expectRefused(await session.call(tool, args), says);
      expect(session.traffic()).toEqual([]);
      expect(session.events.map(({ event }) => event)).not.toContain("defect");
      await expectAlive(session);
    });
  });
}
