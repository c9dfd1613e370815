/** `list`: the campaigns of the account, a line each, newest first as Woodpecker has them. */
import { quoted } from "../../values/foreign.ts";
import { listCampaignRows } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import type { Print } from "../terminal.ts";

/** @returns the exit code */
export async function printList(api: Api, print: Print): Promise<number> {
  const rows = (await listCampaignRows(api)).map(({ id, status, daily_enroll, from_emails, name }) => [
    String(id),
    status,
    daily_enroll === undefined ? "" : `${daily_enroll} a day`,
    `${from_emails[0] ?? ""}${from_emails.length > 1 ? ` +${from_emails.length - 1}` : ""}`,
    quoted(name),
  ]);
  if (rows.length === 0) print("There is no campaign in this account.");
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  return 0;
}
