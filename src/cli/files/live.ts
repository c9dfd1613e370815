/** What both commands read of the account, and how a file's mailboxes are found in it. */
import { explain, type FailedOperation } from "../../calls/explain.ts";
import { closest } from "../../values/closest.ts";
import type { Fault } from "../../values/fault.ts";
import { type Campaign, readBounceShield, readCampaign } from "../../woodpecker/campaigns.ts";
import type { Api } from "../../woodpecker/client.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { type Mailbox, readMailboxes } from "../../woodpecker/mailboxes.ts";
import type { Terminal } from "../terminal.ts";
import { inCommands } from "../words.ts";
import { type CampaignFile, senders } from "./format.ts";
import type { Live } from "./plan.ts";

/** The campaign as a whole, or nothing where Woodpecker's API does not show all of it. */
export async function readWhole(api: Api, id: number, terminal: Terminal): Promise<Campaign | undefined> {
  const campaign = await readCampaign(api, id);
  if (!campaign.partial) return campaign;
  terminal.say(campaign.reason ?? "The campaign cannot be read in full.");
  return undefined;
}

/** Mailboxes and shield only where the file speaks of them. */
export async function readLive(api: Api, campaign: Campaign, file: CampaignFile): Promise<Live> {
  return {
    campaign,
    mailboxes: file.mailboxes ? await readMailboxes(api) : [],
    ...(file.bounce_shield !== undefined && { bounceShield: await readBounceShield(api, campaign.id) }),
  };
}

/** undefined where this account has no bounce shield. */
export async function shieldIfAny(
  api: Api,
  id: number,
  terminal: Terminal,
): Promise<number | null | undefined> {
  try {
    return await readBounceShield(api, id);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.facts.outcome !== "rejected") throw error;
    terminal.say("The bounce shield could not be read, so the file does not speak of it.");
    return undefined;
  }
}

export function sayFailure(error: unknown, title: string, terminal: Terminal): void {
  const subject: FailedOperation = { name: title.toLowerCase(), title, effect: "read" };
  terminal.say(inCommands(explain(error, subject)));
}

export function findMailboxes(
  { mailboxes = [] }: CampaignFile,
  known: readonly Mailbox[],
): { ids: number[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const ids = mailboxes.flatMap((mailbox, index) => {
    if (typeof mailbox === "number") return [mailbox];
    const found = senders(mailbox, known);
    if (found.length === 1) return [(found[0] as Mailbox).id];
    faults.push({ path: ["mailboxes", index], message: whyNot(mailbox, found, known) });
    return [];
  });
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) faults.push({ path: ["mailboxes"], message: `names mailbox ${id} twice` });
  }
  return { ids, faults };
}

function whyNot(address: string, found: readonly Mailbox[], known: readonly Mailbox[]): string {
  if (found.length > 1)
    return `is the address of several mailboxes; give the id of one: ${found.map((box) => box.id).join(", ")}`;
  const addresses = known.filter((box) => box.type === "SMTP").map((box) => box.email);
  const [near] = closest(address, addresses, 1);
  const some = addresses.slice(0, 5).join(", ");
  return `is not an SMTP mailbox of this account${near ? `; did you mean ${near}?` : some ? `; there are ${some}${addresses.length > 5 ? ", …" : ""}` : ""}`;
}
