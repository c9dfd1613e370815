/** What a running operation gets besides the api. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallContext } from "./context.ts";
import type { CallTools } from "./operation.ts";

export const toolsFor = ({
  progress = () => undefined,
  journal,
  companyId,
  accountName: name,
}: CallContext): CallTools => ({
  progress,
  pause: (ms) => sleep(ms),
  recent: journal.list,
  account: { companyId, name },
});
