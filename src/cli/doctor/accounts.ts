/** The accounts of WOODPECKER_ACCOUNTS, each with its own key: which of them can be used, and what to do about the others. */
import { openNamedAccounts } from "../../accounts/named.ts";
import type { AccountSource } from "../../accounts/source.ts";
import type { Settings } from "../../settings/index.ts";
import { UsageError } from "../../settings/usage-error.ts";
import { listCampaignRows } from "../../woodpecker/campaigns.ts";
import { createClient } from "../../woodpecker/client.ts";
import { checkKey } from "../../woodpecker/key.ts";
import { adviceOn } from "./advice.ts";
import type { Found } from "./look.ts";

export async function lookAtAccounts(settings: Settings): Promise<Found> {
  const named = namedOf(settings);
  if (typeof named === "string") return { fix: { what: named, steps: ["Correct the file."] } };
  const faults: string[] = [];
  for (const [name, source] of named) {
    const fault = await whyNot(source, settings);
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  }
  const well = `${named.size - faults.length} of ${named.size} can be used`;
  if (faults.length === 0) return { ok: `${well}: ${[...named.keys()].join(", ")}` };
  return { fix: { what: well, steps: faults } };
}

function namedOf(settings: Settings): ReadonlyMap<string, AccountSource> | string {
  try {
    return openNamedAccounts(settings, () => undefined)?.now() ?? new Map();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** The key, and with it the client company: one that is not there has no campaigns to list. */
async function whyNot(source: AccountSource, settings: Settings): Promise<string | undefined> {
  const client = createClient(source.open);
  try {
    await checkKey(client.forCall({}));
    await listCampaignRows(client.forCall({}));
    return undefined;
  } catch (error) {
    const { what, steps } = adviceOn(error, { ...settings, companyId: source.companyId });
    return `${what}. ${steps[0] ?? ""}`;
  } finally {
    await client.close();
  }
}
