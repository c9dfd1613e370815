/** A reply as it is shown, with who wrote it and the campaign that it answers, in both forms. */
import { z } from "zod/v3";
import { cut, quoted } from "../../values/foreign.ts";
import { nameOf } from "./person-row.ts";
import { interestOf, type ReadReply } from "./replies.ts";

const MAX_SUBJECT = 300;

const prospect = z.object({
  id: z.number(),
  email: z.string().optional(),
  name: z.string().optional(),
  company: z.string().optional(),
  status: z.string().optional(),
  interest: z.string().optional(),
});

export const replyRow = z.object({
  message_id: z.string().optional(),
  id: z.string().optional(),
  prospect_id: z.number().optional(),
  prospect: prospect.optional(),
  campaign_ids: z.array(z.number()),
  campaign: z.object({ id: z.number(), name: z.string().optional() }).optional(),
  subject: z.string(),
  text: z.string(),
  received: z.string().optional(),
  read: z.boolean().optional(),
  unread: z.boolean().optional(),
  automatic: z.boolean(),
  cut: z.boolean().optional(),
  hidden_characters: z.number().optional(),
});

export function rowOf(one: ReadReply, room: number) {
  const { id: messageId, prospect_id, campaign_ids, text, received, read, automatic, hidden, subject } = one;
  const campaign = campaignOf(one);
  return {
    ...(messageId !== undefined && { message_id: messageId, id: messageId }),
    ...(prospect_id !== undefined && { prospect_id, prospect: { id: prospect_id, ...personOf(one) } }),
    campaign_ids,
    ...(campaign && { campaign }),
    subject: cut(subject, MAX_SUBJECT),
    text: cut(text, room),
    ...(received !== undefined && { received }),
    ...(read !== undefined && { read, unread: !read }),
    automatic,
    ...(text.length > room && { cut: true }),
    ...(hidden > 0 && { hidden_characters: hidden }),
  };
}

function personOf(one: ReadReply) {
  const { person, enrolment } = one;
  if (!person) return {};
  const fields = {
    email: person.email,
    name: nameOf(person),
    company: typeof person.company === "string" ? cut(person.company, 200) : undefined,
    status: enrolment?.personStatus ?? person.status,
    interest: interestOf(one),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Partial<typeof fields>;
}

function campaignOf({ campaign_ids: [first], campaignNames, enrolment }: ReadReply) {
  const campaign = enrolment?.id ?? first;
  if (campaign === undefined) return undefined;
  const name = campaignNames[campaign] ?? enrolment?.name;
  return { id: campaign, ...(name && { name: cut(name, 200) }) };
}

/** What stands at a fence: words of others in quotes, so that none of them ends it. */
export function factsIn(one: z.infer<typeof replyRow>): string {
  const { prospect: person, campaign } = one;
  const facts: [string, string | number | boolean | undefined][] = [
    ["id", one.message_id ?? "?"],
    ["prospect", one.prospect_id ?? "?"],
    ["name", person?.name && quoted(person.name)],
    ["email", person?.email],
    ["company", person?.company && quoted(person.company)],
    ["status", person?.status],
    ["interest", person?.interest],
    ["campaign", campaign?.id],
    ["called", campaign?.name && quoted(campaign.name)],
    ["unread", one.unread],
    ["automatic", one.automatic || undefined],
    ["cut", one.cut],
    ["hidden_characters", one.hidden_characters],
    ["received", one.received ?? "?"],
  ];
  return facts
    .flatMap(([label, value]) => (value === undefined || value === "" ? [] : [`${label}=${value}`]))
    .join(" ");
}
