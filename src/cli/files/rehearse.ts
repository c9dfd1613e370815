/**
 * The calls of a plan, as dry runs before any of them is done: the tools themselves say whether they would take them,
 * and which requests they would send. A later call is shown the campaign as the earlier ones will have left it.
 */

import { type Step, stepSchema } from "../../model/steps.ts";
import { nodeFrom } from "../../model/tree.ts";
import { asObject, isObject, type Loose } from "../../values/loose.ts";
import type { Api, Client } from "../../woodpecker/client.ts";
import type { PlannedCall } from "./changes.ts";

export interface Rehearsal {
  client: Client;
  /** From now on the campaign looks as after this call. */
  assume(call: PlannedCall): void;
}

/** @param id of the campaign that the calls are about; a new one has none, and its one call needs no pretence */
export function rehearsal(client: Client, id: number | undefined): Rehearsal {
  const calls: PlannedCall[] = [];
  const pretend = (answer: unknown) =>
    isObject(answer) ? calls.reduce(after, structuredClone(answer)) : answer;
  return {
    assume: (call) => void calls.push(call),
    client: {
      close: client.close,
      forCall(context) {
        const api = client.forCall(context);
        const get: Api["get"] = async (path, query) => {
          const answer = await api.get(path, query);
          return path === `/rest/v2/campaigns/${id}` ? pretend(answer) : answer;
        };
        return { ...api, get };
      },
    },
  };
}

/** Only what later calls depend on: may it be edited, and which steps are there. */
function after(campaign: Loose, { tool, args }: PlannedCall): Loose {
  if (tool === "make_campaign_editable") return { ...campaign, status: "EDITED" };
  const root = asObject(campaign.steps);
  if (tool === "delete_campaign_step") without(root, args.step as number);
  if (tool === "add_campaign_step") append(root, args.step);
  return campaign;
}

function without(root: Loose, number: number): void {
  let before = root;
  for (let passed = 1; passed < number; passed += 1) before = asObject(before.followup);
  before.followup = asObject(before.followup).followup ?? null;
}

function append(root: Loose, args: unknown): void {
  let [last, number] = [root, 1];
  for (; isObject(last.followup); number += 1) last = last.followup;
  const step = stepSchema.safeParse(args);
  if (step.success)
    last.followup = { ...nodeFrom(step.data as Step, []), id: `(id of the new step ${number})` };
}
