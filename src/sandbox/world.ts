/** The accounts that the key reaches: one, or an agency's own and those of its clients. */
import { clientAccounts, headquartersAccounts } from "./seed/mailboxes.ts";
import { seedState } from "./seed/state.ts";
import type { State } from "./state.ts";
import type { Account } from "./types.ts";

export interface Company {
  id: number;
  name: string;
  active: boolean;
  state: State;
}

/** Everything one key reaches. */
export interface World {
  own: State;
  /** The client accounts of an agency; undefined where the key belongs to a standard account. */
  companies: Company[] | undefined;
}

export function createWorld(account: Account, seed: "account" | "empty", now: Date): World {
  // Ids are given across all accounts: one client's campaign must not be found among another's.
  const ids = { campaign: 2201, prospect: 90_101, message: 40_001 };
  const main = seedState(seed, now, { account, ids });
  if (!account.agency) return { own: main, companies: undefined };
  return {
    own: seedState("empty", now, { accounts: headquartersAccounts(), ids }),
    companies: [
      { id: 7001, name: "Northwind", active: true, state: main },
      {
        id: 7002,
        name: "Harborline",
        active: true,
        state: seedState("empty", now, { accounts: clientAccounts(), ids }),
      },
    ],
  };
}

export const statesOf = ({ own, companies = [] }: World): State[] => [
  own,
  ...companies.map(({ state }) => state),
];

/** A standard account ignores the header; an agency's key knows its own clients only. */
export function companyOf({ companies }: World, header: string | undefined): Company | undefined | "unknown" {
  if (!companies || header === undefined) return undefined;
  return companies.find(({ id }) => String(id) === header) ?? "unknown";
}
