/** GET /rest/v2/inbox/messages: replies, newest first, with cursors. */
import { incorrect, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import type { Message, State } from "../state.ts";
import type { Forms } from "../types.ts";
import { readInboxFilters } from "./inbox-filters.ts";

const PER_PAGE = { fallback: 10, most: 50 };

/** Newest first, in the scope of a client account: everybody's mailboxes. */
export function listMessages({ state, query, inboxCampaign }: Call): Reply {
  const perPage = Number(query.get("per_page") ?? PER_PAGE.fallback);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > PER_PAGE.most) throw incorrect("per_page");
  const filters = readInboxFilters(state, query);
  const found = state.messages
    .filter((message) => filters.every((filter) => filter(message)))
    .sort((a, b) => (isBefore(a, b) ? 1 : -1));

  const start = startOf(found, query.get("next_page_cursor"), perPage);
  if (start === undefined) throw incorrect("next_page_cursor");
  const page = found.slice(start, start + perPage);
  const [first, last] = [page[0], page.at(-1)];
  return {
    status: 200,
    body: {
      content: page.map((message) => rowOf(state, message, inboxCampaign)),
      pagination: {
        previous_page_cursor: first && start > 0 ? cursor("before", first) : null,
        next_page_cursor: last && start + perPage < found.length ? cursor("after", last) : null,
      },
    },
  };
}

const isBefore = (a: Pick<Message, "at" | "id">, b: Pick<Message, "at" | "id">): boolean =>
  a.at < b.at || (a.at.getTime() === b.at.getTime() && a.id < b.id);

/** Names a message and not a page number, so that what arrives in between neither repeats nor hides anything. */
function cursor(side: "before" | "after", { at, id }: Message): string {
  return Buffer.from(`${side} ${at.getTime()} ${id}`).toString("base64url");
}

function startOf(found: Message[], text: string | null, perPage: number): number | undefined {
  if (text === null) return 0;
  const parts = /^(before|after) (\d+) (\d+)$/.exec(Buffer.from(text, "base64url").toString());
  if (!parts) return undefined;
  const named = { at: new Date(Number(parts[2])), id: Number(parts[3]) };
  const firstOlder = found.findIndex((message) => isBefore(message, named));
  const after = firstOlder < 0 ? found.length : firstOlder;
  if (parts[1] === "after") return after;
  const newerCount = found.filter((message) => isBefore(named, message)).length;
  return Math.max(0, newerCount - perPage);
}

function rowOf(state: State, message: Message, form: Forms["inboxCampaign"]) {
  const stored = state.campaigns.get(message.campaignId);
  const campaign = stored ? { id: stored.campaign.id, name: stored.campaign.name } : null;
  return {
    id: message.id,
    prospect_id: message.prospectId,
    subject: message.subject,
    body: { html: message.html },
    // Neither its format nor what a campaign looks like in here is documented.
    stamp: message.at.toISOString(),
    read: message.read,
    ...(form === "list" ? { campaigns: campaign ? [campaign] : [] } : { campaign }),
  };
}
