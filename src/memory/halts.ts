/**
 * A halt wins: pausing or stopping a campaign cancels every send to it that was asked for before and has not left. Sends
 * take a mark when they begin and compare it right before each write.
 */
export interface Halts {
  /** Said before anything else is done. Never fails: what stops sending depends on nothing. */
  halt(campaign: number | "all"): Promise<void>;
  /** Changes with every halt that concerns the campaign. @throws when the memory that replicas share does not answer */
  mark(campaign: number): Promise<string>;
}

export function createHalts(): Halts {
  const counts = new Map<number | "all", number>();
  let total = 0;
  return {
    async halt(campaign) {
      total += 1;
      counts.set(campaign, total);
    },
    mark: async (campaign) => `${counts.get(campaign) ?? 0}.${counts.get("all") ?? 0}`,
  };
}
