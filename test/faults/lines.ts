/** Requests and sentences that the tests of the table look for. */
import type { FaultySession } from "./fault.ts";

/** A read of one request: receiving mailboxes send for no campaign, so that none is asked for. */
export const receiving = { type: "IMAP" };

export const create = /^POST \/rest\/v2\/campaigns$/;
export const created = ["POST /rest/v2/campaigns"];
export const list = /^GET \/rest\/v1\/campaign_list/;
export const run = /\/2102\/run$/;
export const pause = /\/2101\/pause$/;

export const unclear = "It may or may not have been carried out.";
export const nothing = "Nothing was changed.";
export const notSent = "Nothing was sent and nothing was changed.";
export const notAgain = /do not call \w+ again yet/;

/** How many requests, and what was carried out. */
export const tally = ({ upstream }: FaultySession, line: RegExp) => [
  upstream.requests(line).length,
  upstream.commits(),
];
