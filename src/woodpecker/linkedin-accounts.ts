/** LinkedIn accounts: `GET /rest/v2/linkedin_accounts` (docs/woodpecker-api.md, LinkedIn accounts). */
import { asNumber, type Loose } from "../values/loose.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";

export interface LinkedinAccount {
  id: number;
  name: string;
  status: string;
  connected: boolean;
  level: string | undefined;
  /** A paid level, which InMail needs. */
  paid: boolean;
  url: string | undefined;
}

const paidLevels = ["PREMIUM", "RECRUITER_LITE", "SALES_NAVIGATOR"];

export async function readLinkedinAccounts(api: Api): Promise<LinkedinAccount[]> {
  const answer = await api.get("/rest/v2/linkedin_accounts");
  return entriesOf(answer, { field: "linkedin_accounts" }).map(linkedinAccountFrom);
}

export function linkedinAccountFrom({
  id,
  full_name,
  username,
  session_status,
  level: givenLevel,
  linkedin_url,
}: Loose): LinkedinAccount {
  const status = lineOf(session_status) ?? "UNKNOWN";
  const level = lineOf(givenLevel);
  return {
    id: asNumber(id) ?? 0,
    name: lineOf(full_name) ?? lineOf(username) ?? "",
    status,
    connected: status === "CONNECTED",
    level,
    paid: level !== undefined && paidLevels.includes(level),
    url: lineOf(linkedin_url),
  };
}
