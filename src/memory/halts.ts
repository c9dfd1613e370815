/**
 * A halt wins: pausing or stopping a campaign cancels every send to it that was asked for before and has not left. Sends
 * take a mark when they begin and compare it right before each write.
 */
export interface Halts {
  /** Said before anything else is done. Never fails: what stops sending depends on nothing. @param what a campaign, all, or the people in it @returns whether all processes that share the memory know */
  halt(what: string): Promise<boolean>;
  /** Changes with every halt of one of these. @throws when the memory that replicas share does not answer */
  mark(whats: readonly string[]): Promise<string>;
}

export function createHalts(): Halts {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    async halt(what) {
      total += 1;
      counts.set(what, total);
      return true;
    },
    mark: async (whats) => whats.map((what) => counts.get(what) ?? 0).join("."),
  };
}
