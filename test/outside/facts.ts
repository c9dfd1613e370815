/** What other people saw, one fact a file: answers/ for the product, sandbox/ for the sandbox. */
import { readdirSync, readFileSync } from "node:fs";
import { draft } from "../support/draft.ts";

export interface Served {
  method: string;
  path: string;
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  times?: number;
}

export const factsIn = <T>(folder: string): [name: string, fact: T][] =>
  readdirSync(`${import.meta.dirname}/${folder}`).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(`${import.meta.dirname}/${folder}/${file}`, "utf8")),
  ]);

/** Tool and arguments; "create" stands for a small draft. */
export type Call = [tool: string, args: object] | "create";

export const callOf = (call: Call): [tool: string, args: object] =>
  call === "create" ? ["create_campaign", draft] : call;
