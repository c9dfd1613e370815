/** What each caller is served: the tools that there are for them, the account, and what it is called. */
import type { Calls } from "../accounts/lazy.ts";
import type { AccountSource } from "../accounts/source.ts";
import { accountLabel } from "../calls/account-label.ts";
import { permitted } from "../calls/effects.ts";
import type { Log } from "../log.ts";
import type { Settings } from "../settings/index.ts";
import type { Caller } from "./http/caller.ts";
import type { ServingOptions } from "./serving.ts";
import type { Published } from "./tools/published.ts";

export function servingFor(
  settings: Settings,
  { callsFor, watch }: Pick<Calls, "callsFor" | "watch">,
  log: Log,
  published: readonly Published[],
) {
  const { accountName, companyId, sandbox, sandboxAccount } = settings;
  /** Only the key of an agency reaches several accounts. */
  const own = { name: accountName, ...((!sandbox || sandboxAccount.agency) && { companyId }) };
  const toolsOf = (access: Settings["access"]) => permitted(published, access, settings.toolsets);
  const tools = toolsOf(settings.access);

  /** @param caller whoever calls over HTTP */
  return (caller?: Caller): ServingOptions => {
    const account: Partial<AccountSource> = caller?.account ?? own;
    const { access = settings.access, handle, name, tenant = "" } = account;
    const label = accountLabel(account);
    const { called } = watch;
    return {
      tools: access === settings.access ? tools : toolsOf(access),
      setup: { ...settings, access, accessInFile: access !== settings.access, account: label },
      call: callsFor(caller?.account),
      log,
      account: handle ?? name ?? ([tenant.slice(0, 8), label].filter(Boolean).join(" ") || undefined),
      principal: caller?.principal,
      person: caller?.person,
      sameForAll: settings.auth === "env" && handle === undefined,
      called: called && ((tool, outcome, ms) => called(tool, outcome, ms, handle)),
    };
  };
}
