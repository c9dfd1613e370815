/**
 * The calls of a plan, as dry runs before any of them is done: the tools themselves say whether they would take them,
 * and which requests they would send. A later call is shown the campaign as the earlier ones will have left it.
 */

import { type Step, stepSchema } from "../../model/steps.ts";
import type { Pretence } from "../../woodpecker/pretence.ts";
import type { PlannedCall } from "./changes.ts";

/** Only what later calls depend on: may it be edited, and which steps are there. */
export function after({ tool, args }: PlannedCall): Pretence[] {
  if (tool === "make_campaign_editable") return [{ status: "EDITED" }];
  if (tool === "delete_campaign_step") return [{ deleted: args.step as number }];
  if (tool !== "add_campaign_step") return [];
  const step = stepSchema.safeParse(args.step);
  return step.success ? [{ added: step.data as Step }] : [];
}
