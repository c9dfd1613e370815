/**
 * What other people saw of Woodpecker's API, served to the product over a real socket. Each file of answers/ is one fact:
 * where it comes from, what it says, the answers (content made up), and what a tool has to make of it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openSession } from "../support/session.ts";

interface Served {
  method: string;
  path: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  times?: number;
}

interface Fact {
  source: string;
  says: string;
  serve: Served[];
  /** Tool and arguments; "create" stands for a small draft. */
  call: [string, object] | "create";
  failed: boolean;
  data?: object;
  text?: string[];
  notText?: string[];
  /** Fields that no person in the answer has. */
  absent?: string[];
  /** All that reached the account. */
  traffic?: string[];
}

const facts = readdirSync(`${import.meta.dirname}/answers`).map((file): [string, Fact] => [
  file.replace(".json", ""),
  JSON.parse(readFileSync(`${import.meta.dirname}/answers/${file}`, "utf8")),
]);

const draft = {
  name: "Outside",
  mailbox_ids: [501],
  settings: { timezone: "Europe/Paris", daily_enroll: 40 },
  delivery_times: [{ days: ["MONDAY"], from: "08:30", to: "17:00" }],
  steps: [
    { type: "EMAIL", versions: [{ subject: "Hello", message: '<p>Hello, {{FIRST_NAME | "you"}}</p>' }] },
  ],
};

describe("what others saw", () => {
  it.each(facts)("%s", async (_name, fact) => {
    expect(fact.source).not.toBe("");
    const session = await openSession();
    for (const { path, ...answer } of fact.serve)
      session.sandbox.failNext({ times: 9, ...answer, path: new RegExp(path) });
    const [tool, args] = fact.call === "create" ? ["create_campaign", draft] : fact.call;
    const { failed, data, text } = await session.call(tool as string, args as object);
    expect([failed, text]).toEqual([fact.failed, text]);
    if (fact.data) expect(data).toMatchObject(fact.data);
    for (const words of fact.text ?? []) expect(text).toContain(words);
    for (const words of fact.notText ?? []) expect(text).not.toContain(words);
    for (const field of fact.absent ?? [])
      for (const row of data.prospects) expect(row).not.toHaveProperty(field);
    if (fact.traffic) expect(session.traffic()).toEqual(fact.traffic);
  });
});
