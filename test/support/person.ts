/** A person in front of a client with forms, and somebody who works in the Woodpecker app meanwhile. */
import type { ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { expect } from "vitest";
import type { Elicit } from "./answer.ts";

export const yes: ElicitResult = { action: "accept", content: { confirm: true } };
export const no: ElicitResult = { action: "decline" };

/** Answers every form alike; what was asked is kept. */
export function person(answer: ElicitResult | (() => ElicitResult | Promise<ElicitResult>)) {
  const asked: Parameters<Elicit>[0][] = [];
  const elicit: Elicit = (params) => {
    asked.push(params);
    return typeof answer === "function" ? answer() : answer;
  };
  return { asked, elicit };
}

/** Straight to Woodpecker, past the server: "POST /rest/v2/campaigns/2102/run". @returns its answer, which is a yes */
export async function inTheApp(
  { origin, key }: { origin: string; key: string },
  line: string,
  body?: unknown,
): Promise<Response> {
  const [method, path] = line.split(" ");
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: { "x-api-key": key, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(answer.ok, line).toBe(true);
  return answer;
}
