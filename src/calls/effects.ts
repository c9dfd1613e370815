/**
 * The one table from which the risk of an operation follows: the hints that clients see, the least access level at which
 * the tool exists, and whether a person may be asked first. A `halt` stops sending: it needs no consent, goes in front of
 * the queue and may be repeated.
 */
export const effects = {
  read: { readOnly: true, destructive: false, idempotent: true, access: "read", asks: false },
  add: { readOnly: false, destructive: false, idempotent: false, access: "draft", asks: false },
  change: { readOnly: false, destructive: true, idempotent: true, access: "draft", asks: false },
  halt: { readOnly: false, destructive: false, idempotent: true, access: "draft", asks: false },
  send: { readOnly: false, destructive: true, idempotent: false, access: "full", asks: true },
  delete: { readOnly: false, destructive: true, idempotent: true, access: "full", asks: true },
} as const;

export type Effect = keyof typeof effects;

export const accessLevels = ["read", "draft", "full"] as const;
export type Access = (typeof accessLevels)[number];

export const lesser = (one: Access, other: Access): Access =>
  accessLevels.indexOf(one) < accessLevels.indexOf(other) ? one : other;

export const toolsets = ["campaigns", "prospects", "accounts", "insights"] as const;
export type Toolset = (typeof toolsets)[number];

/** What exists at this access level and in these toolsets; the rest is absent, not refused. */
export function permitted<T extends { effect: Effect; toolset: Toolset }>(
  all: readonly T[],
  access: Access,
  chosen: readonly Toolset[],
): T[] {
  const level = accessLevels.indexOf(access);
  return all.filter(
    ({ effect, toolset }) =>
      accessLevels.indexOf(effects[effect].access) <= level && chosen.includes(toolset),
  );
}
