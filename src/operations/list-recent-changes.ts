/** What was changed through this server, from its own journal: asks Woodpecker nothing. */
import { z } from "zod/v3";
import { operation } from "../calls/operation.ts";
import { whole } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";

export const listRecentChanges = operation({
  name: "list_recent_changes",
  title: "List recent changes",
  effect: "read",
  toolset: "accounts",
  description:
    "What this server changed in the Woodpecker account, newest first: time, tool, campaign, outcome, how to undo it. Look here before repeating a write whose answer was lost. Asks nobody, not even Woodpecker.",
  input: { limit: whole(1, 100).default(25).describe("Most changes of one answer.") },
  output: {
    changes: z
      .array(
        z.object({
          time: z.string(),
          tool: z.string(),
          client: z.string().optional(),
          campaign_id: z.number().optional(),
          people: z.number().optional(),
          consent: z.string().optional(),
          outcome: z.string(),
          verified_by: z.string().optional(),
          undo: z.string().optional(),
        }),
      )
      .describe("The changes."),
    total: z.number().describe("How many are known, 1,000 at most."),
  },
  async run({ limit }, _api, _prepared, { recent }) {
    const changes = await recent();
    return { changes: changes.slice(0, limit), total: changes.length };
  },
  text({ changes, total }) {
    if (total === 0) return "No change is known.";
    const rows = changes.map(({ time, tool, client, campaign_id, people, consent, outcome, undo }) => {
      const parts = [
        time,
        tool,
        campaign_id,
        people && `${people} people`,
        outcome,
        consent && `agreed by ${consent}`,
        client && `by ${quoted(client)}`,
        undo && `undo: ${undo}`,
      ];
      return parts.filter(Boolean).join(" ");
    });
    return [`${changes.length} of ${total}, times in UTC`, ...rows].join("\n");
  },
});
