import { expect } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import { atEnd } from "../support/at-end.ts";

export async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  atEnd(sandbox.close);
  return sandbox;
}

// biome-ignore lint/suspicious/noExplicitAny: the answers are foreign JSON, read freely by the tests
export type Json = any;

export interface Answer {
  status: number;
  body: Json;
  text: string;
  headers: Headers;
}

/** `call(sandbox, "GET /v1/campaign_list")`; a string body is sent as it is. */
export async function call(
  sandbox: Sandbox,
  line: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = "GET", path = ""] = line.split(" ");
  const response = await fetch(`${sandbox.origin}/rest${path}`, {
    method,
    headers: {
      "x-api-key": sandbox.key,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get("content-type") === "application/json";
  return {
    status: response.status,
    body: json ? JSON.parse(text) : undefined,
    text,
    headers: response.headers,
  };
}

export const expectEmpty = (answer: Answer): void => expect([answer.status, answer.text]).toEqual([200, ""]);

export const email = (more: object = {}, version: object = {}): Json => ({
  type: "EMAIL",
  delivery_time: { MONDAY: [{ from: "09:00", to: "17:00" }] },
  body: { versions: [{ subject: "A question", message: "<p>Hi</p>", track_opens: false, ...version }] },
  ...more,
});

export const linkedIn = (action_type: string, version: object, more: object = {}): Json => ({
  type: "LINKEDIN",
  body: { action_type, linkedin_account_id: 77, versions: [version] },
  ...more,
});

export const draft = (more: object = {}, followup: unknown = email()): Json => ({
  name: "Spring",
  email_account_ids: [501],
  settings: { timezone: "Europe/Warsaw", daily_enroll: 20 },
  steps: { type: "START", followup },
  ...more,
});

export const chain = (steps: Json[]): Json =>
  steps.reduceRight((followup, step) => ({ ...step, followup }), null);
