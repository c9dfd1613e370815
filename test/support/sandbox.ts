/** A sandbox that closes when the test is over, and what reached it. */
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import { atEnd } from "./at-end.ts";

export async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  atEnd(sandbox.close);
  return sandbox;
}

export const lineOf = ({ method, path, query }: { method: string; path: string; query: string }): string =>
  `${method} ${path}${query ? `?${query}` : ""}`;

/** "POST /rest/v2/campaigns/2102/run" for everything but reading that reached the sandbox, carried out or not. */
export const attempted = ({ requests }: Sandbox): string[] =>
  requests.filter(({ method }) => method !== "GET").map(lineOf);

/** The part of it that was carried out. */
export const written = (sandbox: Sandbox): string[] => sandbox.writes().map(lineOf);
