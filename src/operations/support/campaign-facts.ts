/** What is told of a campaign beside its content: its row of the list, who its mailboxes are, its bounce shield. */
import { z } from "zod/v3";
import { plain } from "../../values/foreign.ts";
import { present } from "../../values/loose.ts";
import { type Campaign, type CampaignRow, readBounceShield, readRow } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { readMailboxes } from "../../woodpecker/mailboxes.ts";
import { reasonFor } from "../../woodpecker/reason.ts";

export const campaignFacts = {
  mailboxes: z
    .array(z.object({ id: z.number(), email: z.string() }))
    .optional()
    .describe("Their addresses."),
  from_emails: z.array(z.string()).optional().describe("Senders, where their ids cannot be read."),
  enrolled: z.number().optional().describe("People in it."),
  bounce_shield: z.number().optional().describe("Bounces in percent that pause it; absent: none."),
  bounce_shield_autopaused_at: z.string().optional().describe("When it last paused the campaign."),
  created: z.string().optional().describe("When it was made."),
  folder: z.string().optional().describe("Folder."),
  bcc: z.string().optional().describe("Bcc."),
  cc: z.string().optional().describe("Cc."),
  notes: z.array(z.string()).optional().describe("What could not be read."),
};
export type CampaignFacts = z.infer<z.ZodObject<typeof campaignFacts>>;

/** Two requests, and a third where several mailboxes are to be told apart. What cannot be read is said, and is no failure. */
export async function readFacts(api: Api, campaign: Campaign): Promise<CampaignFacts> {
  const { id, mailbox_ids: ids, row: known } = campaign;
  if (known) return present({ ...ofRow(known), from_emails: known.from_emails });
  const notes: string[] = [];
  let over = false;
  const attempt = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    if (over) return undefined;
    try {
      return await read();
    } catch (error) {
      notes.push(`${what} could not be read: ${plain(reasonFor(error), 200)}.`);
      // A failure that is no answer meets the next request, too.
      over = !(error instanceof ApiFailure) || error.facts.outcome !== "rejected";
      return undefined;
    }
  };
  const row = await attempt("Its row in the list of campaigns", () => readRow(api, id));
  const mailboxes = await attempt("The addresses of its mailboxes", () => addresses(api, ids, row));
  const shield = await attempt("Its bounce shield", () => readBounceShield(api, id));
  return present({
    ...(row && ofRow(row)),
    mailboxes: mailboxes && mailboxes.length > 0 ? mailboxes : undefined,
    bounce_shield: shield ?? undefined,
    bounce_shield_autopaused_at: campaign.autopausedAt,
    notes: notes.length > 0 ? notes : undefined,
  });
}

const ofRow = ({ created, folder, bcc, cc, counters }: CampaignRow): CampaignFacts => ({
  created,
  enrolled: counters?.prospects,
  folder,
  bcc,
  cc,
});

/** One mailbox and one sender are the same; of several the list does not say which is which. */
async function addresses(api: Api, ids: readonly number[], row: CampaignRow | undefined) {
  const [first, ...others] = row?.from_emails ?? [];
  if (ids.length === 1 && first !== undefined && others.length === 0)
    return [{ id: ids[0] as number, email: first }];
  if (ids.length === 0) return [];
  const known = new Map((await readMailboxes(api)).map(({ id, email }) => [id, email]));
  return ids.flatMap((id) => {
    const email = known.get(id);
    return email ? [{ id, email }] : [];
  });
}
