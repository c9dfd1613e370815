/**
 * The calls of a plan, as dry runs before any of them is done: the tools themselves say whether they would take them,
 * and which requests they would send. A later call is shown the campaign as the earlier ones will have left it.
 */

import { type Step, stepSchema } from "../../model/steps.ts";
import type { Client } from "../../woodpecker/client.ts";
import { type Pretence, pretending } from "../../woodpecker/pretence.ts";
import type { PlannedCall } from "./changes.ts";

interface Rehearsal {
  client: Client;
  /** From now on the campaign looks as after this call. */
  assume(call: PlannedCall): void;
}

/** @param id of the campaign that the calls are about; a new one has none, and its one call needs no pretence */
export function rehearsal(client: Client, id: number | undefined): Rehearsal {
  const pretences: Pretence[] = [];
  return {
    assume(call) {
      const pretence = after(call);
      if (pretence) pretences.push(pretence);
    },
    client: id === undefined ? client : pretending(client, id, pretences),
  };
}

/** Only what later calls depend on: may it be edited, and which steps are there. */
function after({ tool, args }: PlannedCall): Pretence | undefined {
  if (tool === "make_campaign_editable") return { status: "EDITED" };
  if (tool === "delete_campaign_step") return { deleted: args.step as number };
  if (tool !== "add_campaign_step") return undefined;
  const step = stepSchema.safeParse(args.step);
  return step.success ? { added: step.data as Step } : undefined;
}
