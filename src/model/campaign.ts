/** A campaign that is not sent yet: the arguments of create_campaign, and the body the API takes for it. */
import { z } from "zod/v3";
import { type Expected, understood } from "../values/check.ts";
import { type Fault, type Path, unfit } from "../values/fault.ts";
import { id, line } from "../values/fields.ts";
import type { Ear } from "../values/lenient.ts";
import { isObject, type Loose, present } from "../values/loose.ts";
import { type DeliveryTime, deliveryTimes } from "./delivery.ts";
import { acceptNewSettings, type CampaignSettings, settings } from "./settings.ts";
import { acceptSteps, acceptTimes } from "./step-forms.ts";
import { type Step, steps, windowFaults } from "./steps.ts";
import { treeFromList, withoutServerFields } from "./tree.ts";
import { isTree, listFromGivenTree } from "./tree-input.ts";

/** Each mailbox once; that there is one where an e-mail is to be sent is a rule of the whole draft. */
export const mailboxIds = z
  .array(id())
  .min(1)
  .max(500)
  .refine((ids) => new Set(ids).size === ids.length, { message: "names a mailbox twice" });

export const campaignName = line(255)
  .refine((name) => name.trim() !== "", { message: "must not be empty" })
  .describe("Its name.");

export const draftInput = {
  name: campaignName.optional().describe("Its name; has a default."),
  mailbox_ids: mailboxIds.optional().describe("SMTP ids, for EMAIL steps."),
  settings: settings.describe("Its settings."),
  steps: steps.describe("1 to 16, in order."),
  delivery_times: deliveryTimes.optional().describe("Of all EMAIL steps."),
};

export interface Draft {
  name?: string | undefined;
  mailbox_ids?: number[];
  settings: CampaignSettings;
  steps: Step[];
  delivery_times?: DeliveryTime[];
}

/** Understands the API's own body: the nested chain as `steps`, `email_account_ids`, and what get_campaign shows. */
export function acceptDraft(args: Loose, ear: Ear): Loose {
  const { email_account_ids: apiIds, steps: given, ...rest } = acceptNewSettings(ofOthers(args, ear), ear);
  const list = isTree(given) ? listFromGivenTree(given as Loose) : acceptSteps(given, ["steps"], ear);
  if (apiIds !== undefined && rest.mailbox_ids !== undefined) {
    throw unfit(["email_account_ids"], "is another name of mailbox_ids; give one of them");
  }
  return present({
    ...rest,
    ...(rest.delivery_times !== undefined && {
      delivery_times: acceptTimes(rest.delivery_times, ["delivery_times"], ear),
    }),
    mailbox_ids: someOf(rest.mailbox_ids ?? apiIds),
    steps: withoutServerFields(list),
  });
}

/** What Woodpecker says of a campaign that exists, and a new one gets from it. */
const given = ["id", "status", "bounce_shield_autopaused_at"];

function ofOthers(args: Loose, ear: Ear): Loose {
  const left = given.filter((field) => Object.hasOwn(args, field));
  // Without a sequence of Woodpecker's own form it is a slip, which the check refuses by name.
  if (left.length === 0 || !(isTree(args.steps) || args.email_account_ids !== undefined)) return args;
  for (const field of left) ear.note([field], "left out; Woodpecker gives a new campaign its own");
  return Object.fromEntries(Object.entries(args).filter(([field]) => !left.includes(field)));
}

/** A campaign of LinkedIn steps only is read with an empty list of mailboxes. */
const someOf = (list: unknown) => (Array.isArray(list) && list.length === 0 ? undefined : list);

export function draftFaults({ mailbox_ids = [], steps: list, delivery_times }: Draft): Fault[] {
  const faults = windowFaults(list, delivery_times);
  if (mailbox_ids.length === 0 && list.some((step) => step.type === "EMAIL")) {
    const message =
      "needs at least one id of an SMTP mailbox from the list of mailboxes, because there is an EMAIL step";
    faults.push({ path: ["mailbox_ids"], message });
  }
  return faults;
}

/** The draft with its sequence as the nested chain that the API takes. */
export function newCampaign({ name, mailbox_ids, settings: given, steps: list, delivery_times }: Draft) {
  return { name, mailboxes: mailbox_ids, settings: given, steps: treeFromList(list, delivery_times) };
}

/** The arguments of create_campaign, for whoever checks a draft without creating it. */
export const draftArguments: Expected = {
  input: z.object(draftInput).strict(),
  accept: acceptDraft,
  rules: (value) => draftFaults(value as unknown as Draft),
};

/** A draft that is only looked at: understood as create_campaign would, and as it is where it would be refused. */
export const readDraft = (draft: unknown, path: Path, ear: Ear): unknown =>
  isObject(draft) ? understood(draftArguments, draft, path, ear) : draft;
