/**
 * Names that stand for ids: the address of a mailbox anywhere, the name of a campaign in reads only. It takes a look at the
 * account, before anything else is done with the arguments.
 */
import { bareAddress } from "../model/addresses.ts";
import type { Fault, Path } from "../values/fault.ts";
import { quoted, visible } from "../values/foreign.ts";
import { fromText, trimmed } from "../values/lenient.ts";
import { isObject, type Loose } from "../values/loose.ts";
import { type CampaignRow, listCampaignRows } from "../woodpecker/campaigns.ts";
import type { Api } from "../woodpecker/client.ts";
import { readMailboxes } from "../woodpecker/mailboxes.ts";
import type { Operation } from "./operation.ts";

interface Resolved {
  args: unknown;
  faults: Fault[];
  notes: Fault[];
}

export async function resolveNames(operation: Operation, given: unknown, api: () => Api): Promise<Resolved> {
  const done: Resolved = { args: given, faults: [], notes: [] };
  if (!isObject(given)) return done;
  let args = given;
  for (const [key, within] of mailboxKeys(operation, args)) {
    const resolved = await mailboxIds(within, [...(key === undefined ? [] : [key])], api, done);
    args = key === undefined ? { ...args, ...resolved } : { ...args, [key]: resolved };
  }
  const { shape } = operation.input;
  let listed: Promise<CampaignRow[]> | undefined;
  const rows = () => (listed ??= listCampaignRows(api()));
  if (shape.campaign_id && isName(args.campaign_id)) {
    args = {
      ...args,
      campaign_id: await campaignNamed(args.campaign_id, ["campaign_id"], operation, rows, done),
    };
  }
  for (const field of ["campaign_ids", "ids"]) {
    const many = shape[field] && (field === "campaign_ids" || shape.name_contains) ? args[field] : undefined;
    const list = typeof many === "string" && isName(many) ? [many] : fromText(many, [field]);
    if (!Array.isArray(list) || !list.some(isName)) continue;
    const ids: unknown[] = [];
    for (const [index, one] of list.entries())
      ids.push(isName(one) ? await campaignNamed(one, [field, index], operation, rows, done) : one);
    args = { ...args, [field]: ids };
  }
  return { ...done, args };
}

/** Where mailboxes may stand: among the arguments, or inside a draft. */
function mailboxKeys({ input: { shape } }: Operation, args: Loose): [string | undefined, Loose][] {
  const draft = shape.draft ? fromText(args.draft, ["draft"]) : undefined;
  return [
    ...(shape.mailbox_ids ? [[undefined, args] as [undefined, Loose]] : []),
    ...(isObject(draft) ? [["draft", draft] as [string, Loose]] : []),
  ];
}

const mailboxFields = ["mailbox_ids", "email_account_ids"];

async function mailboxIds(args: Loose, at: Path, api: () => Api, done: Resolved): Promise<Loose> {
  const found: Loose = { ...args };
  for (const field of mailboxFields) {
    const value = fromText(args[field], [...at, field]);
    const list = typeof value === "string" && value.includes("@") ? value.split(/[,;]/) : value;
    if (!Array.isArray(list) || !list.some(isAddress)) continue;
    const boxes = (await readMailboxes(api())).filter(({ type }) => type === "SMTP");
    found[field] = list.map((entry: unknown, index) => {
      if (!isAddress(entry)) return entry;
      const address = bareAddress(entry).toLowerCase();
      const ids = boxes.filter(({ email }) => email.toLowerCase() === address).map(({ id }) => id);
      const path = [...at, field, index];
      if (ids.length === 1) done.notes.push({ path, message: `: ${quoted(entry)} is mailbox ${ids[0]}` });
      else done.faults.push({ path, message: notOne(address, ids) });
      return ids[0] ?? entry;
    });
  }
  return found;
}

const isAddress = (value: unknown): value is string => typeof value === "string" && value.includes("@");

const notOne = (address: string, ids: readonly number[]) =>
  ids.length === 0
    ? `: no SMTP mailbox of this account has the address ${quoted(address)}; list_mailboxes shows their ids`
    : `: several mailboxes have the address ${quoted(address)}: ${ids.join(", ")}; give the id of one`;

/** Words, not a number that went wrong. */
const isName = (value: unknown): value is string =>
  typeof value === "string" &&
  /\p{L}/u.test(value) &&
  value.length <= 300 &&
  !/^\s*(?:[-+]?\d\w*(?:\.\w*)?|nan|null|none|undefined|true|false|[-+]?infinity|[[{].*)\s*$/i.test(value);

async function campaignNamed(
  given: string,
  path: Path,
  { effect }: Operation,
  rows: () => Promise<CampaignRow[]>,
  done: Resolved,
): Promise<unknown> {
  const name = trimmed(visible(given));
  const ids = (await rows()).filter((row) => trimmed(row.name) === name).map(({ id }) => id);
  if (effect === "read" && ids.length === 1) {
    done.notes.push({ path, message: `: ${quoted(given)} is campaign ${ids[0]}` });
    return ids[0];
  }
  const message =
    ids.length === 0
      ? `must be the id, a whole number, and no campaign is called exactly ${quoted(given)}; list_campaigns shows them`
      : effect === "read"
        ? `must be an id: several campaigns are called ${quoted(given)}: ${ids.join(", ")}`
        : `must be the id, so that no other campaign is meant: ${quoted(given)} is ${ids.join(" and ")}`;
  done.faults.push({ path, message });
  return given;
}
