import {
  campaignStatusMeanings,
  globalStatuses,
  prospectStatusMeanings,
} from "../../../src/model/statuses.ts";

const list = (meanings: Record<string, string>) =>
  Object.entries(meanings).map(([status, meaning]) => `- **${status}**: ${meaning}.`);

const inAccount = globalStatuses.join(", ");

export const statuses = [
  "# Statuses",
  "",
  "## Campaigns",
  "",
  ...list(campaignStatusMeanings),
  "",
  "## People",
  "",
  `In the account: ${inAccount}. In a campaign all of these:`,
  "",
  ...list(prospectStatusMeanings),
  "",
].join("\n");
