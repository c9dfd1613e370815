/** What this server did to the account: the last writes, newest first, for "what did you just do?" and lost answers. */

export interface Change {
  /** ISO 8601, UTC. */
  time: string;
  tool: string;
  /** The MCP client that called. */
  client?: string;
  campaign_id?: number;
  /** done, not_done, unknown; running while it is not over. */
  outcome: string;
  verified_by?: string;
  undo?: string;
}

export interface Journal {
  /** Called when the first write of a call is about to leave; what it gives back is told how it ended. */
  begin(change: Pick<Change, "tool" | "client" | "campaign_id">): (end: Partial<Change>) => void;
  list(): readonly Change[];
}

const MAX_KEPT = 100;

export function createJournal(now: () => Date = () => new Date()): Journal {
  const changes: Change[] = [];
  return {
    begin(about) {
      const change: Change = { time: now().toISOString(), ...about, outcome: "running" };
      changes.unshift(change);
      changes.splice(MAX_KEPT);
      return (end) => Object.assign(change, end);
    },
    list: () => changes,
  };
}
