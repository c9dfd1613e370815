/** The options of the built-in sandbox: part of the table of all options, and what they make of its account. */

const kinds = ["no-features", "raised", "unhealthy", "busy"] as const;
export type Kind = (typeof kinds)[number];

export const sandboxOptions = {
  sandbox: {
    flag: "sandbox",
    about: "Talk to the built-in sandbox instead of Woodpecker: no key, no network.",
  },
  agency: {
    flag: "agency",
    sandbox: true,
    about: "Sandbox: an agency with the clients 7001 and 7002; --company-id chooses one.",
  },
  sandboxAccount: {
    flag: "sandbox-account",
    value: "kinds",
    sandbox: true,
    about:
      "Sandbox: what its account is like, as a comma list: no-features (the plan refuses to create and run), raised (four times the limits on sending), unhealthy (mailboxes frozen, disconnected, warming up), busy (campaigns that share mailboxes and people).",
    among: kinds,
    list: true,
  },
} as const;

/** What the sandbox is started with. */
export interface SandboxAccount {
  agency: boolean;
  features: boolean;
  raised: boolean;
  unhealthy: boolean;
  busy: boolean;
}

export function sandboxAccountOf(agency: boolean, chosen: readonly Kind[]): SandboxAccount {
  const is = (kind: Kind): boolean => chosen.includes(kind);
  return {
    agency,
    features: !is("no-features"),
    raised: is("raised"),
    unhealthy: is("unhealthy"),
    busy: is("busy"),
  };
}
