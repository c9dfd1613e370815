/** The three calls that end the sending of a campaign differ in their words, their goal and where there is nothing to do. */

import { operation } from "../../calls/operation.ts";
import { campaignId } from "../../values/fields.ts";
import { oneLine, quoted } from "../../values/foreign.ts";
import { Refusal } from "../../values/refusal.ts";
import type { Campaign } from "../../woodpecker/campaigns.ts";
import type { WriteRequest } from "../../woodpecker/requests.ts";
import { inTheApp } from "../../woodpecker/unsupported.ts";
import { campaignWritten } from "./outputs.ts";
import { changedText, readForHalt, verifyStatus } from "./status.ts";

interface Halt {
  name: string;
  title: string;
  description: string;
  request: (id: number) => WriteRequest;
  /** The status it leads to. */
  goal: string;
  /** Statuses in which nothing is sent as it is: no request leaves. */
  silent: readonly string[];
  /** What is done to the campaign, as in "pausing it". */
  verb: string;
  /** Takes several campaigns at once, too. */
  several?: true;
  /** Stops sending whatever else is asked of it. */
  ignoresUnknown?: true;
  /** Said by a dry run. */
  warning?: string;
  /** Said when it was done. */
  next?: (id: number) => string;
}

export function haltOperation(spec: Halt) {
  const { name, title, description, request, goal, silent, verb, several, next, warning, ignoresUnknown } =
    spec;
  const done = (campaign_id: number, before: Campaign | undefined) => ({
    outcome: "done" as const,
    campaign_id,
    name: before?.name,
    status: goal,
    undo: undoOf(campaign_id, before),
    next: next?.(campaign_id),
  });
  return operation({
    name,
    title,
    description,
    effect: "halt",
    ...(ignoresUnknown && { ignoresUnknown }),
    toolset: "campaigns",
    ...(several && { several }),
    input: { campaign_id: campaignId },
    output: campaignWritten,
    prepare: ({ campaign_id }, api) => readForHalt(api, campaign_id),
    before: (campaign) => campaign,
    foresee({ campaign_id }, before) {
      if (!before) return { output: {}, lines: [] };
      const { name, status } = before;
      return {
        output: { name, changed: [{ field: "status", before: status, after: goal }] },
        lines: [`Campaign ${campaign_id} ${quoted(name)}, status: ${oneLine(status)} → ${goal}`],
      };
    },
    warnings: (_input, before) =>
      warning === undefined || before === undefined || silent.includes(before.status) ? [] : [warning],
    async run({ campaign_id }, api, before) {
      if (before && silent.includes(before.status)) {
        const why =
          before.status === goal
            ? undefined
            : `A campaign that is ${before.status} sends nothing, and what ${verb} it does is documented nowhere, so Woodpecker was not asked.`;
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
          `${inTheApp}; pause_campaign stops its sending.`,
        );
      }
      await api.send(request(campaign_id));
      return done(campaign_id, before);
    },
    readBack: true,
    verify: ({ campaign_id }, api, before) =>
      verifyStatus(
        api,
        campaign_id,
        [goal],
        ({ name: campaign }) => ({ ...done(campaign_id, before), name: campaign }),
        before?.status,
      ),
    text: changedText,
  });
}

/** Only what was running is started again by taking it back; anything else would be launched. */
function undoOf(id: number, before: Campaign | undefined): string | undefined {
  if (before?.status !== "RUNNING") return undefined;
  return before.partial && before.steps.length === 0
    ? "start it again in the Woodpecker app"
    : `run_campaign ${id} resumes it`;
}
