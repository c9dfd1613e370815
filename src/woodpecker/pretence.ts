/** A client whose reads show a campaign as if edits had been carried out: in the API's own form, so that all else is real. */
import type { Step } from "../model/steps.ts";
import { nodeFrom } from "../model/tree.ts";
import { asObject, isObject, type Loose } from "../values/loose.ts";
import type { Api, Client } from "./client.ts";
import { campaignPath } from "./requests.ts";

/** One edit: another status, the step of this number gone, or a step more at the end. */
export type Pretence = { status: string } | { deleted: number } | { added: Step };

/** @param pretences may grow meanwhile */
export function pretending(client: Client, id: number, pretences: readonly Pretence[]): Client {
  const changed = (answer: unknown) =>
    isObject(answer) ? pretences.reduce(after, structuredClone(answer)) : answer;
  return {
    close: client.close,
    forCall(options) {
      const api = client.forCall(options);
      const get: Api["get"] = async (path, query) => {
        const answer = await api.get(path, query);
        return path === campaignPath(id) ? changed(answer) : answer;
      };
      return { ...api, get };
    },
  };
}

function after(campaign: Loose, pretence: Pretence): Loose {
  if ("status" in pretence) return { ...campaign, status: pretence.status };
  const root = asObject(campaign.steps);
  if ("deleted" in pretence) remove(root, pretence.deleted);
  else append(root, pretence.added);
  return campaign;
}

function remove(root: Loose, number: number): void {
  let before = root;
  for (let place = 1; place < number; place += 1) before = asObject(before.followup);
  before.followup = asObject(before.followup).followup ?? null;
}

function append(root: Loose, step: Step): void {
  let [last, number] = [root, 1];
  for (; isObject(last.followup); number += 1) last = last.followup;
  last.followup = { ...nodeFrom(step, []), id: `(id of the new step ${number})` };
}
