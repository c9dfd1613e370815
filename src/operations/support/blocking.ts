/** Puts people on the account's blacklist: by address, and whole domains where that hits nobody else. */
import type { Question } from "../../calls/operation.ts";
import { block, MOST_BLOCKED, readBlocked } from "../../woodpecker/blacklist.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { readMailboxes } from "../../woodpecker/mailboxes.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { orReason, reasonFor } from "../../woodpecker/reason.ts";
import type { Blacklist } from "../../woodpecker/requests.ts";
import { chunks, domainOf } from "../../woodpecker/selected.ts";
import type { Gathered } from "./gather.ts";
import type { Named } from "./named-people.ts";

/** Up to so many people are blocked without asking anybody. */
const UNASKED = 50;

export interface Blocked {
  blocked: string[];
  notBlocked: { entry: string; reason: string }[];
  /** Woodpecker, not we, kept something from being blocked. */
  failed: boolean;
}

/** Addresses that are named, and those of people who are named by id; whoever is there only by a domain goes with it. */
function addressesOf({ selection }: Named, { people }: Gathered): string[] {
  const byId = selection.ids.flatMap((id) => people.get(id)?.email.toLowerCase() ?? []);
  return [...new Set([...selection.emails, ...byId])];
}

const isInterested = ({ interested, campaigns }: EnrolledRow) =>
  [interested, ...campaigns.map(({ interest }) => interest)].some(
    (word) => String(word).toUpperCase() === "INTERESTED",
  );

/** Nothing where few people are blocked, all of whom could be read and none of whom is interested. */
export function blockQuestion(named: Named, gathered: Gathered): Question | undefined {
  const known = [...gathered.people.values()];
  const addresses = addressesOf(named, gathered);
  const everybody = new Set([...addresses, ...known.map(({ email }) => email.toLowerCase())]);
  const interested = known.filter(isInterested).map(({ email }) => email);
  const unread = gathered.unread.flatMap(({ names }) => names).length;
  if (everybody.size <= UNASKED && interested.length === 0 && unread === 0) return undefined;
  const first = (all: readonly string[]) =>
    all.slice(0, 5).join(", ") + (all.length > 5 ? `, and ${all.length - 5} more` : "");
  const { domains } = named.selection;
  return {
    sentence:
      "Put these people on the account's blacklist? No campaign writes to them again and no import brings them back; taking them off is done in the Woodpecker app. They are paused in any case.",
    unchanged: "Nobody was put on the blacklist yet.",
    facts: {
      people: everybody.size,
      ...(addresses.length > 0 && { addresses: first(addresses) }),
      ...(domains.length > 0 && { "whole domains": first(domains) }),
      ...(interested.length > 0 && { interested: first(interested) }),
      ...(unread > 0 && { "could not all be read": unread }),
    },
    state: { addresses, domains },
  };
}

export async function blockAll(api: Api, named: Named, gathered: Gathered): Promise<Blocked> {
  const result: Blocked = { blocked: [], notBlocked: [], failed: false };
  const domains = await mayBeBlocked(api, named.selection.domains, result);
  const covered = new Set(domains);
  const addresses = addressesOf(named, gathered).filter((address) => !covered.has(domainOf(address)));
  await blockEntries(api, "domains", domains, result);
  await blockEntries(api, "emails", addresses, result);
  return result;
}

async function mayBeBlocked(api: Api, domains: readonly string[], result: Blocked): Promise<string[]> {
  if (domains.length === 0) return [];
  const mailboxes = await orReason(readMailboxes(api));
  if ("unread" in mailboxes)
    return notBlocked(
      domains,
      `whether you send from it yourself could not be read: ${mailboxes.unread}`,
      result,
    );
  const own = [...new Set(mailboxes.map(({ email }) => domainOf(email)))].filter((domain) => domain !== "");
  const { whyNotBlock } = await import("./unblockable.ts");
  return domains.filter((entry) => {
    const reason = whyNotBlock(entry, own);
    if (reason !== undefined) result.notBlocked.push({ entry, reason });
    return reason === undefined;
  });
}

/** By Woodpecker, not by us. @returns that none is */
function notBlocked(entries: readonly string[], reason: string, result: Blocked): [] {
  result.failed = true;
  result.notBlocked.push(...entries.map((entry) => ({ entry, reason })));
  return [];
}

/** What Woodpecker says yes to is looked up; where that does not work its yes is taken. */
async function blockEntries(
  api: Api,
  kind: Blacklist,
  entries: readonly string[],
  result: Blocked,
): Promise<void> {
  const accepted: string[] = [];
  for (const part of chunks(entries, MOST_BLOCKED))
    accepted.push(...(await blockPart(api, kind, part, result)));
  if (accepted.length === 0) return;
  const standing = await readBlocked(api, kind, accepted).catch(() => new Set(accepted));
  for (const entry of accepted) {
    if (standing.has(entry)) result.blocked.push(entry);
    else notBlocked([entry], "Woodpecker accepts it, but it does not stand on the blacklist", result);
  }
}

/** One entry that Woodpecker does not take keeps none of the others: what it refuses is tried in halves. */
async function blockPart(
  api: Api,
  kind: Blacklist,
  entries: readonly string[],
  result: Blocked,
): Promise<string[]> {
  try {
    await block(api, kind, entries);
    return [...entries];
  } catch (error) {
    const reason = reasonFor(error);
    const facts = error instanceof ApiFailure ? error.facts : undefined;
    if (facts?.outcome === "unreadable") return [...entries];
    if (facts?.http === 400 && entries.length > 1) {
      const halves = chunks(entries, Math.ceil(entries.length / 2));
      const taken: string[] = [];
      for (const half of halves) taken.push(...(await blockPart(api, kind, half, result)));
      return taken;
    }
    return notBlocked(entries, reason, result);
  }
}
