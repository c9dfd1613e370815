/** Whose account the process works in: Woodpecker with the key of the settings, or the built-in sandbox. */
import { createHash } from "node:crypto";
import { type Access, lesser } from "../calls/effects.ts";
import type { Settings } from "../settings/index.ts";
import type { Limits } from "../settings/limits.ts";
import { Refusal } from "../values/refusal.ts";
import type { Credentials } from "../woodpecker/client.ts";
import { type Entry, narrowed } from "./entry.ts";

export interface AccountSource {
  /** Asked for with the first request, so that starting up needs no key, no network and no sandbox. */
  open: () => Promise<Credentials>;
  /** Names the account at Woodpecker without telling the key; who shares it shares the lane and the journal. */
  tenant: string;
  /** The client company of an agency that it acts in. */
  companyId?: string | undefined;
  /** What people call it. */
  name?: string | undefined;
  close: () => Promise<void>;
  /** Of one that stands in a file: as in /mcp/<handle>. */
  handle?: string | undefined;
  /** Another one when anything is changed that the file says of it. Tells no secret. */
  edition?: string | undefined;
  /** In place of those of the process. */
  access?: Access | undefined;
  limits?: Limits | undefined;
}

export function accountOf(settings: Settings): AccountSource {
  return { ...sourceOf(settings), name: settings.accountName };
}

/** An account that stands in a file. What the process allows it can narrow, not widen. */
export function entryAccount(settings: Settings, entry: Entry, handle?: string): AccountSource {
  const { api_key: apiKey, company_id: companyId, name = handle, access = settings.access } = entry;
  const own = { ...settings, apiKey, malformedKey: undefined, companyId };
  return {
    // Of the sandbox each has one of its own.
    ...sourceOf(own, hashOf(["sandbox", handle ?? apiKey])),
    name,
    handle,
    edition: hashOf([handle, entry]),
    access: lesser(settings.access, access),
    limits: narrowed(settings.limits, entry),
  };
}

function sourceOf(settings: Settings, sandboxTenant = "sandbox"): AccountSource {
  return settings.sandbox ? sandboxAccount(settings, sandboxTenant) : keyAccount(settings);
}

const hashOf = (parts: unknown[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

function sandboxAccount({ sandboxAccount, companyId }: Settings, tenant: string): AccountSource {
  // Only the key of an agency reaches several accounts.
  const company = sandboxAccount.agency ? companyId : undefined;
  let close = (): Promise<void> => Promise.resolve();
  return {
    companyId: company,
    tenant,
    async open() {
      const { startSandbox } = await import("../sandbox/index.ts");
      const sandbox = await startSandbox(sandboxAccount);
      close = sandbox.close;
      return { origin: sandbox.origin, key: sandbox.key, ...(company && { companyId: company }) };
    },
    close: () => close(),
  };
}

type Key = Pick<Settings, "apiKey" | "malformedKey" | "apiUrl" | "companyId">;

export function keyAccount({ apiKey, malformedKey, apiUrl, companyId }: Key): AccountSource {
  return {
    companyId,
    tenant: hashOf([apiKey, companyId]),
    async open() {
      if (apiKey === undefined) throw missingKey(malformedKey);
      return { origin: apiUrl, key: apiKey, ...(companyId && { companyId }) };
    },
    close: async () => undefined,
  };
}

function missingKey(fault: string | undefined): Refusal {
  const wanted =
    fault === undefined
      ? "create a key in Woodpecker under Add-ons > API keys, put it into WOODPECKER_API_KEY in this server's configuration"
      : "copy the key again from Woodpecker, under Add-ons > API keys, and put it alone into WOODPECKER_API_KEY in this server's configuration";
  return new Refusal(
    fault === undefined
      ? "No Woodpecker API key is set."
      : `What is set as WOODPECKER_API_KEY cannot be an API key: ${fault}.`,
    `${wanted}, and restart it; or start it with --sandbox to try it without a key.`,
    "Nothing was sent and nothing was changed.",
  );
}
