/** What became of people that were saved, row by row, as v1 answers. */
import { asArray, asNumber, asObject, asString } from "../values/loose.ts";
import { lineOf } from "./answers.ts";
import type { Import } from "./requests.ts";

type RowResult = "added" | "updated" | "duplicate" | "rejected" | "unknown";

export interface SavedRow {
  email: string;
  result: RowResult;
  code?: string;
  reason?: string;
  /** Of the person, where the answer names it. */
  id?: number | undefined;
  /** The answer says that the account had them before. */
  wasKnown?: boolean;
}

/** What became of each person. A row that the answer does not mention, or says nothing about, is told as such, not guessed. */
export function savedRows(answer: unknown, { prospects, campaignId, update }: Import): SavedRow[] {
  const { prospects: listed, status } = asObject(answer);
  const refused = asString(asObject(status).status) === "ERROR";
  const answers = new Map(
    asArray(listed).map((row) => [asString(asObject(row).email)?.toLowerCase(), asObject(row)]),
  );
  return prospects.map(({ email }) => {
    const address = String(email);
    const row = answers.get(address.toLowerCase());
    if (!row) return unknown(address, "Woodpecker's answer does not mention this address");
    const word = asString(row.status);
    if (word === "ERROR") {
      return { email: address, result: "rejected", code: lineOf(row.code), reason: lineOf(row.msg) };
    }
    if (refused && word !== "OK")
      return unknown(address, "Woodpecker refused the whole and does not say what became of this address");
    const known = asString(campaignId === undefined ? row.prospect : row.prospect_campaign) === "DUPLICATE";
    return {
      email: address,
      result: known ? (update ? "updated" : "duplicate") : "added",
      id: asNumber(row.id),
      wasKnown: asString(row.prospect) === "DUPLICATE",
    };
  });
}

const unknown = (email: string, reason: string): SavedRow => ({
  email,
  result: "unknown",
  code: "NO_ANSWER",
  reason,
});

/** A refusal, inside a 200 as well as a 400, may list the people; whether it tells what became of any of these. */
export const tellsRows = (body: unknown, part: Import): boolean =>
  savedRows(body, part).some(({ result }) => result !== "unknown");
