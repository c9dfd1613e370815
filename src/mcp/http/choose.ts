/** Which of several accounts a request is for: /mcp/<name> names it, and /mcp is enough where there is only one. */
import type { AccountSource } from "../../accounts/source.ts";
import { Refused } from "./reply.ts";

/** The name in the path, taken as it stands; nothing for /mcp alone. @throws Refused where it is no path of ours */
export function handleIn(path: string, hasNames: boolean): string | undefined {
  const [, handle] = /^\/mcp(?:\/([A-Za-z0-9_-]+))?\/?$/.exec(path) ?? refuse(hasNames);
  if (handle !== undefined && !hasNames) refuse(hasNames);
  return handle;
}

function refuse(hasNames: boolean): never {
  throw new Refused(404, `not found; the MCP endpoint is /mcp${hasNames ? "/<name of the account>" : ""}`);
}

/** @param theirs those that the caller may use. @throws Refused, with their names: whoever reads it has signed in */
export function choose(
  handle: string | undefined,
  theirs: ReadonlyMap<string, AccountSource>,
): AccountSource {
  const [only, ...others] = theirs.values();
  const chosen = handle === undefined ? (others.length === 0 ? only : undefined) : theirs.get(handle);
  if (chosen) return chosen;
  if (!only)
    throw new Refused(403, "the account that this sign-in is for is not there any more; ask the operator");
  const paths = [...theirs.keys()].map((name) => `/mcp/${name}`).join(", ");
  // Of a 404 some clients tell a person nothing but that there is no server.
  throw handle === undefined
    ? new Refused(400, `there are several accounts, and /mcp is none of them; connect to one: ${paths}`)
    : new Refused(403, `there is no account "${handle}" for you; you may use ${paths}`);
}
