/** What people answered: the inbox of the account (v2, by cursor), and the responses of one prospect. */
import { asArray, asNumber, asNumbers, asObject, asString, type Loose } from "../values/loose.ts";
import { entriesOf, lineOf } from "./answers.ts";
import type { Api } from "./client.ts";
import { isoTime } from "./wild.ts";

export interface Reply {
  id?: string;
  prospect_id?: number;
  campaign_ids: number[];
  subject: string;
  /** As it came; made readable by the one who shows it. */
  html: string;
  received?: string;
  read?: boolean;
}

interface InboxQuery {
  campaignId?: number | undefined;
  unreadOnly: boolean;
  limit: number;
  cursor?: string | undefined;
}

/** A message without an id is a message still. */
const hasText = ({ id, response_id, subject, body, message }: Loose): boolean =>
  [id, response_id, subject, body, message].some((value) => value !== undefined);

/** Ids of messages are shown, never counted with; their type is documented nowhere. */
const textId = (id: unknown) => (typeof id === "number" ? String(id) : lineOf(id));

export async function readInbox(api: Api, query: InboxQuery): Promise<{ replies: Reply[]; next?: string }> {
  const { campaignId, unreadOnly, limit, cursor } = query;
  const answer = await api.get("/rest/v2/inbox/messages", {
    per_page: String(limit),
    ...(campaignId !== undefined && { campaign_ids: String(campaignId) }),
    ...(unreadOnly && { read: "false" }),
    ...(cursor !== undefined && { next_page_cursor: cursor }),
  });
  const next = asString(asObject(asObject(answer).pagination).next_page_cursor);
  const isOneWord = next !== undefined && /^[\x21-\x7e]{1,1000}$/.test(next);
  return {
    replies: entriesOf(answer, { field: "content", isEntry: hasText }).map(fromInbox),
    ...(isOneWord && { next }),
  };
}

/** The campaigns come as a list in the documents, and as one object in what a client reads. */
function fromInbox({ id, prospect_id, subject, body, stamp, read, campaign, ...rest }: Loose): Reply {
  const campaigns = asArray(rest.campaigns).length > 0 ? rest.campaigns : [campaign];
  const ids = asArray(campaigns).flatMap(
    (entry) => asNumber(entry) ?? asNumber(asObject(entry).campaign_id) ?? asNumber(asObject(entry).id) ?? [],
  );
  return {
    id: textId(id),
    prospect_id: asNumber(prospect_id),
    campaign_ids: ids.length > 0 ? ids : asNumbers(campaigns),
    subject: asString(subject) ?? "",
    html: asString(asObject(body).html) ?? asString(body) ?? "",
    received: lineOf(stamp) ?? isoTime(stamp),
    ...(typeof read === "boolean" && { read }),
  };
}

/** Oldest first. */
export async function readResponses(
  api: Api,
  prospectId: number,
  campaignId: number | undefined,
): Promise<Reply[]> {
  const query: Record<string, string> = campaignId === undefined ? {} : { campaign_id: String(campaignId) };
  const answer = await api.get(`/rest/v2/prospects/${prospectId}/responses`, query);
  const entries = entriesOf(answer, { field: "responses", isEntry: hasText });
  return entries.map(({ response_id, campaign_id, subject, message, delivered }) => {
    const campaign = asNumber(campaign_id);
    return {
      id: textId(response_id),
      prospect_id: prospectId,
      campaign_ids: campaign === undefined ? [] : [campaign],
      subject: asString(subject) ?? "",
      html: asString(message) ?? "",
      received: lineOf(delivered),
    };
  });
}
