/** The three calls that end the sending of a campaign differ in their words, their goal and where there is nothing to do. */

import { operation } from "../../calls/operation.ts";
import { campaignId } from "../../values/fields.ts";
import { Refusal } from "../../values/refusal.ts";
import type { WriteRequest } from "../../woodpecker/requests.ts";
import { campaignWritten } from "./outputs.ts";
import { changedText, readForHalt, statusAfter, verifyStatus } from "./status.ts";

interface Halt {
  name: string;
  title: string;
  description: string;
  request: (id: number) => WriteRequest;
  /** The status it leads to. */
  goal: string;
  /** Statuses in which nothing is sent as it is: no request leaves. */
  silent: readonly string[];
  /** Said when it was done. */
  next?: (id: number) => string;
}

export function haltOperation({ name, title, description, request, goal, silent, next }: Halt) {
  const done = (campaign_id: number, campaign: string | undefined, status: string, startable = true) => ({
    outcome: "done" as const,
    campaign_id,
    name: campaign,
    status,
    undo: startable ? `run_campaign ${campaign_id} resumes it` : "start it again in the Woodpecker app",
    next: next?.(campaign_id),
  });
  return operation({
    name,
    title,
    description,
    effect: "halt",
    toolset: "campaigns",
    input: { campaign_id: campaignId },
    output: campaignWritten,
    prepare: ({ campaign_id }, api) => readForHalt(api, campaign_id),
    async run({ campaign_id }, api, before) {
      if (before && silent.includes(before.status)) {
        const why = before.status === goal ? undefined : `A campaign that is ${before.status} sends nothing.`;
        return {
          outcome: "already" as const,
          campaign_id,
          name: before.name,
          status: before.status,
          next: why,
        };
      }
      if (goal === "EDITED" && before?.partial && before.steps.length === 0) {
        throw new Refusal(
          `${before.reason} It could not be edited here, nor run again.`,
          "edit it in the Woodpecker app; pause_campaign stops its sending.",
        );
      }
      await api.send(request(campaign_id));
      return done(campaign_id, before?.name, await statusAfter(api, campaign_id, goal), !before?.partial);
    },
    verify: ({ campaign_id }, api) =>
      verifyStatus(api, campaign_id, [goal], ({ name: campaign, status }) =>
        done(campaign_id, campaign, status),
      ),
    text: changedText,
  });
}
