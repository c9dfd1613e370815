/** What every explained failure has: three parts, no result, no key. */
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import { lineOf } from "./sandbox.ts";
import type { Session } from "./session.ts";

export { business, problem, v1Error } from "./error-bodies.ts";

/** The second part: whether anything changed. Only these sentences are honest. */
export const changed = {
  no: "Nothing was changed.",
  "not even sent": "Nothing was sent and nothing was changed.",
  unclear: "It may or may not have been carried out.",
  "most likely": "Woodpecker said yes, so it was most likely carried out.",
} as const;

export type Changed = keyof typeof changed;

export function expectExplained(session: Session, { failed, data, text }: Answer, part: Changed): void {
  expect(failed).toBe(true);
  expect(data).toBeUndefined();
  const [what, ...rest] = text.split("\n");
  const [whether, next] = rest.slice(-2);
  expectFindings(rest.slice(0, -2));
  expect(what).toMatch(/^[A-Z][\w ]+ \w+.*\.$/);
  expect(whether).toBe(changed[part]);
  expect(next).toMatch(/^Next: \S.{15,}/);
  expect(text.length).toBeLessThanOrEqual(2_000);
  expect(text).not.toContain(session.sandbox.key);
}

/** Between the first part and the second: what a check found, where Woodpecker does not say why. */
function expectFindings(lines: string[]): void {
  if (lines.length === 0) return;
  if (lines[0] === "The check finds nothing that would be refused.") {
    expect(lines).toHaveLength(1);
    return;
  }
  expect(lines[0]).toBe("What the check finds, likeliest first:");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines.slice(1)) expect(line).toMatch(/^- \S.{10,}/);
}

/** After an answer was lost: what is said must fit what happened, whatever the server found out by looking. */
export function expectHonest(session: Session, { failed, data, text }: Answer): void {
  const happened = session.sandbox.writes().length > 0;
  if (!failed) {
    expect(data.outcome).toBe("done");
    expect(happened).toBe(true);
    return;
  }
  expect(data).toBeUndefined();
  expect(text).toMatch(/\nNext: \S/);
  if (happened) expect(text).not.toMatch(/nothing was (changed|sent)/i);
  else expect(text).not.toContain("most likely carried out");
}

/** How often this request reached Woodpecker. */
export const attempts = (session: Session, line: string): number =>
  session.sandbox.requests.filter((request) => lineOf({ ...request, query: "" }) === line).length;
