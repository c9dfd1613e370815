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
  /** Where the answer names them. */
  campaignNames: Record<number, string>;
  /** The address that the campaign had written from, and another one that the person answered from. */
  sentFrom?: string;
  otherAddress?: string;
  headers?: unknown;
}

interface InboxQuery {
  campaignId?: number | undefined;
  unreadOnly?: boolean;
  interest?: readonly string[] | undefined;
  /** Words that a message has to have. */
  contains?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A message without an id is a message still. */
const hasText = ({ id, response_id, subject, body, message }: Loose): boolean =>
  [id, response_id, subject, body, message].some((value) => value !== undefined);

/** Ids of messages are shown, never counted with; their type is documented nowhere. */
const textId = (id: unknown) => (typeof id === "number" ? String(id) : lineOf(id));

export async function readInbox(api: Api, query: InboxQuery): Promise<{ replies: Reply[]; next?: string }> {
  const { campaignId, unreadOnly, interest = [], contains, limit, cursor } = query;
  const answer = await api.get("/rest/v2/inbox/messages", {
    per_page: String(limit),
    ...(campaignId !== undefined && { campaign_ids: String(campaignId) }),
    ...(unreadOnly && { read: "false" }),
    ...(interest.length > 0 && {
      prospect_interest_level: interest.map((level) => level.replaceAll("-", "_")).join(","),
    }),
    ...(isPhrase(contains) && { search_phrases: contains }),
    ...(cursor !== undefined && { next_page_cursor: cursor }),
  });
  const next = asString(asObject(asObject(answer).pagination).next_page_cursor);
  const isOneWord = next !== undefined && /^[\x21-\x7e]{1,1000}$/.test(next);
  return {
    replies: entriesOf(answer, { field: "content", isEntry: hasText }).map(fromInbox),
    ...(isOneWord && { next }),
  };
}

/** Of three characters at least, and a comma would part two phrases. */
const isPhrase = (text = "") => text.length >= 3 && !text.includes(",");

/** Pages of fifty that a message is looked for on. */
const MAX_PAGES = 20;

/** No route gives one message: the inbox is read from its newest on. */
export async function readMessage(api: Api, id: string): Promise<Reply | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { replies, next } = await readInbox(api, { limit: 50, cursor });
    const found = replies.find((reply) => reply.id === id);
    if (found || next === undefined || next === cursor) return found;
    cursor = next;
  }
  return undefined;
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
    campaignNames: Object.fromEntries(asArray(campaigns).flatMap(named)),
    ...(typeof read === "boolean" && { read }),
    ...(rest.headers !== undefined && { headers: rest.headers }),
  };
}

function named(entry: unknown): [number, string][] {
  const { id, campaign_id, name, campaign_name } = asObject(entry);
  const [number, words] = [asNumber(campaign_id) ?? asNumber(id), lineOf(name) ?? lineOf(campaign_name)];
  return number !== undefined && words ? [[number, words]] : [];
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
  return entries.map(({ response_id, campaign_id, subject, message, delivered, ...rest }) => {
    const campaign = asNumber(campaign_id);
    const [sentFrom, otherAddress] = [
      lineOf(rest.campaign_email_sent),
      lineOf(rest.secondary_prospect_email),
    ];
    return {
      id: textId(response_id),
      prospect_id: prospectId,
      campaign_ids: campaign === undefined ? [] : [campaign],
      subject: asString(subject) ?? "",
      html: asString(message) ?? "",
      received: lineOf(delivered),
      campaignNames: {},
      ...(sentFrom && { sentFrom }),
      ...(otherAddress && { otherAddress }),
    };
  });
}
