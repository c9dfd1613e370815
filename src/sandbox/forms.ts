/** The forms of answers that documents and observers disagree about; the default is what has the better evidence. */
import type { Forms, SandboxOptions } from "./types.ts";

const DEFAULTS: Forms = {
  dialect: "code",
  editBodies: "campaign",
  noMatch: "empty",
  inboxCampaign: "list",
  unsetDates: "empty",
  reportPolls: 2,
  refusedImport: 400,
  sameDomain: "list",
};

export const formsOf = (options: SandboxOptions): Forms =>
  Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, fallback]) => [name, options[name as keyof Forms] ?? fallback]),
  ) as unknown as Forms;
