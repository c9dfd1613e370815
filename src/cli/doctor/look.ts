/** One look of the doctor: what it is about, and what it finds. */
import type { Settings } from "../../settings/index.ts";
import type { CampaignRow } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import type { Mailbox } from "../../woodpecker/mailboxes.ts";
import type { Advice } from "./advice.ts";

/** What is in order is told in a line; `note` is worth knowing, `fix` has to be fixed. */
export type Found = { ok: string } | { note: Advice } | { fix: Advice };

/** What the looks before have read. */
export interface Gathered {
  campaigns?: readonly CampaignRow[];
  mailboxes?: readonly Mailbox[];
}

export interface Look {
  about: string;
  look: (settings: Settings, api: Api, seen: Gathered) => Promise<Found | undefined> | Found | undefined;
  /** When it fails, nothing after it can be checked. */
  first?: true;
  /** It asks Woodpecker nothing of its own. */
  derived?: true;
}
