/** Whose account the process works in: Woodpecker with the key of the settings, or the built-in sandbox. */
import { createHash } from "node:crypto";
import type { Settings } from "../settings/index.ts";
import { Refusal } from "../values/refusal.ts";
import type { Credentials } from "../woodpecker/client.ts";

export interface AccountSource {
  /** Asked for with the first request, so that starting up needs no key, no network and no sandbox. */
  open: () => Promise<Credentials>;
  /** Names the account without telling the key. */
  tenant: string;
  /** The client company of an agency that it acts in. */
  companyId?: string | undefined;
  /** What people call it. */
  name?: string | undefined;
  close: () => Promise<void>;
}

export function accountOf(settings: Settings): AccountSource {
  return { ...sourceOf(settings), name: settings.accountName };
}

function sourceOf(settings: Settings): AccountSource {
  return settings.sandbox ? sandboxAccount(settings) : keyAccount(settings);
}

function sandboxAccount({ sandboxAccount, companyId }: Settings): AccountSource {
  // Only the key of an agency reaches several accounts.
  const company = sandboxAccount.agency ? companyId : undefined;
  let close = (): Promise<void> => Promise.resolve();
  return {
    companyId: company,
    tenant: "sandbox",
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
    tenant: createHash("sha256")
      .update(JSON.stringify([apiKey, companyId]))
      .digest("base64url"),
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
