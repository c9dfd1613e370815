/** What a running operation gets besides the api. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "./context.ts";
import type { CallTools } from "./operation.ts";

export const toolsFor = (
  { progress = () => undefined, journal, imports, changes, companyId, accountName: name }: CallContext,
  changeId: CallTools["changeId"] = () => undefined,
): CallTools => ({
  progress,
  imports,
  changes,
  changeId,
  pause: (ms) => sleep(ms),
  recent: journal.list,
  account: { companyId, name },
});
