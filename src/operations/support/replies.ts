/** Replies with who wrote them, and which of them are asked for. */
import { isAutomatic } from "../../model/automatic.ts";
import { visible } from "../../values/foreign.ts";
import { htmlToText } from "../../values/html.ts";
import { momentOf } from "../../values/moment.ts";
import type { Api } from "../../woodpecker/client.ts";
import type { EnrolledRow, Enrolment } from "../../woodpecker/prospects.ts";
import { reasonFor } from "../../woodpecker/reason.ts";
import type { Reply } from "../../woodpecker/replies.ts";
import { readById } from "../../woodpecker/selected.ts";
import { nameOf } from "./person-row.ts";

/** A reply as it can be read, with its person and the campaign that it answers. */
export interface ReadReply extends Reply {
  /** Without characters that nobody sees. */
  text: string;
  hidden: number;
  person?: EnrolledRow;
  enrolment?: Enrolment;
  automatic: boolean;
}

export interface Filters {
  interest?: readonly string[] | undefined;
  since?: string | undefined;
  contains?: string | undefined;
  automatic: boolean;
}

/** Everybody is read in one request; where that does not work, the replies are there all the same, and the reason. */
export async function withPeople(
  api: Api,
  replies: readonly Reply[],
  known: Map<number, EnrolledRow>,
): Promise<{ replies: ReadReply[]; notRead?: string }> {
  const ids = [...new Set(replies.flatMap(({ prospect_id: id }) => id ?? []))].filter((id) => !known.has(id));
  let notRead: string | undefined;
  try {
    for (const row of ids.length > 0 ? await readById(api, ids) : []) known.set(row.id, row);
  } catch (error) {
    notRead = reasonFor(error);
  }
  const read = await Promise.all(replies.map((reply) => readable(reply, known.get(reply.prospect_id ?? 0))));
  return { replies: read, ...(notRead !== undefined && { notRead }) };
}

/** HTML as text, without characters that nobody sees. */
async function readable(reply: Reply, person: EnrolledRow | undefined): Promise<ReadReply> {
  const plain = await htmlToText(reply.html, "without links");
  const text = plain.split("\n").map(visible).join("\n");
  const enrolment = person?.campaigns.find(({ id }) => reply.campaign_ids.includes(id));
  const status = enrolment?.personStatus ?? String(person?.status ?? "");
  return {
    ...reply,
    subject: visible(reply.subject),
    text: text.trim(),
    hidden: [...plain].length - [...text].length,
    ...(person && { person }),
    ...(enrolment && { enrolment }),
    automatic: isAutomatic({ subject: visible(reply.subject), status, headers: reply.headers }),
  };
}

export const interestOf = ({ enrolment, person }: ReadReply): string | undefined =>
  enrolment?.interest ?? (typeof person?.interested === "string" ? person.interested : undefined);

/** Also of filters that Woodpecker was asked for: a parameter that it does not know it leaves aside without a word. */
export function isAsked(reply: ReadReply, { interest, since, contains }: Filters): boolean {
  const marked = interestOf(reply);
  if (interest && marked !== undefined && !interest.includes(marked)) return false;
  if (since !== undefined && isOlder(reply, since)) return false;
  return contains === undefined || words(reply).includes(contains.toLowerCase());
}

/** One whose time is not known is not older. */
export const isOlder = ({ received }: Pick<Reply, "received">, since: string): boolean =>
  momentOf(received) < momentOf(since);

const words = ({ subject, text, person }: ReadReply) =>
  [subject, text, nameOf(person), person?.email ?? ""].join("\n").toLowerCase();
