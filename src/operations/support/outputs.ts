/** Fields that the results of several operations have. */
import { z } from "zod/v3";

/** What every write answers with. */
export const outcome = z
  .enum(["done", "accepted", "already", "confirmation_required", "dry_run", "coalesced", "deduplicated"])
  .describe("How it went.");

export const campaignWritten = {
  outcome,
  campaign_id: z.number().optional().describe("Id."),
  name: z.string().optional().describe("Campaign name."),
  status: z.string().optional().describe("Status now."),
  undo: z.string().optional().describe("How to take it back."),
  next: z.string().optional().describe("What to do next."),
  verified_by: z.string().optional().describe("Found by reading back after an unclear answer."),
};
export type CampaignWritten = z.infer<z.ZodObject<typeof campaignWritten>>;
