/**
 * The fault table: what can go wrong, what must come of it, and where that is tested. The tests take their names from
 * here, docs/faults.md is written from here, and test/faults/table.test.ts fails for a row that has no test.
 */

import { args, overHttp, stdio } from "./rows/client.ts";
import type { Row } from "./rows/row.ts";
import { duplicates, lifecycle } from "./rows/server.ts";
import { http, network } from "./rows/woodpecker.ts";

export type { Row } from "./rows/row.ts";

export interface Part {
  title: string;
  /** The tests of the part, in this folder. */
  files: readonly string[];
  rows: readonly Row[];
}

export const parts: readonly Part[] = [
  {
    title: "A. Network between us and Woodpecker",
    files: ["network", "connections", "tls", "bytes", "traffic"],
    rows: network,
  },
  { title: "B. What Woodpecker answers", files: ["http", "answers"], rows: http },
  { title: "C. Arguments from models", files: [], rows: args },
  { title: "D. stdio", files: ["stdio"], rows: stdio },
  { title: "E. HTTP", files: ["e-http", "e-http-clients"], rows: overHttp },
  { title: "F. Life of the process", files: ["lifecycle"], rows: lifecycle },
  { title: "G. Trust and duplicates", files: ["duplicates"], rows: duplicates },
];

export type Id = (
  | typeof network
  | typeof http
  | typeof args
  | typeof stdio
  | typeof overHttp
  | typeof lifecycle
  | typeof duplicates
)[number]["id"];

export function rowOf(id: Id): Row {
  return parts.flatMap(({ rows }) => rows).find((row) => row.id === id) as Row;
}
