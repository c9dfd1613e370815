/** LinkedIn accounts: `GET /rest/v2/linkedin_accounts` (docs/woodpecker-api.md, LinkedIn accounts). */
import { asArray, asNumber, asObject } from "../values/loose.ts";
import { lineOf } from "./answers.ts";

export interface LinkedinAccount {
  id: number;
  name: string;
  status: string;
  level: string;
}

export function linkedinAccounts(answer: unknown): LinkedinAccount[] {
  return asArray(asObject(answer).linkedin_accounts)
    .map(asObject)
    .map(({ id, full_name, username, session_status, level }) => ({
      id: asNumber(id) ?? 0,
      name: lineOf(full_name) ?? lineOf(username) ?? "",
      status: lineOf(session_status) ?? "UNKNOWN",
      level: lineOf(level) ?? "UNKNOWN",
    }));
}
