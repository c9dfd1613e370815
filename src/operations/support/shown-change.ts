/** A recent change, as it is answered. */
import { z } from "zod/v3";

export const shownChange = z.object({
  change_id: z.string(),
  time: z.string(),
  tool: z.string(),
  by: z.object({ client: z.string().optional(), person: z.string().optional() }),
  campaign_id: z.number().optional(),
  campaign: z.object({ id: z.number(), name: z.string().optional() }).optional(),
  campaigns: z.array(z.object({ campaign_id: z.number(), name: z.string().optional() })).optional(),
  people: z.number().optional(),
  consent: z.string().optional(),
  outcome: z.string(),
  verified_by: z.string().optional(),
  changes: z.array(z.object({ what: z.string(), before: z.unknown(), after: z.unknown() })),
  undo: z.array(z.object({ tool: z.string(), arguments: z.record(z.unknown()) })),
  note: z.string().optional(),
});
export type ShownChange = z.infer<typeof shownChange>;
